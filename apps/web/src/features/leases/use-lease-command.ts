import type { HeadLease, Sublease } from '@kotoisa/contracts'
import type { LeaseLayer } from '@kotoisa/domain'
import { useQueryCache } from '@pinia/colada'
import { isProblem } from '../../lib/problem.ts'
import { useRecordForm, type RecordFormOptions } from '../../ui/form/use-record-form.ts'
import { useSaved } from '../../ui/use-saved.ts'
import type { Sent } from './commands.ts'
import { leaseKeys } from './queries.ts'

interface Options<V extends object, B extends object> extends Pick<RecordFormOptions<V, B, unknown>, 'initial' | 'body'> {
  readonly layer: LeaseLayer
  /** Read at the moment of sending: after a 412 the page has a newer one. */
  readonly lease: () => { readonly id: string; readonly etag: string }
  readonly run: (sent: Sent<B>) => Promise<HeadLease | Sublease>
  readonly said: string
  readonly close: () => void
}

/** The form of a command on a lease. When somebody else was first the page shows the lease anew, and the form stays open. */
export function useLeaseCommand<V extends object, B extends object>({ layer, lease, run, said, close, initial, body }: Options<V, B>) {
  const tell = useSaved()
  const queries = useQueryCache()
  return useRecordForm({
    initial,
    body,
    send: async ({ body: sent, idempotencyKey }) => {
      const { id, etag } = lease()
      try {
        return await run({ params: { id }, body: sent, ifMatch: etag, idempotencyKey })
      } catch (error) {
        if (isProblem(error, 'precondition.failed')) void queries.invalidateQueries()
        throw error
      }
    },
    saved: (saved: HeadLease | Sublease) => {
      tell(layer === 'headLease' ? leaseKeys.headLease(saved.id) : leaseKeys.sublease(saved.id), saved, said)
      close()
    },
  })
}
