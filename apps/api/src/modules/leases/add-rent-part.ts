import type { AddRentPart } from '@kotoisa/contracts'
import { DomainError, addDays, type Fault, type SubsidisedRentRule } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { statusOf } from './lease-view.ts'
import {
  addRent,
  endRent,
  lockFlats,
  lockHeadLease,
  lockSublease,
  removeRent,
  rentOfLease,
  saveHeadLease,
  saveSublease,
  type HeadLeaseRecord,
  type RentTable,
  type SubleaseRecord,
} from './save.ts'
import { headLeaseRentParts, subleaseRentParts } from './table.ts'
import { rentFaults, securityFaults, toRent, toRents, type Rent } from './terms.ts'

export async function addHeadLeaseRentPart(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: AddRentPart): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const rent = await addPart(ctx, headLeaseRentParts, before, body)
  await saveHeadLease(ctx, before, {}, { verb: 'rentPartAdded', ...rent })
}

export async function addSubleaseRentPart(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: AddRentPart): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  const rent = await addPart(ctx, subleaseRentParts, before, body)
  await saveSublease(ctx, before, {}, { verb: 'rentPartAdded', ...rent })
}

/**
 * A part that holds from its day on: the one of the same kind before it ends the day before (one that began the same day is
 * replaced), and it ends itself before the next that is there already.
 */
async function addPart(
  ctx: WriteCtx,
  table: RentTable,
  lease: HeadLeaseRecord | SubleaseRecord,
  body: AddRentPart,
): Promise<{ before: object; after: object }> {
  const status = statusOf(lease, ctx.today)
  if (status === 'ended') throw new DomainError('lease.wrongState', { command: 'addRentPart', status })
  const [known, [flat]] = await Promise.all([rentOfLease(ctx, table, lease.id), lockFlats(ctx, lease.flatId)])
  const sent = toRent(body, lease.startsOn)
  const ofKind = known.filter((part) => part.kind === sent.kind && part.label === sent.label)
  const next = ofKind.find((part) => part.startsOn > sent.startsOn)
  const part: Rent = { ...sent, endsOn: sent.endsOn ?? (next === undefined ? null : addDays(next.startsOn, -1)) }
  const replaced = ofKind.filter((other) => other.startsOn === part.startsOn)
  const cut = ofKind.filter((other) => other.startsOn < part.startsOn && (other.endsOn === null || other.endsOn >= part.startsOn))
  const lastDay = addDays(part.startsOn, -1)
  const after = [
    ...known.filter((other) => !replaced.includes(other)).map((other) => (cut.includes(other) ? { ...other, endsOn: lastDay } : other)),
    part,
  ]
  refuseBad(lease, part, next, after, flat?.subsidisedRentRule ?? 'none')

  for (const other of cut) await endRent(ctx, table, other.id, lastDay)
  await removeRent(
    ctx,
    table,
    replaced.map((other) => other.id),
  )
  await addRent(ctx, table, lease.id, [part])
  return { before: { rentParts: toRents(known) }, after: { rentParts: toRents(after) } }
}

function refuseBad(
  lease: HeadLeaseRecord | SubleaseRecord,
  part: Rent,
  next: Rent | undefined,
  after: readonly Rent[],
  rentRule: SubsidisedRentRule,
): void {
  const security = securityFaults(lease, after, '/cents')
  const runsInto: Fault[] =
    next !== undefined && (part.endsOn === null || part.endsOn >= next.startsOn) ? [{ code: 'rentPart.overlap', pointer: '/endsOn' }] : []
  DomainError.all([...rentFaults([part], lease, rentRule, () => ''), ...runsInto, ...security.faults], security.citations)
}
