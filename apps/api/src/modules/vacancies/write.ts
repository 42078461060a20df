import type { CreateVacancy, UpdateVacancy } from '@kotoisa/contracts'
import { DomainError, type Fault } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { flats } from '../homes/table.ts'
import { vacancies } from './table.ts'

type Row = typeof vacancies.$inferSelect
type Values = Pick<Row, 'flatId' | 'startsOn' | 'endsOn' | 'reason' | 'bornBy' | 'decision' | 'note'>

const resource = 'vacancy'

export async function createVacancy(ctx: WriteCtx, body: CreateVacancy): Promise<string> {
  const [flat] = await ctx.db
    .select({ id: flats.id })
    .from(flats)
    .where(and(eq(flats.municipalityId, ctx.actor.municipalityId), eq(flats.id, body.flatId)))
    .for('no key update')
  const id = newId(ctx.now)
  const values: Values = {
    flatId: body.flatId,
    startsOn: body.startsOn,
    endsOn: body.endsOn ?? null,
    reason: body.reason,
    bornBy: body.bornBy,
    decision: body.decision?.trim() ?? null,
    note: body.note ?? null,
  }
  DomainError.all([...(flat ? [] : [{ code: 'reference.notFound', pointer: '/flatId' } as const]), ...reversed(values)])
  await ctx.db.insert(vacancies).values({ municipalityId: ctx.actor.municipalityId, id, ...values, createdAt: ctx.now, updatedAt: ctx.now })
  await tell(ctx, 'created', id, changesBetween(null, values))
  return id
}

export async function updateVacancy(ctx: WriteCtx, id: string, ifMatch: string | undefined, patch: UpdateVacancy): Promise<void> {
  const before = valuesOf(await lockVacancy(ctx, id, ifMatch))
  const values: Values = {
    ...before,
    startsOn: patch.startsOn ?? before.startsOn,
    endsOn: patch.endsOn === undefined ? before.endsOn : patch.endsOn,
    reason: patch.reason ?? before.reason,
    bornBy: patch.bornBy ?? before.bornBy,
    decision: patch.decision === undefined ? before.decision : (patch.decision?.trim() ?? null),
    note: patch.note === undefined ? before.note : patch.note,
  }
  DomainError.all(reversed(values))
  await ctx.db
    .update(vacancies)
    .set({ ...values, updatedAt: ctx.now })
    .where(mine(ctx, id))
  await tell(ctx, 'updated', id, changesBetween(before, values))
}

export async function deleteVacancy(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockVacancy(ctx, id, ifMatch)
  await ctx.db.delete(vacancies).where(mine(ctx, id))
  await tell(ctx, 'deleted', id, changesBetween(valuesOf(before), null))
}

const mine = (ctx: WriteCtx, id: string) => and(eq(vacancies.municipalityId, ctx.actor.municipalityId), eq(vacancies.id, id))

async function tell(
  ctx: WriteCtx,
  verb: 'created' | 'updated' | 'deleted',
  recordId: string,
  changes: ReturnType<typeof changesBetween>,
): Promise<void> {
  await audit(ctx, { action: `vacancy.${verb}`, resource, recordId, changes })
  await enqueue(ctx, { type: `vacancy.${verb}`, resource, recordId })
}

/** Holds the flat, then the vacancy, as whoever writes leases of the flat does. */
async function lockVacancy(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const [found] = await ctx.db.select({ flatId: vacancies.flatId }).from(vacancies).where(mine(ctx, id))
  if (!found) throw new DomainError('record.notFound')
  await ctx.db
    .select({ id: flats.id })
    .from(flats)
    .where(and(eq(flats.municipalityId, ctx.actor.municipalityId), eq(flats.id, found.flatId)))
    .for('no key update')
  const [row] = await ctx.db.select().from(vacancies).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}

const valuesOf = ({ flatId, startsOn, endsOn, reason, bornBy, decision, note }: Row): Values => ({
  flatId,
  startsOn,
  endsOn,
  reason,
  bornBy,
  decision,
  note,
})

const reversed = ({ startsOn, endsOn }: Values): Fault[] =>
  endsOn !== null && endsOn < startsOn ? [{ code: 'date.reversed', pointer: '/endsOn' }] : []
