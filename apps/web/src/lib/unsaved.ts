/** Work that is not saved yet, by form: in this tab's memory, so that a session that ends loses nothing; more is in `ui/form/use-draft.ts`. */
interface Unsaved {
  readonly userId: string
  readonly values: unknown
  readonly original: unknown
  readonly etag: string | null
  readonly names: object
  /** What the server had of the form before is decided on, so that this work may be written over it. */
  readonly isSettled: boolean
}

const kept = new Map<string, Unsaved>()

export const keepUnsaved = (form: string, work: Unsaved): void => void kept.set(form, work)

/** What the same person left in this form; another person's work is dropped unseen. */
export function unsavedOf(form: string, userId: string): Unsaved | null {
  const work = kept.get(form)
  if (work === undefined) return null
  if (work.userId === userId) return work
  kept.delete(form)
  return null
}

export const dropUnsaved = (form: string): void => void kept.delete(form)

/** Whoever signs out leaves nothing in the browser. */
export const forgetUnsaved = (): void => kept.clear()
