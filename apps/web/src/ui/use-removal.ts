import { useOverlay, useToast } from '@nuxt/ui/composables'
import { useQueryCache } from '@pinia/colada'
import { t } from '../i18n/index.ts'
import ConfirmDialog from './ConfirmDialog.vue'
import { useAction } from './use-action.ts'

interface Removal {
  readonly title: string
  readonly text: string
  readonly done: string
  readonly confirm?: string
  readonly remove: () => Promise<unknown>
  /** Where to go from a record that is no more. */
  readonly afterwards?: () => unknown
}

/** Removing a record: asks first, says when it is done, and lets every list learn of it. */
export function useRemoval() {
  const asking = useOverlay().create(ConfirmDialog)
  const toast = useToast()
  const queries = useQueryCache()

  return useAction(async ({ title, text, done, confirm, remove, afterwards }: Removal) => {
    const isSure = await asking.open({ title, text, confirm: confirm ?? t('app.remove'), cancel: t('form.cancel'), grave: true }).result
    if (!isSure) return
    await remove()
    toast.add({ title: done, icon: 'i-lucide-check', color: 'success' })
    await afterwards?.()
    void queries.invalidateQueries()
  })
}
