import { Landlord, OwnLandlord, type History, type LandlordView } from '@kotoisa/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { historyOrNull } from '../../platform/audit.ts'
import { landlordOf, type Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { readerOf, visibleLandlords, type Reader } from './policy.ts'
import { landlords } from './table.ts'

type Row = typeof landlords.$inferSelect

const mine = eq(landlords.municipalityId, sql.placeholder('municipality'))
const valuesOf = ({ actor, today }: Pick<Ctx, 'actor' | 'today'>) => ({
  today,
  municipality: actor.municipalityId,
  ownLandlord: landlordOf(actor),
})

export async function readLandlord(ctx: Ctx, id: string): Promise<LandlordView | null> {
  const reader = readerOf(ctx.actor)
  const [row] = await prepared(ctx.db, `landlord_${reader}`, (db) =>
    db
      .select()
      .from(landlords)
      .where(and(mine, eq(landlords.id, sql.placeholder('id')), visibleLandlords(reader))),
  ).execute({ ...valuesOf(ctx), id })
  return row === undefined ? null : toView(row, reader)
}

export async function readLandlordHistory(ctx: Ctx, id: string): Promise<History | null> {
  return historyOrNull(ctx, 'landlord', id, await readLandlord(ctx, id))
}

/** Nonprofit on a recorded ground, and the city rents a home of it today. */
const participates = sql`(${landlords.nonprofitGround} is not null and exists (
  select from head_leases h
  where h.municipality_id = ${landlords.municipalityId} and h.landlord_id = ${landlords.id}
    and h.status = 'active' and (h.last_on is null or h.last_on >= ${sql.placeholder('today')}::date)))`

const name = sql`${landlords.name} collate "fi-FI-x-icu"`

export const landlordList: ListSpec<Row, LandlordView, Reader> = {
  name: 'landlords',
  readerOf,
  select: (db) => db.select().from(landlords),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(landlords),
  visible: (reader) => and(mine, visibleLandlords(reader)),
  id: { by: sql`${landlords.id}`, type: 'uuid', of: (row) => row.id },
  sorts: () => ({
    name: { by: name, type: 'text', of: (row) => row.name },
    reference: { by: sql`${landlords.reference}`, type: 'text', of: (row) => row.reference },
    createdAt: { by: sql`${landlords.createdAt}`, type: 'timestamptz', of: (row) => row.createdAt },
    updatedAt: { by: sql`${landlords.updatedAt}`, type: 'timestamptz', of: (row) => row.updatedAt },
  }),
  defaultSort: 'name',
  filters: () => ({
    nonprofit: eq(landlords.nonprofit, sql.placeholder('nonprofit')),
    participating: sql`${participates} = ${sql.placeholder('participating')}`,
    updatedSince: sql`${landlords.updatedAt} >= ${sql.placeholder('updatedSince')}::timestamptz`,
  }),
  search: () => ({ resource: 'landlord', id: sql`${landlords.id}` }),
  values: valuesOf,
  toItem: (row, _ctx, reader) => toView(row, reader),
  itemOf: (reader) => (reader === 'landlord' ? OwnLandlord : Landlord),
}

const toView = (row: Row, reader: Reader): LandlordView => (reader === 'landlord' ? toOwnLandlord(row) : toLandlord(row))

export const toLandlord = (row: Row): Landlord => withEtag(row.version, { ...ownFields(row), note: row.note })

/** A landlord does not see the city's note. */
export const toOwnLandlord = (row: Row): OwnLandlord => withEtag(row.version, ownFields(row))

function ownFields(row: Row): Omit<OwnLandlord, 'etag'> {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    reference: row.reference,
    name: row.name,
    businessId: row.businessId,
    nonprofit: row.nonprofit,
    nonprofitGround: row.nonprofitGround,
    iban: row.iban,
    streetAddress: row.streetAddress,
    postalCode: row.postalCode,
    postOffice: row.postOffice,
    contacts: row.contacts.map((one) => ({
      name: one.name,
      role: one.role,
      email: one.email,
      phone: one.phone,
      startsOn: one.startsOn,
      endsOn: one.endsOn,
    })),
  }
}

/** For commands run by hand. */
export async function landlordByReference(ctx: Ctx, reference: string): Promise<string | undefined> {
  const [row] = await ctx.db
    .select({ id: landlords.id })
    .from(landlords)
    .where(and(eq(landlords.municipalityId, ctx.actor.municipalityId), eq(landlords.reference, reference)))
  return row?.id
}
