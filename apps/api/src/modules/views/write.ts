import type { CreateView, UpdateView } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { views } from './table.ts'

const resource = 'view'
/** Of one person; more than that nobody finds again. */
const mostViews = 200

const mine = (ctx: WriteCtx) => and(eq(views.municipalityId, ctx.actor.municipalityId), eq(views.userId, ctx.actor.id))

export async function createView(ctx: WriteCtx, body: CreateView): Promise<string> {
  const [counted] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(views)
    .where(mine(ctx))
  if ((counted?.count ?? 0) >= mostViews) throw new DomainError('view.tooMany', { most: mostViews })
  const id = newId(ctx.now)
  const values = {
    list: body.list,
    name: body.name?.trim() ?? null,
    query: body.query ?? '',
    sort: body.sort ?? null,
    columns: body.columns ?? null,
  }
  const { municipalityId, id: userId } = ctx.actor
  await ctx.db.insert(views).values({ municipalityId, id, userId, ...values, createdAt: ctx.now, updatedAt: ctx.now })
  await audit(ctx, { action: 'view.created', resource, recordId: id, changes: changesBetween(null, values) })
  return id
}

export async function updateView(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateView): Promise<void> {
  const { name, query, sort, columns } = await lockView(ctx, id, ifMatch)
  const before = { name, query, sort, columns }
  const values = { ...before, ...body, ...(typeof body.name === 'string' ? { name: body.name.trim() } : {}) }
  await ctx.db
    .update(views)
    .set({ ...values, updatedAt: ctx.now })
    .where(and(mine(ctx), eq(views.id, id)))
  await audit(ctx, { action: 'view.updated', resource, recordId: id, changes: changesBetween(before, values) })
}

export async function deleteView(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const { list, name, query, sort, columns } = await lockView(ctx, id, ifMatch)
  await ctx.db.delete(views).where(and(mine(ctx), eq(views.id, id)))
  await audit(ctx, { action: 'view.deleted', resource, recordId: id, changes: changesBetween({ list, name, query, sort, columns }, null) })
}

async function lockView(ctx: WriteCtx, id: string, ifMatch: string | undefined) {
  const [row] = await ctx.db
    .select()
    .from(views)
    .where(and(mine(ctx), eq(views.id, id)))
    .for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}
