import type { FlatTimeline } from '@kotoisa/contracts'
import type { WriteCtx } from '../../platform/context.ts'
import { leasesOfFlat } from '../leases/leases-of-flat.ts'
import { readEmptyTimes } from './empty-times.ts'

/** Everything that happens to a flat over time, in one answer. */
export async function readFlatTimeline(ctx: WriteCtx, { id }: { readonly id: string }): Promise<FlatTimeline | null> {
  const emptyTimes = await readEmptyTimes(ctx, { id })
  return emptyTimes === null ? null : { ...(await leasesOfFlat(ctx, id)), emptyTimes }
}
