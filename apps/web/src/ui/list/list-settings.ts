import { createView, listViews, updateView, type View } from '@kotoisa/contracts'
import { call } from '../../lib/api.ts'
import { isProblem } from '../../lib/problem.ts'
import { useSession } from '../../lib/session.ts'

/**
 * The columns that a person always wants of a list. They come with the session, so that the list is drawn right at once,
 * and are kept on the server, so that they are there on every device.
 */
export function useListSettings(list: string) {
  const session = useSession()
  const own = (): View | undefined => session.user?.listSettings?.find((view) => view.list === list)

  async function store(known: View | undefined, columns: string[] | null): Promise<View> {
    if (known === undefined) return call(createView, { body: { list, columns }, idempotencyKey: crypto.randomUUID() })
    return call(updateView, { params: { id: known.id }, body: { columns }, ifMatch: known.etag })
  }

  /** What another tab or device has stored since does not stand in the way: the last choice is the one that holds. */
  async function keep(columns: string[] | null): Promise<void> {
    const view = await store(own(), columns).catch(async (error: unknown) => {
      if (!isProblem(error) || ![404, 409, 412].includes(error.status)) throw error
      const { items } = await call(listViews, { query: { list, limit: 200 } })
      return store(
        items.find(({ name }) => name === null),
        columns,
      )
    })
    session.keepListSetting(view)
  }

  return { columns: () => own()?.columns ?? null, keep }
}
