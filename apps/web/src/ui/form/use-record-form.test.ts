import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { ApiProblem } from '../../lib/problem.ts'
import ErrorSummary from './ErrorSummary.vue'
import TextField from './TextField.vue'
import { useRecordForm, type Sending } from './use-record-form.ts'

interface Values {
  name: string | null
  businessId: string | null
}
type Send = (sending: Sending<Values>) => Promise<Values>

const initial: Values = { name: 'Kotikulma Oy', businessId: '1234567-1' }
const faultAt = (pointer: string, detail: string) => ({ pointer, code: 'businessId.invalid', params: {}, detail })

/** A form of two fields, as the pages make them. */
function formWith(send: Send, theirs: Values = initial) {
  let form!: ReturnType<typeof useRecordForm<Values, Values, Values>>
  const Form = defineComponent({
    setup() {
      form = useRecordForm<Values, Values, Values>({
        initial,
        etag: '"1"',
        body: (values) => values,
        send,
        saved: () => undefined,
        reload: async () => ({ values: theirs, etag: '"2"' }),
      })
      const field = (key: keyof Values, label: string) =>
        h(TextField, { pointer: `/${key}`, label, required: true, modelValue: form.values[key] })
      return () =>
        h('form', [
          h(ErrorSummary, { lines: form.state.summary, error: form.state.error, attempts: form.state.attempts }),
          field('name', 'Nimi'),
          field('businessId', 'Y-tunnus'),
        ])
    },
  })
  const page = mount(Form, { attachTo: document.body, global: { plugins: [createPinia()] } })
  return { page, form }
}

test('a field that must be filled is told before anything is sent', async () => {
  const send = vi.fn<Send>()
  const { page, form } = formWith(send)
  form.values.name = null
  await flushPromises()
  await form.state.submit()
  await flushPromises()
  expect(send).not.toHaveBeenCalled()
  expect(page.get('[role=alert]').text()).toContain('Nimi')
  page.unmount()
})

test('faults of a refusal stand at their fields and in the summary, which takes the focus and leads to them', async () => {
  const errors = [faultAt('/businessId', 'Y-tunnuksen tarkistusnumero on väärin')]
  const { page, form } = formWith(async () => {
    throw new ApiProblem(422, { code: 'request.invalid', errors })
  })
  await form.state.submit()
  await flushPromises()
  const summary = page.get('[role=alert]')
  expect(document.activeElement).toBe(summary.element)
  const input = page.findAll('input')[1] ?? expect.fail('no field')
  expect(input.attributes('aria-invalid')).toBe('true')
  const told = (input.attributes('aria-describedby') ?? '').split(' ').map((one) => document.getElementById(one)?.textContent)
  expect(told.join(' ')).toContain('tarkistusnumero on väärin')
  await summary.get('a').trigger('click')
  expect(document.activeElement).toBe(input.element)
  page.unmount()
})

test('when somebody else was first, both versions are shown and the choice is saved under the new etag', async () => {
  const sent: Sending<Values>[] = []
  const { page, form } = formWith(
    async (sending) => {
      sent.push(sending)
      if (sent.length === 1) throw new ApiProblem(412, { code: 'precondition.failed' })
      return sending.body
    },
    { name: 'Toisen Nimi Oy', businessId: '7654321-1' },
  )
  form.values.name = 'Oma Nimi Oy'
  await form.state.submit()
  expect(form.state.isConflict).toBe(true)
  expect(form.state.differences.map(({ label, mine, theirs, isChanged }) => [label, mine, theirs, isChanged])).toEqual([
    ['Nimi', 'Oma Nimi Oy', 'Toisen Nimi Oy', true],
    ['Y-tunnus', '1234567-1', '7654321-1', false],
  ])
  await form.state.resolve(new Set(['name']))
  expect(sent.map(({ etag, changed }) => [etag, changed])).toEqual([
    ['"1"', { name: 'Oma Nimi Oy' }],
    ['"2"', { name: 'Oma Nimi Oy' }],
  ])
  page.unmount()
})

test('work whose answer never came keeps its key; a refusal that did nothing gives a new one', async () => {
  const keys: string[] = []
  const answers = [new ApiProblem(0, { code: 'network' }), new ApiProblem(422, { code: 'request.invalid' })]
  const { page, form } = formWith(async ({ body, idempotencyKey }) => {
    keys.push(idempotencyKey)
    const refusal = answers.shift()
    if (refusal !== undefined) throw refusal
    return body
  })
  await form.state.submit()
  await form.state.submit()
  await form.state.submit()
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[1])
  page.unmount()
})
