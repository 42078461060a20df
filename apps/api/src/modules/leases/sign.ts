import type { ActivateLease, SignLease } from '@kotoisa/contracts'
import { DomainError, requireNothingMissing, requireTransition, type Day } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { endWaiting } from '../people/waiting.ts'
import { requireHeadLease } from './read-head-leases.ts'
import { requireSublease } from './read-subleases.ts'
import { lockHeadLease, lockSublease, saveHeadLease, saveSublease } from './save.ts'
import { futureFaults } from './terms.ts'

const step = (ctx: WriteCtx, name: 'sign' | 'activate') => ({ step: name, on: ctx.today, endedOn: null, endReason: null })

/** Both have signed. Blocked without rent. */
export async function signHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { signedOn }: SignLease): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const { missing } = await requireHeadLease(ctx, id)
  requireTransition('sign', before.status)
  DomainError.all(futureFaults(signedOn, '/signedOn', ctx.today))
  requireNothingMissing(missing, 'sign')
  await saveHeadLease(ctx, before, { status: 'signed', signedOn, steps: [...before.steps, step(ctx, 'sign')] }, { verb: 'signed' })
}

/** Both have signed. Blocked without a named tenant, rent, a signed head lease and the permission to sublet (72 §). */
export async function signSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { signedOn }: SignLease): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  const { missing } = await requireSublease(ctx, id)
  requireTransition('sign', before.status)
  DomainError.all(futureFaults(signedOn, '/signedOn', ctx.today))
  requireNothingMissing(missing, 'sign')
  await saveSublease(ctx, before, { status: 'signed', signedOn, steps: [...before.steps, step(ctx, 'sign')] }, { verb: 'signed' })
}

/** The city has got the keys, on or after the first day. */
export async function activateHeadLease(
  ctx: WriteCtx,
  id: string,
  ifMatch: string | undefined,
  { activeOn }: ActivateLease,
): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const { status, missing } = await requireHeadLease(ctx, id)
  requireTransition('activate', status)
  DomainError.all(futureFaults(activeOn, '/activeOn', ctx.today))
  requireNothingMissing(missing, 'activate')
  refuseEarlyKeys(activeOn, before.startsOn)
  await saveHeadLease(ctx, before, { status: 'active', activeOn, steps: [...before.steps, step(ctx, 'activate')] }, { verb: 'activated' })
}

/** The keys were handed over, on or after the first day, under an active head lease; the household waits no longer. */
export async function activateSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { activeOn }: ActivateLease): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  const { status, missing } = await requireSublease(ctx, id)
  requireTransition('activate', status)
  DomainError.all(futureFaults(activeOn, '/activeOn', ctx.today))
  requireNothingMissing(missing, 'activate')
  refuseEarlyKeys(activeOn, before.startsOn)
  const waitingSince = await endWaiting(ctx, before.householdId)
  const taken = waitingSince === null ? step(ctx, 'activate') : { ...step(ctx, 'activate'), waitingSince }
  await saveSublease(ctx, before, { status: 'active', activeOn, steps: [...before.steps, taken] }, { verb: 'activated' })
}

function refuseEarlyKeys(activeOn: Day, startsOn: Day): void {
  if (activeOn < startsOn) throw new DomainError('lease.notStarted', { startsOn }, { pointer: '/activeOn' })
}
