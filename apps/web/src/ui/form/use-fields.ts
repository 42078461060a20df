import { computed, reactive, ref, shallowReactive } from 'vue'
import { isProblem } from '../../lib/problem.ts'
import { provideForm, type FormField } from './form-context.ts'
import type { RecordOption } from './record-option.ts'

export interface SummaryLine {
  readonly text: string
  /** Where the fault is; null: nowhere on the page. */
  readonly field: FormField | null
}

/** The fields of a form with the errors at them and in the summary. */
export function useFields() {
  const fields = shallowReactive<FormField[]>([])
  const errors = ref<Readonly<Record<string, string>>>({})
  const elsewhere = ref<readonly string[]>([])
  /** Counts failed attempts, so that the summary takes the focus each time. */
  const attempts = ref(0)

  const names = reactive<Record<string, RecordOption>>({})

  provideForm({
    names,
    join: (field) => void fields.push(field),
    leave: (field) => void fields.splice(fields.indexOf(field), 1),
    errorOf: (pointer) => errors.value[pointer] ?? null,
    touch: (pointer) => {
      if (!(pointer in errors.value)) return
      errors.value = Object.fromEntries(Object.entries(errors.value).filter(([other]) => other !== pointer))
    },
  })

  const summary = computed<SummaryLine[]>(() => [
    ...elsewhere.value.map((text) => ({ text, field: null })),
    ...fields.flatMap((field) => {
      const text = errors.value[field.pointer]
      return text === undefined ? [] : [{ text: `${field.label}: ${text}`, field }]
    }),
  ])

  function clear(): void {
    errors.value = {}
    elsewhere.value = []
  }

  /** Asks each field; false and told where one is wrong. */
  function check(): boolean {
    clear()
    const wrong = fields.flatMap((field) => {
      const text = field.check()
      return text === null ? [] : [[field.pointer, text] as const]
    })
    errors.value = Object.fromEntries(wrong)
    if (wrong.length > 0) attempts.value += 1
    return wrong.length === 0
  }

  /** Puts the faults of a refusal to their fields, or to the nearest one around; true when it had any. */
  function show(error: unknown): boolean {
    clear()
    attempts.value += 1
    if (!isProblem(error) || error.faults.length === 0) return false
    const found: Record<string, string> = {}
    const rest: string[] = []
    for (const { pointer, detail } of error.faults) {
      const field = nearest(pointer)
      if (field === undefined) rest.push(detail)
      else found[field.pointer] ??= detail
    }
    errors.value = found
    elsewhere.value = rest
    return true
  }

  function nearest(pointer: string | undefined): FormField | undefined {
    for (let path = pointer ?? ''; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
      const field = fields.find((one) => one.pointer === path)
      if (field !== undefined) return field
    }
    return undefined
  }

  return { fields, names, summary, attempts, check, show, clear }
}
