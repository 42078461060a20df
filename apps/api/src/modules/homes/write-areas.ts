import type { CreateArea, UpdateArea } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { areas } from './table.ts'

const resource = 'area'

export async function createArea(ctx: WriteCtx, body: CreateArea): Promise<string> {
  const id = newId(ctx.now)
  const name = body.name.trim()
  await ctx.db.insert(areas).values({ municipalityId: ctx.actor.municipalityId, id, name, createdAt: ctx.now, updatedAt: ctx.now })
  await audit(ctx, { action: 'area.created', resource, recordId: id, changes: changesBetween(null, { name }) })
  await enqueue(ctx, { type: 'area.created', resource, recordId: id })
  return id
}

export async function updateArea(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateArea): Promise<void> {
  const before = await lockArea(ctx, id, ifMatch)
  const name = (body.name ?? before.name).trim()
  await ctx.db.update(areas).set({ name, updatedAt: ctx.now }).where(mine(ctx, id))
  await audit(ctx, { action: 'area.updated', resource, recordId: id, changes: changesBetween({ name: before.name }, { name }) })
  await enqueue(ctx, { type: 'area.updated', resource, recordId: id })
}

export async function deleteArea(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const { name } = await lockArea(ctx, id, ifMatch)
  await ctx.db.delete(areas).where(mine(ctx, id))
  await audit(ctx, { action: 'area.deleted', resource, recordId: id, changes: changesBetween({ name }, null) })
  await enqueue(ctx, { type: 'area.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(areas.municipalityId, ctx.actor.municipalityId), eq(areas.id, id))

async function lockArea(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<typeof areas.$inferSelect> {
  const [row] = await ctx.db.select().from(areas).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}
