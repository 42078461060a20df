import { WholeSettings, type CityContact, type LandlordNotice, type Settings, type UpdateSettings } from '@kotoisa/contracts'
import { defaultPlacementWeights, DomainError, faultsOfSettings, type PlacementWeights, type RentCeilings } from '@kotoisa/domain'
import { eq, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { Ctx, WriteCtx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { requireMatch, withEtag } from '../../platform/etag.ts'
import { wholePatch } from '../../platform/merge-patch.ts'
import { enqueue } from '../../platform/outbox.ts'
import { settings } from './table.ts'

type Row = typeof settings.$inferSelect

interface Decided {
  readonly placementWeights: PlacementWeights
  readonly rentCeilings: RentCeilings | null
  readonly cityContact: CityContact | null
  readonly landlordNotice: LandlordNotice | null
}

const rowOf = (ctx: Ctx): Promise<Row[]> =>
  prepared(ctx.db, 'settings', (db) =>
    db
      .select()
      .from(settings)
      .where(eq(settings.municipalityId, sql.placeholder('municipality'))),
  ).execute({ municipality: ctx.actor.municipalityId })

/** A weight that was never set, one of a later version too, is the default. */
const decidedBy = (row: Row | undefined): Decided => ({
  placementWeights: { ...defaultPlacementWeights, ...row?.placementWeights },
  rentCeilings: row?.rentCeilings ?? null,
  cityContact: row?.cityContact ?? null,
  landlordNotice: row?.landlordNotice ?? null,
})

export async function readSettings(ctx: Ctx): Promise<Settings> {
  const [row] = await rowOf(ctx)
  const { placementWeights, rentCeilings, cityContact, landlordNotice } = decidedBy(row)
  return withEtag(row?.version ?? 0, {
    updatedAt: row?.updatedAt.toISOString() ?? null,
    placementWeights,
    rentCeilings: rentCeilings && { ...rentCeilings, cents: [...rentCeilings.cents] },
    cityContact,
    landlordNotice,
  })
}

/** What the municipality has set for its rankings. */
export async function placementSettings(ctx: Ctx): Promise<Pick<Decided, 'placementWeights' | 'rentCeilings'>> {
  const [row] = await rowOf(ctx)
  return decidedBy(row)
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
  const before = decidedBy(row)
  const { rentCeilings } = before
  const stored = { ...before, rentCeilings: rentCeilings && { ...rentCeilings, cents: [...rentCeilings.cents] } }
  const after: Decided = { ...before, ...wholePatch(WholeSettings, stored, patch) }
  DomainError.all(faultsOfSettings(after, ctx.today))
  await ctx.db
    .update(settings)
    .set({ ...after, updatedAt: ctx.now })
    .where(eq(settings.municipalityId, municipalityId))
  await audit(ctx, { action: 'settings.updated', resource: 'settings', recordId: municipalityId, changes: changesOf(before, after) })
  await enqueue(ctx, { type: 'settings.updated', resource: 'settings', recordId: municipalityId })
}

/** Each weight, figure and text by itself: the list of changes tells which one, from what to what. */
const changesOf = (before: Decided, after: Decided) => changesBetween(apart(before), apart(after))

const apart = ({ placementWeights, rentCeilings, cityContact, landlordNotice }: Decided): object => ({
  ...placementWeights,
  rentCeilingSource: rentCeilings?.source,
  rentCeilingCheckedOn: rentCeilings?.checkedOn,
  rentCeilingCents: rentCeilings?.cents,
  cityContact,
  landlordNoticeFi: landlordNotice?.fi,
  landlordNoticeSv: landlordNotice?.sv,
  landlordNoticeEn: landlordNotice?.en,
})
