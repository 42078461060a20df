import type { EndLease } from '@kotoisa/contracts'
import { DomainError, requireTransition, type Day, type EndReason, type Fault } from '@kotoisa/domain'
import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import { seesProtected, type WriteCtx } from '../../platform/context.ts'
import { statusOf } from './lease-view.ts'
import { findHeadLease, findSublease, namingOverlap } from './overlap.ts'
import { lockHeadLease, lockSublease, saveHeadLease, saveSublease, type HeadLeaseRecord, type SubleaseRecord } from './save.ts'
import { headLeases, subleases, type Step } from './table.ts'

/** Sets the last day, as agreed or corrected; the lease stays active through it. A sublease that lasts longer stops it. */
export async function endHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { endsOn, reason }: EndLease): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  requireTransition('end', statusOf(before, ctx.today))
  DomainError.all(endFaults(before, endsOn))
  await refuseUnderSublease(ctx, id, sql`not (${subleases.span} <@ daterange(null, ${endsOn}::date, '[]'))`, '/endsOn')
  await namingOverlap(
    ctx,
    '/endsOn',
    () => saveHeadLease(ctx, before, ended(ctx, before, endsOn, reason), { verb: 'ended', reason }),
    () => findHeadLease(ctx, id, before.flatId, { startsOn: before.startsOn, lastOn: endsOn }),
  )
}

/** Sets the last day, as agreed or corrected; the lease stays active through it. */
export async function endSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined, { endsOn, reason }: EndLease): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  requireTransition('end', statusOf(before, ctx.today))
  DomainError.all([...endFaults(before, endsOn), ...(await headLeaseFaults(ctx, before.headLeaseId, endsOn))])
  await namingOverlap(
    ctx,
    '/endsOn',
    () => saveSublease(ctx, before, ended(ctx, before, endsOn, reason), { verb: 'ended', reason }),
    () => findSublease(ctx, id, { ...before, lastOn: endsOn }),
  )
}

function ended(ctx: WriteCtx, before: HeadLeaseRecord | SubleaseRecord, endsOn: Day, reason: EndReason) {
  const step: Step = { step: 'end', on: ctx.today, endedOn: before.endedOn, endReason: before.endReason }
  return { endedOn: endsOn, endReason: reason, steps: [...before.steps, step] }
}

/** Inside the lease; a fixed term is made longer by extending it, not by its end. */
function endFaults(before: HeadLeaseRecord | SubleaseRecord, endsOn: Day): Fault[] {
  if (endsOn < before.startsOn) return [{ code: 'lease.endBeforeStart', params: { startsOn: before.startsOn }, pointer: '/endsOn' }]
  const agreed = before.effectiveTerm === 'fixedTerm' ? before.agreedEndsOn : null
  return agreed !== null && endsOn > agreed ? [{ code: 'lease.endAfterTerm', params: { endsOn: agreed }, pointer: '/endsOn' }] : []
}

/** A sublease ends with its head lease at the latest (78 §). */
export async function headLeaseFaults(ctx: WriteCtx, headLeaseId: string, endsOn: Day): Promise<Fault[]> {
  const [head] = await ctx.db
    .select({ startsOn: headLeases.startsOn, lastOn: headLeases.lastOn })
    .from(headLeases)
    .where(and(eq(headLeases.municipalityId, ctx.actor.municipalityId), eq(headLeases.id, headLeaseId)))
  if (!head || head.lastOn === null || endsOn <= head.lastOn) return []
  return [{ code: 'date.outsideHeadLease', params: { headLeaseStartsOn: head.startsOn, headLeaseEndsOn: head.lastOn }, pointer: '/endsOn' }]
}

/** The database refuses it too; here the sublease is named, if the caller may see it. */
export async function refuseUnderSublease(ctx: WriteCtx, headLeaseId: string, livesOn: SQL, pointer?: string): Promise<void> {
  const [lives] = await ctx.db
    .select({ id: subleases.id, reference: subleases.reference, protected: subleases.protected })
    .from(subleases)
    .where(and(eq(subleases.municipalityId, ctx.actor.municipalityId), eq(subleases.headLeaseId, headLeaseId), livesOn))
    .orderBy(asc(subleases.startsOn))
    .limit(1)
  if (lives === undefined) return
  const params = lives.protected && !seesProtected(ctx.actor) ? {} : { id: lives.id, reference: lives.reference }
  throw new DomainError('headLease.subleaseLivesOn', params, pointer === undefined ? {} : { pointer })
}
