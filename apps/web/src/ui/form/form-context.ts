import { inject, onUnmounted, provide, type InjectionKey } from 'vue'
import type { RecordOption } from './record-option.ts'

/** A field as its form knows it. `pointer` is the JSON pointer of its value in the body. */
export interface FormField {
  readonly pointer: string
  readonly label: string
  /** What is wrong with the value before anything is sent; null: nothing. */
  readonly check: () => string | null
  readonly focus: () => void
  readonly show: (value: unknown) => string
}

export interface FormContext {
  readonly join: (field: FormField) => void
  readonly leave: (field: FormField) => void
  readonly errorOf: (pointer: string) => string | null
  /** The person is mending this value: its error goes. */
  readonly touch: (pointer: string) => void
  /** How chosen records are called, by id: a restored form has only their ids. */
  readonly names: Record<string, RecordOption>
}

const key: InjectionKey<FormContext> = Symbol('form')

export const provideForm = (context: FormContext): void => provide(key, context)

export function joinForm(field: FormField): Pick<FormContext, 'errorOf' | 'touch'> {
  const form = inject(key, null)
  if (form === null) return { errorOf: () => null, touch: () => undefined }
  form.join(field)
  onUnmounted(() => form.leave(field))
  return form
}

/** The names that the form knows, for fields of records. */
export const useNames = (): FormContext['names'] => inject(key, null)?.names ?? {}
