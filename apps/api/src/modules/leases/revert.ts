import type { RevertLease } from '@kotoisa/contracts'
import { DomainError, type Day } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import type { WriteCtx } from '../../platform/context.ts'
import { waitAgain } from '../people/waiting.ts'
import { refuseUnderSublease } from './end.ts'
import { statusOf } from './lease-view.ts'
import { findHeadLease, findSublease, namingOverlap } from './overlap.ts'
import { lockHeadLease, lockSublease, saveHeadLease, saveSublease, type HeadLeaseRecord, type SubleaseRecord } from './save.ts'
import { subleases } from './table.ts'

/**
 * Takes the last step back on its day. One that subleases stand on stays (409 `headLease.inUse`, `headLease.subleaseLivesOn`);
 * those that have no last day of their own end with the head lease again (78 §).
 */
export async function revertHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { reason }: RevertLease): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const changes = reverted(ctx, before)
  const ranOutOn = before.steps.at(-1)?.step === 'extend' ? before.earlierEnds.at(-1) : undefined
  if (ranOutOn !== undefined)
    await refuseUnderSublease(ctx, id, sql`(${subleases.startsOn} > ${ranOutOn}::date or ${subleases.endsOn} > ${ranOutOn}::date)`)
  await namingOverlap(
    ctx,
    undefined,
    () => saveHeadLease(ctx, before, changes, { verb: 'reverted', reason }),
    () => findHeadLease(ctx, id, before.flatId, { startsOn: before.startsOn, lastOn: agreedBy(before) }),
  )
}

/** Takes the last step back on its day. */
export async function revertSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { reason }: RevertLease): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  const changes = reverted(ctx, before)
  await namingOverlap(
    ctx,
    undefined,
    () => saveSublease(ctx, before, changes, { verb: 'reverted', reason }),
    () => findSublease(ctx, id, { ...before, lastOn: agreedBy(before) }),
  )
  const last = before.steps.at(-1)
  if (last?.step === 'activate' && last.waitingSince !== undefined) await waitAgain(ctx, before.householdId, last.waitingSince)
}

/** The last day as it is agreed again, to name the lease that is met. */
function agreedBy({ steps, agreedEndsOn }: HeadLeaseRecord | SubleaseRecord): Day | null {
  const last = steps.at(-1)
  return last?.step === 'extend' ? last.agreedEndsOn : agreedEndsOn
}

function reverted(ctx: WriteCtx, before: HeadLeaseRecord | SubleaseRecord) {
  const last = before.steps.at(-1)
  if (last === undefined) throw new DomainError('lease.wrongState', { command: 'revert', status: statusOf(before, ctx.today) })
  if (last.on !== ctx.today) throw new DomainError('lease.revertTooLate', { on: last.on })
  const steps = before.steps.slice(0, -1)
  if (last.step === 'extend') {
    const { term, agreedEndsOn, earlierEnds, endedOn, endReason } = last
    return { term, agreedEndsOn, earlierEnds: [...earlierEnds], endedOn, endReason, steps }
  }
  if (last.step === 'end') return { endedOn: last.endedOn, endReason: last.endReason, steps }
  if (last.step === 'activate') return { status: 'signed' as const, activeOn: null, steps }
  return { status: 'draft' as const, signedOn: null, steps }
}
