import { t, type MessageKey } from './index.ts'

export interface Option<V extends string> {
  readonly value: V
  readonly label: string
}

/** A closed list with its words in the language shown, in the list's own order. */
export const optionsOf = <V extends string>(values: readonly V[], key: (value: V) => MessageKey): Option<V>[] =>
  values.map((value) => ({ value, label: t(key(value)) }))
