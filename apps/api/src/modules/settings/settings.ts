import type { Settings, UpdateSettings } from '@kotoisa/contracts'
import { defaultPlacementWeights, type PlacementWeights } from '@kotoisa/domain'
import { eq, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { Ctx, WriteCtx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { requireMatch, withEtag } from '../../platform/etag.ts'
import { enqueue } from '../../platform/outbox.ts'
import { settings } from './table.ts'

type Row = typeof settings.$inferSelect

const rowOf = (ctx: Ctx): Promise<Row[]> =>
  prepared(ctx.db, 'settings', (db) =>
    db
      .select()
      .from(settings)
      .where(eq(settings.municipalityId, sql.placeholder('municipality'))),
  ).execute({ municipality: ctx.actor.municipalityId })

/** A weight that was never set, one of a later version too, is the default. */
const weightsOf = (row: Row | undefined): PlacementWeights => ({ ...defaultPlacementWeights, ...row?.placementWeights })

export async function readSettings(ctx: Ctx): Promise<Settings> {
  const [row] = await rowOf(ctx)
  return withEtag(row?.version ?? 0, { updatedAt: row?.updatedAt.toISOString() ?? null, placementWeights: weightsOf(row) })
}

/** The weights that the municipality has set, for whoever ranks. */
export async function placementWeights(ctx: Ctx): Promise<PlacementWeights> {
  const [row] = await rowOf(ctx)
  return weightsOf(row)
}

export async function updateSettings(ctx: WriteCtx, _id: string, ifMatch: string | undefined, patch: UpdateSettings): Promise<void> {
  const { municipalityId } = ctx.actor
  // Two first changes at once meet on the row's key: the second one waits and finds a newer version.
  await ctx.db
    .insert(settings)
    .values({ municipalityId, version: 0, createdAt: ctx.now, updatedAt: ctx.now })
    .onConflictDoNothing({ target: settings.municipalityId })
  const [row] = await ctx.db.select().from(settings).where(eq(settings.municipalityId, municipalityId)).for('update')
  requireMatch(ifMatch, row?.version ?? 0)
  const before = weightsOf(row)
  const after = { ...before, ...patch.placementWeights }
  await ctx.db.update(settings).set({ placementWeights: after, updatedAt: ctx.now }).where(eq(settings.municipalityId, municipalityId))
  await audit(ctx, { action: 'settings.updated', resource: 'settings', recordId: municipalityId, changes: changesBetween(before, after) })
  await enqueue(ctx, { type: 'settings.updated', resource: 'settings', recordId: municipalityId })
}
