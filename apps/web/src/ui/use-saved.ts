import { useToast } from '@nuxt/ui/composables'
import { useQueryCache, type EntryKey } from '@pinia/colada'

/** What follows a change: the answer is the record as it stands, whatever shows it or its name asks anew, and it is said. */
export function useSaved() {
  const toast = useToast()
  const queries = useQueryCache()
  return (key: readonly string[], record: unknown, text: string): void => {
    queries.setQueryData([...key] as EntryKey, record)
    void queries.invalidateQueries()
    toast.add({ title: text, icon: 'i-lucide-check', color: 'success' })
  }
}
