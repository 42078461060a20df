import { and, eq, isNull } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { enqueue } from '../../platform/outbox.ts'
import { households } from './table.ts'

const resource = 'household'
const mine = (ctx: WriteCtx, id: string) => and(eq(households.municipalityId, ctx.actor.municipalityId), eq(households.id, id))

/** A household that has got its home waits no longer, in the transaction of the keys. The day since it waited; null where it did not. */
export async function endWaiting(ctx: WriteCtx, id: string): Promise<string | null> {
  const [row] = await ctx.db.select({ waitingSince: households.waitingSince }).from(households).where(mine(ctx, id)).for('no key update')
  const waitingSince = row?.waitingSince ?? null
  if (waitingSince !== null) await setWaiting(ctx, id, waitingSince, null, 'household.housed')
  return waitingSince
}

/** The keys were taken back on their day: the household waits as before, unless somebody has said otherwise since. */
export async function waitAgain(ctx: WriteCtx, id: string, since: string): Promise<void> {
  const [row] = await ctx.db
    .select({ id: households.id })
    .from(households)
    .where(and(mine(ctx, id), isNull(households.waitingSince)))
    .for('no key update')
  if (row) await setWaiting(ctx, id, null, since, 'household.waits')
}

async function setWaiting(ctx: WriteCtx, id: string, before: string | null, waitingSince: string | null, action: string): Promise<void> {
  await ctx.db.update(households).set({ waitingSince, updatedAt: ctx.now }).where(mine(ctx, id))
  await audit(ctx, { action, resource, recordId: id, changes: changesBetween({ waitingSince: before }, { waitingSince }) })
  await enqueue(ctx, { type: action, resource, recordId: id })
}
