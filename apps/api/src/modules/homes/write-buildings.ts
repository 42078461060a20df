import type { CreateBuilding, UpdateBuilding } from '@kotoisa/contracts'
import { DomainError, checkIdentifier, type Fault } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { areas, buildings } from './table.ts'

const resource = 'building'
type Row = typeof buildings.$inferSelect

export async function createBuilding(ctx: WriteCtx, body: CreateBuilding): Promise<string> {
  const id = newId(ctx.now)
  const values = {
    areaId: body.areaId,
    name: body.name?.trim() ?? null,
    vtjPrt: body.vtjPrt ?? null,
    type: body.type,
    streetAddress: body.streetAddress.trim(),
    postalCode: body.postalCode,
    postOffice: body.postOffice.trim(),
    builtYear: body.builtYear ?? null,
    note: body.note ?? null,
  }
  const vtjPrt = await refuseBad(ctx, values)
  await ctx.db
    .insert(buildings)
    .values({ municipalityId: ctx.actor.municipalityId, id, ...values, vtjPrt, createdAt: ctx.now, updatedAt: ctx.now })
  await audit(ctx, { action: 'building.created', resource, recordId: id, changes: changesBetween(null, { ...values, vtjPrt }) })
  await enqueue(ctx, { type: 'building.created', resource, recordId: id })
  return id
}

export async function updateBuilding(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateBuilding): Promise<void> {
  const before = await lockBuilding(ctx, id, ifMatch)
  const values = {
    areaId: body.areaId ?? before.areaId,
    name: body.name === undefined ? before.name : (body.name?.trim() ?? null),
    vtjPrt: body.vtjPrt === undefined ? before.vtjPrt : body.vtjPrt,
    type: body.type ?? before.type,
    streetAddress: (body.streetAddress ?? before.streetAddress).trim(),
    postalCode: body.postalCode ?? before.postalCode,
    postOffice: (body.postOffice ?? before.postOffice).trim(),
    builtYear: body.builtYear === undefined ? before.builtYear : body.builtYear,
    note: body.note === undefined ? before.note : body.note,
  }
  const vtjPrt = await refuseBad(ctx, values)
  const [after] = await ctx.db
    .update(buildings)
    .set({ ...values, vtjPrt, updatedAt: ctx.now })
    .where(mine(ctx, id))
    .returning()
  await audit(ctx, { action: 'building.updated', resource, recordId: id, changes: changesBetween(before, after ?? null) })
  await enqueue(ctx, { type: 'building.updated', resource, recordId: id })
}

export async function deleteBuilding(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockBuilding(ctx, id, ifMatch)
  await ctx.db.delete(buildings).where(mine(ctx, id))
  await audit(ctx, { action: 'building.deleted', resource, recordId: id, changes: changesBetween(before, null) })
  await enqueue(ctx, { type: 'building.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(buildings.municipalityId, ctx.actor.municipalityId), eq(buildings.id, id))

async function lockBuilding(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const [row] = await ctx.db.select().from(buildings).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}

/** The building id as it is stored; an area that is not there and a bad id are told together. */
async function refuseBad(
  ctx: WriteCtx,
  { areaId, vtjPrt }: { readonly areaId: string; readonly vtjPrt: string | null },
): Promise<string | null> {
  const faults: Fault[] = []
  const [area] = await ctx.db
    .select({ id: areas.id })
    .from(areas)
    .where(and(eq(areas.municipalityId, ctx.actor.municipalityId), eq(areas.id, areaId)))
    .for('key share')
  if (!area) faults.push({ code: 'reference.notFound', pointer: '/areaId' })
  const check = vtjPrt === null ? null : checkIdentifier('buildingId', vtjPrt)
  if (check && !check.valid) faults.push({ code: `identifier.${check.reason}`, pointer: '/vtjPrt' })
  DomainError.all(faults)
  return check?.valid ? check.normalised : null
}
