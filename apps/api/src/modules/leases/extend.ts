import type { ExtendLease } from '@kotoisa/contracts'
import { DomainError, requireTransition, type Day } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { headLeaseFaults } from './end.ts'
import { statusOf } from './lease-view.ts'
import { findHeadLease, findSublease, namingOverlap } from './overlap.ts'
import { lockHeadLease, lockSublease, saveHeadLease, saveSublease, type HeadLeaseRecord, type SubleaseRecord } from './save.ts'
import type { Step } from './table.ts'

/** The parties agree on a later last day, or on none; subleases that end with it go on. */
export async function extendHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { endsOn }: ExtendLease): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const changes = extended(ctx, before, endsOn)
  await namingOverlap(
    ctx,
    '/endsOn',
    () => saveHeadLease(ctx, before, changes, { verb: 'extended' }),
    () => findHeadLease(ctx, id, before.flatId, { startsOn: before.startsOn, lastOn: endsOn }),
  )
}

/** The same of a sublease; a fixed term stays inside the head lease. */
export async function extendSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { endsOn }: ExtendLease): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  const changes = extended(ctx, before, endsOn)
  if (endsOn !== null) DomainError.all(await headLeaseFaults(ctx, before.headLeaseId, endsOn))
  await namingOverlap(
    ctx,
    '/endsOn',
    () => saveSublease(ctx, before, changes, { verb: 'extended' }),
    () => findSublease(ctx, id, { ...before, lastOn: endsOn }),
  )
}

/**
 * The next term begins where the lease would run out, by agreement or by its end command, and is kept beside the earlier
 * ones (they count as terms in a row, 4 §). What does not run out cannot be extended.
 */
function extended(ctx: WriteCtx, before: HeadLeaseRecord | SubleaseRecord, endsOn: Day | null) {
  requireTransition('extend', statusOf(before, ctx.today))
  const runsOutOn = before.endedOn ?? (before.effectiveTerm === 'fixedTerm' ? before.agreedEndsOn : null)
  if (runsOutOn === null) throw new DomainError('lease.endNotAllowed', {}, { pointer: '/endsOn' })
  if (endsOn !== null && endsOn <= runsOutOn)
    throw new DomainError('date.reversed', { from: runsOutOn, to: endsOn }, { pointer: '/endsOn' })
  const { term, agreedEndsOn, earlierEnds, endedOn, endReason } = before
  // Above an end that it overrides: whoever takes both back takes the extension first.
  const step: Step = { step: 'extend', on: ctx.today, term, agreedEndsOn, earlierEnds, endedOn, endReason }
  return {
    term: endsOn === null ? ('indefinite' as const) : ('fixedTerm' as const),
    agreedEndsOn: endsOn,
    earlierEnds: [...earlierEnds.filter((day) => day < runsOutOn), runsOutOn],
    endedOn: null,
    endReason: null,
    steps: [...before.steps, step],
  }
}
