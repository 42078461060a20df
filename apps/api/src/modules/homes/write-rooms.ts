import type { CreateRoom, UpdateRoom } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { flats, rooms } from './table.ts'

const resource = 'room'
type Row = typeof rooms.$inferSelect

export async function createRoom(ctx: WriteCtx, body: CreateRoom): Promise<string> {
  const { municipalityId } = ctx.actor
  const [flat] = await ctx.db
    .select({ id: flats.id })
    .from(flats)
    .where(and(eq(flats.municipalityId, municipalityId), eq(flats.id, body.flatId)))
    .for('key share')
  if (!flat) throw new DomainError('reference.notFound', {}, { pointer: '/flatId' })
  const id = newId(ctx.now)
  const values = {
    flatId: body.flatId,
    name: body.name.trim(),
    kind: body.kind,
    squareMetres: body.squareMetres ?? null,
    places: body.places ?? [],
  }
  await ctx.db.insert(rooms).values({ municipalityId, id, ...values, createdAt: ctx.now, updatedAt: ctx.now })
  await audit(ctx, { action: 'room.created', resource, recordId: id, changes: changesBetween(null, values) })
  await enqueue(ctx, { type: 'room.created', resource, recordId: id })
  return id
}

export async function updateRoom(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateRoom): Promise<void> {
  const before = await lockRoom(ctx, id, ifMatch)
  const [after] = await ctx.db
    .update(rooms)
    .set({
      name: (body.name ?? before.name).trim(),
      kind: body.kind ?? before.kind,
      squareMetres: body.squareMetres === undefined ? before.squareMetres : body.squareMetres,
      places: body.places ?? before.places,
      updatedAt: ctx.now,
    })
    .where(mine(ctx, id))
    .returning()
  await audit(ctx, { action: 'room.updated', resource, recordId: id, changes: changesBetween(before, after ?? null) })
  await enqueue(ctx, { type: 'room.updated', resource, recordId: id })
}

export async function deleteRoom(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockRoom(ctx, id, ifMatch)
  await ctx.db.delete(rooms).where(mine(ctx, id))
  await audit(ctx, { action: 'room.deleted', resource, recordId: id, changes: changesBetween(before, null) })
  await enqueue(ctx, { type: 'room.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(rooms.municipalityId, ctx.actor.municipalityId), eq(rooms.id, id))

async function lockRoom(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const [row] = await ctx.db.select().from(rooms).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}
