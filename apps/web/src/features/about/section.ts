import type { Locale } from '@kotoisa/domain'

/** A heading with paragraphs; a list in the list's place. Whole texts, not messages: only their own page loads them. */
export interface Section {
  readonly heading: string
  readonly parts: readonly (string | readonly string[])[]
}

export type Text = Readonly<Record<Locale, readonly Section[]>>
