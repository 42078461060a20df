import { DomainError, type Day } from '@kotoisa/domain'
import { and, asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { flats } from '../homes/table.ts'
import { refuseMasked } from './policy.ts'
import { headLeases, subleases, subleaseTenants, type RentPartRow, type headLeaseRentParts, type subleaseRentParts } from './table.ts'
import type { Rent } from './terms.ts'

export type HeadLeaseRecord = typeof headLeases.$inferSelect
export type SubleaseRecord = typeof subleases.$inferSelect
export type LeaseTable = typeof headLeases | typeof subleases

const mine = (ctx: WriteCtx, table: LeaseTable, id: string) => and(eq(table.municipalityId, ctx.actor.municipalityId), eq(table.id, id))

/** The rows of flats, held until the end of the transaction: whoever writes leases of a flat comes through here, in one order. */
export const lockFlats = (ctx: WriteCtx, ...ids: readonly string[]) =>
  ctx.db
    .select({ id: flats.id, landlordId: flats.landlordId, subsidisedRentRule: flats.subsidisedRentRule })
    .from(flats)
    .where(and(eq(flats.municipalityId, ctx.actor.municipalityId), inArray(flats.id, [...ids])))
    .orderBy(asc(flats.id))
    .for('no key update')

/** Holds the flat of a lease, then the lease. A draft may have moved to another flat in between. */
async function lockRow<Row extends { flatId: string; version: number }>(
  ctx: WriteCtx,
  table: LeaseTable,
  id: string,
  select: () => Promise<Row[]>,
): Promise<Row> {
  const [found] = await ctx.db
    .select({ flatId: table.flatId })
    .from(table)
    .where(mine(ctx, table, id))
  if (found === undefined) throw new DomainError('record.notFound')
  await lockFlats(ctx, found.flatId)
  const [row] = await select()
  if (row === undefined) throw new DomainError('record.notFound')
  if (row.flatId !== found.flatId) throw new DomainError('precondition.failed')
  return row
}

export async function lockHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<HeadLeaseRecord> {
  const row = await lockRow(ctx, headLeases, id, () =>
    ctx.db
      .select()
      .from(headLeases)
      .where(mine(ctx, headLeases, id))
      .for('update'),
  )
  requireMatch(ifMatch, row.version)
  return row
}

export async function lockSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<SubleaseRecord> {
  const row = await lockRow(ctx, subleases, id, () =>
    ctx.db
      .select()
      .from(subleases)
      .where(mine(ctx, subleases, id))
      .for('update'),
  )
  refuseMasked(ctx.actor, row)
  requireMatch(ifMatch, row.version)
  return row
}

/** What the log tells of a row: everything but what triggers settle and what revert remembers. */
export function logged(row: HeadLeaseRecord | SubleaseRecord | null): object | null {
  if (row === null) return null
  const { shortRun: _run, span: _span, lastOn: _last, steps: _steps, ...told } = row
  return told
}

type Changes<T extends LeaseTable> = Partial<T['$inferInsert']>
interface Event {
  /** What happened: `signed` in `sublease.signed`. */
  readonly verb: string
  readonly reason?: string
  /** Beside the row: its rent, its tenants. */
  readonly before?: object
  readonly after?: object
}

export async function saveHeadLease(
  ctx: WriteCtx,
  before: HeadLeaseRecord,
  changes: Changes<typeof headLeases>,
  event: Event,
): Promise<void> {
  const [after] = await ctx.db
    .update(headLeases)
    .set({ ...changes, updatedAt: ctx.now })
    .where(mine(ctx, headLeases, before.id))
    .returning()
  await tell(ctx, 'headLease', before.id, event, { ...logged(before), ...event.before }, { ...logged(after ?? null), ...event.after })
}

export async function saveSublease(ctx: WriteCtx, before: SubleaseRecord, changes: Changes<typeof subleases>, event: Event): Promise<void> {
  const [after] = await ctx.db
    .update(subleases)
    .set({ ...changes, updatedAt: ctx.now })
    .where(mine(ctx, subleases, before.id))
    .returning()
  await tell(ctx, 'sublease', before.id, event, { ...logged(before), ...event.before }, { ...logged(after ?? null), ...event.after })
}

/** The row of the log and of the outbox, in the transaction of what they tell of. */
export async function tell(
  ctx: WriteCtx,
  resource: 'headLease' | 'sublease',
  id: string,
  { verb, reason }: Event,
  before: object | null,
  after: object | null,
): Promise<void> {
  const action = `${resource}.${verb}`
  await Promise.all([
    audit(ctx, { action, resource, recordId: id, ...(reason === undefined ? {} : { reason }), changes: changesBetween(before, after) }),
    enqueue(ctx, { type: action, resource, recordId: id }),
  ])
}

// Rent and tenants -----------------------------------------------------------------------------------------------------

export type RentTable = typeof headLeaseRentParts | typeof subleaseRentParts

export function rentOfLease(ctx: WriteCtx, table: RentTable, leaseId: string): Promise<RentPartRow[]> {
  const { municipalityId: _municipality, leaseId: _lease, ...columns } = getTableColumns(table)
  return ctx.db
    .select(columns)
    .from(table)
    .where(and(eq(table.municipalityId, ctx.actor.municipalityId), eq(table.leaseId, leaseId)))
    .orderBy(table.startsOn, table.kind, table.label)
}

export async function addRent(ctx: WriteCtx, table: RentTable, leaseId: string, parts: readonly Rent[]): Promise<void> {
  if (parts.length === 0) return
  await ctx.db
    .insert(table)
    .values(parts.map((part) => ({ municipalityId: ctx.actor.municipalityId, id: newId(ctx.now), leaseId, ...part })))
}

export async function removeRent(ctx: WriteCtx, table: RentTable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await ctx.db.delete(table).where(and(eq(table.municipalityId, ctx.actor.municipalityId), inArray(table.id, [...ids])))
}

export async function endRent(ctx: WriteCtx, table: RentTable, id: string, endsOn: Day): Promise<void> {
  await ctx.db
    .update(table)
    .set({ endsOn })
    .where(and(eq(table.municipalityId, ctx.actor.municipalityId), eq(table.id, id)))
}

const ofLease = (ctx: WriteCtx, subleaseId: string) =>
  and(eq(subleaseTenants.municipalityId, ctx.actor.municipalityId), eq(subleaseTenants.subleaseId, subleaseId))

export async function tenantsOf(ctx: WriteCtx, subleaseId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ personId: subleaseTenants.personId })
    .from(subleaseTenants)
    .where(ofLease(ctx, subleaseId))
    .orderBy(subleaseTenants.position)
  return rows.map(({ personId }) => personId)
}

/** Rows that stay are left alone: taken out and put in again, a protected tenant would lift the mask for a moment. */
export async function setTenants(ctx: WriteCtx, subleaseId: string, before: readonly string[], after: readonly string[]): Promise<void> {
  const gone = before.filter((id) => !after.includes(id))
  if (gone.length > 0) await ctx.db.delete(subleaseTenants).where(and(ofLease(ctx, subleaseId), inArray(subleaseTenants.personId, gone)))
  if (after.length === 0) return
  await ctx.db
    .insert(subleaseTenants)
    .values(
      after.map((personId, position) => ({ municipalityId: ctx.actor.municipalityId, id: newId(ctx.now), subleaseId, personId, position })),
    )
    .onConflictDoUpdate({
      target: [subleaseTenants.municipalityId, subleaseTenants.subleaseId, subleaseTenants.personId],
      set: { position: sql`excluded.position` },
    })
}
