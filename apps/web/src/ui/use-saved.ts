import { useToast } from '@nuxt/ui/composables'
import { useQueryCache, type EntryKey } from '@pinia/colada'
import { inject, type InjectionKey } from 'vue'

/** What a page adds to the word that a change of a record of its own is saved: for whom, and how to take it back at once. */
export interface SavedExtras {
  readonly description?: string
  readonly actions?: { readonly label: string; readonly onClick: () => void }[]
  readonly id?: string
  readonly duration?: number
}
export const savedExtras: InjectionKey<(record: unknown) => SavedExtras> = Symbol('what follows a saved change')

/** What follows a change: the answer is the record as it stands, whatever shows it or its name asks anew, and it is said. */
export function useSaved() {
  const toast = useToast()
  const queries = useQueryCache()
  const extrasOf = inject(savedExtras, null)
  return (key: readonly string[], record: unknown, text: string): void => {
    queries.setQueryData([...key] as EntryKey, record)
    const extras = extrasOf?.(record) ?? {}
    // What is asked again tells its own failure, where it is shown; the asking of a dialog that closes now just stops.
    queries.invalidateQueries().catch(() => undefined)
    toast.add({ title: text, icon: 'i-lucide-check', color: 'success', ...extras })
  }
}
