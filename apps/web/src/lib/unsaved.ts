/** Work that is not saved yet, by form: in this tab's memory, so that signing in again or a wrong turn loses nothing. */
interface Unsaved {
  readonly userId: string
  readonly values: unknown
  readonly original: unknown
  readonly etag: string | null
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
