import type { RevertLease } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { waitAgain } from '../people/waiting.ts'
import { statusOf } from './lease-view.ts'
import { findHeadLease, findSublease, namingOverlap } from './overlap.ts'
import { lockHeadLease, lockSublease, saveHeadLease, saveSublease, type HeadLeaseRecord, type SubleaseRecord } from './save.ts'

/** Takes the last step back on its day. One that subleases stand on stays (409 `headLease.inUse`). */
export async function revertHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { reason }: RevertLease): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const changes = reverted(ctx, before)
  await namingOverlap(
    ctx,
    undefined,
    () => saveHeadLease(ctx, before, changes, { verb: 'reverted', reason }),
    () => findHeadLease(ctx, id, before.flatId, { startsOn: before.startsOn, lastOn: before.agreedEndsOn }),
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
    () => findSublease(ctx, id, { ...before, lastOn: before.agreedEndsOn }),
  )
  const waitingSince = before.steps.at(-1)?.waitingSince
  if (waitingSince !== undefined) await waitAgain(ctx, before.householdId, waitingSince)
}

function reverted(ctx: WriteCtx, before: HeadLeaseRecord | SubleaseRecord) {
  const last = before.steps.at(-1)
  if (last === undefined) throw new DomainError('lease.wrongState', { command: 'revert', status: statusOf(before, ctx.today) })
  if (last.on !== ctx.today) throw new DomainError('lease.revertTooLate', { on: last.on })
  const steps = before.steps.slice(0, -1)
  if (last.step === 'end') return { endedOn: last.endedOn, endReason: last.endReason, steps }
  if (last.step === 'activate') return { status: 'signed' as const, activeOn: null, steps }
  return { status: 'draft' as const, signedOn: null, steps }
}
