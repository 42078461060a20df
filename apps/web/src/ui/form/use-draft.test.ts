import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSession } from '../../lib/session.ts'
import { forgetUnsaved } from '../../lib/unsaved.ts'
import { useRecordForm } from './use-record-form.ts'

interface Values {
  name: string | null
}
interface Sent {
  readonly method: string
  readonly path: string
  readonly body: unknown
}
const form = 'landlord:new'
const keptAt = '2026-11-24T09:00:00.000Z'

/** A server that keeps drafts, and what it was asked. */
let kept: Record<string, unknown> = {}
let sent: Sent[] = []
let isDown = false
const json = (body: unknown, status = 200) => new Response(status === 204 ? null : JSON.stringify(body), { status })

function answer(path: string, method: string, body: unknown): Response {
  if (isDown) return json({ code: 'server.internal', title: 'x', status: 500, errors: [] }, 500)
  if (path === '/v1/drafts') return json({ items: Object.keys(kept).map((one) => ({ form: one, updatedAt: keptAt })), nextCursor: null })
  const name = decodeURIComponent(path.slice('/v1/drafts/'.length))
  if (method === 'PUT') kept[name] = body
  if (method === 'DELETE') delete kept[name]
  return method === 'DELETE' ? json(null, 204) : json({ form: name, updatedAt: keptAt, values: kept[name] })
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  ;[kept, sent, isDown] = [{}, [], false]
  forgetUnsaved()
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    const body: unknown = init.body === null ? null : JSON.parse(init.body)
    sent.push({ method: init.method, path, body })
    return answer(path, init.method, body)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pages: VueWrapper[] = []
afterEach(() => pages.splice(0).forEach((page) => page.unmount()))

async function opened() {
  let made!: ReturnType<typeof useRecordForm<Values, Values, Values>>
  const Form = defineComponent({
    setup() {
      const session = useSession()
      session.user = { id: 'one' } as never
      session.freshToken = () => Promise.resolve('token')
      made = useRecordForm<Values, Values, Values>({
        name: form,
        initial: { name: null },
        body: (values) => values,
        send: async ({ body }) => body,
        saved: () => undefined,
      })
      return () => h('form')
    },
  })
  const page = mount(Form, { global: { plugins: [createPinia()] } })
  pages.push(page)
  await flushPromises()
  return { page, ...made }
}
async function type(made: { values: Values }, name: string | null): Promise<void> {
  made.values.name = name
  await flushPromises()
  await vi.advanceTimersByTimeAsync(700)
  await flushPromises()
}
const writes = () => sent.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)

test('what is typed is kept after a pause, once, and told', async () => {
  const made = await opened()
  made.values.name = 'K'
  await flushPromises()
  expect(made.state.draft.status).toBe('waiting')
  await type(made, 'Kesken')
  expect(writes()).toEqual([`PUT /v1/drafts/${form}`])
  expect(kept[form]).toEqual({ values: { name: 'Kesken' }, original: { name: null }, etag: '', names: {} })
  expect([made.state.draft.status, made.state.draft.isAtRisk]).toEqual(['kept', false])
})

test('what is typed back to nothing, given up or saved is kept no longer', async () => {
  const made = await opened()
  await type(made, 'Kesken')
  await type(made, null)
  expect(kept).toEqual({})
  await type(made, 'Toinen')
  await made.state.discard()
  expect([kept, made.values.name]).toEqual([{}, null])
  await type(made, 'Kolmas')
  await made.state.submit()
  await flushPromises()
  expect(kept).toEqual({})
  await vi.advanceTimersByTimeAsync(5000)
  expect(kept).toEqual({})
})

test('a draft from before is offered, not written over, and taken whole', async () => {
  kept[form] = { values: { name: 'Ennen' }, original: { name: null }, etag: '"2"', names: {} }
  const made = await opened()
  expect(made.state.draft.offeredAt).toBe(keptAt)
  await type(made, 'Nyt')
  expect(writes()).toEqual([])
  await made.state.draft.goOn()
  expect([made.values.name, made.state.draft.offeredAt, made.state.wasRestored, made.state.isDirty]).toEqual(['Ennen', null, true, true])
})

test('a draft from before that is rejected goes, and what was typed meanwhile is kept', async () => {
  kept[form] = { values: { name: 'Ennen' }, original: { name: null }, etag: '', names: {} }
  const made = await opened()
  await made.state.draft.reject()
  expect(kept).toEqual({})

  kept[form] = { values: { name: 'Ennen' }, original: { name: null }, etag: '', names: {} }
  forgetUnsaved()
  const again = await opened()
  await type(again, 'Nyt')
  await again.state.draft.reject()
  await vi.advanceTimersByTimeAsync(700)
  expect(kept[form]).toMatchObject({ values: { name: 'Nyt' } })
})

test('a page that goes keeps what is not kept yet; a failure is told and tried again with the next letter', async () => {
  const made = await opened()
  isDown = true
  await type(made, 'Kes')
  expect([made.state.draft.status, made.state.draft.isAtRisk]).toEqual(['failed', true])
  isDown = false
  await type(made, 'Kesk')
  expect(made.state.draft.status).toBe('kept')
  made.values.name = 'Kesken'
  await flushPromises()
  made.page.unmount()
  await flushPromises()
  expect(kept[form]).toMatchObject({ values: { name: 'Kesken' } })
})

test('while nobody can say what was left here before nothing is kept; it is said, and tried again', async () => {
  kept[form] = { values: { name: 'Ennen' }, original: { name: null }, etag: '', names: {} }
  isDown = true
  const made = await opened()
  const { draft } = made.state
  expect([draft.isLooking, draft.lookFailed, draft.isSettled]).toEqual([false, true, false])
  isDown = false
  await type(made, 'Nyt')
  made.page.unmount()
  await flushPromises()
  expect([writes(), kept[form]]).toEqual([[], expect.objectContaining({ values: { name: 'Ennen' } })])

  // Back in the form, what was typed stands there, and what the server has is offered beside it.
  isDown = true
  const again = await opened()
  expect([again.values.name, again.state.draft.lookFailed, again.state.draft.isAtRisk]).toEqual(['Nyt', true, true])
  await again.state.draft.lookAgain()
  expect(again.state.draft.lookFailed).toBe(true)
  isDown = false
  await again.state.draft.lookAgain()
  expect([again.state.draft.lookFailed, again.state.draft.offeredAt]).toEqual([false, keptAt])
  await type(again, 'Nyt myös')
  expect(writes()).toEqual([])
  await again.state.draft.goOn()
  expect(again.values.name).toBe('Ennen')
})

test('where nothing was left, what was typed meanwhile is kept as soon as that is known', async () => {
  isDown = true
  const made = await opened()
  await type(made, 'Nyt')
  isDown = false
  await made.state.draft.lookAgain()
  await vi.advanceTimersByTimeAsync(700)
  await flushPromises()
  expect([kept[form], made.state.draft.status]).toEqual([expect.objectContaining({ values: { name: 'Nyt' } }), 'kept'])
})

test('a draft that was offered and not decided on is offered again to whoever comes back to the form', async () => {
  kept[form] = { values: { name: 'Ennen' }, original: { name: null }, etag: '', names: {} }
  const made = await opened()
  await type(made, 'Nyt')
  made.page.unmount()
  const again = await opened()
  await vi.advanceTimersByTimeAsync(700)
  expect([again.values.name, again.state.draft.offeredAt, writes()]).toEqual(['Nyt', keptAt, []])
})
