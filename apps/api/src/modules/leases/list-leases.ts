import { HeadLease, LandlordSublease, OwnHeadLease, Sublease, type HeadLeaseView, type SubleaseView } from '@kotoisa/contracts'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import type { ListSpec } from '../../platform/list.ts'
import { finnishByNumber, type SortKey } from '../../platform/sorting.ts'
import { flats } from '../homes/table.ts'
import { landlords } from '../landlords/table.ts'
import { households } from '../people/table.ts'
import { isOpen, readerOf, unlessMasked, valuesOf, visibleLeases, type Reader } from './policy.ts'
import { selectHeadLeases, toHeadLeaseView, type HeadLeaseRow } from './read-head-leases.ts'
import { noteProtected, toLandlordSublease, toSubleaseView } from './read-subleases.ts'
import { countSubleases, selectLandlordSubleases, selectSubleases, type LandlordRow, type SubleaseRow } from './sublease-columns.ts'
import { headLeases, subleases } from './table.ts'

const given = (name: string) => sql.placeholder(name)
const finnish = (value: SQL): SQL => sql`${value} collate "fi-FI-x-icu"`
const mine = (table: typeof headLeases | typeof subleases, reader: Reader) =>
  and(eq(table.municipalityId, given('municipality')), visibleLeases(reader, table))
const values = ({ actor, today }: Pick<Ctx, 'actor' | 'today'>) => valuesOf(actor, today)

/** The states that were asked for; ended is read off the days. The first half is for the index alone. */
const status = (table: typeof headLeases | typeof subleases): SQL => {
  const asked = sql`string_to_array(${given('status')}::text, ',')`
  return sql`(${table.status} = any (case when 'ended' = any (${asked}) then ${asked} || '{signed,active}' else ${asked} end)
    and case when ${table.status} <> 'draft' and ${table.lastOn} < ${given('today')}::date then 'ended' else ${table.status} end = any (${asked}))`
}

/** What both lists are narrowed by and tells neither of a home nor of people. */
const plainFilters = (table: typeof headLeases | typeof subleases): Record<string, SQL> => ({
  status: status(table),
  startsAfter: sql`${table.startsOn} > ${given('startsAfter')}::date`,
  endsAfter: sql`${table.endsOn} > ${given('endsAfter')}::date`,
  endsBefore: sql`${table.endsOn} < ${given('endsBefore')}::date`,
  updatedSince: sql`${table.updatedAt} >= ${given('updatedSince')}::timestamptz`,
})

const homeFilters = (table: typeof headLeases | typeof subleases): Record<string, SQL> => ({
  landlordId: sql`${table.landlordId} = ${given('landlordId')}::uuid`,
  flatId: sql`${table.flatId} = ${given('flatId')}::uuid`,
  areaId: sql`${table.flatId} in (
    select f.id from flats f join buildings b on b.municipality_id = f.municipality_id and b.id = f.building_id
    where f.municipality_id = ${given('municipality')} and b.area_id = ${given('areaId')}::uuid)`,
})

const sorts = <Row extends { startsOn: string; endsOn: string | null; reference: string }>(
  table: typeof headLeases | typeof subleases,
) => ({
  startsOn: { by: sql`${table.startsOn}`, type: 'date', of: ({ startsOn }: Row) => startsOn } satisfies SortKey<Row>,
  endsOn: { by: sql`${table.endsOn}`, type: 'date', nullable: true, of: ({ endsOn }: Row) => endsOn } satisfies SortKey<Row>,
  reference: { by: sql`${table.reference}`, type: 'text', of: ({ reference }: Row) => reference } satisfies SortKey<Row>,
})

export const headLeaseList: ListSpec<HeadLeaseRow, HeadLeaseView, Reader> = {
  name: 'headLeases',
  readerOf,
  table: headLeases,
  select: (db, _reader, page) => selectHeadLeases(db, page),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(headLeases),
  visible: (reader) => mine(headLeases, reader),
  id: { by: sql`${headLeases.id}`, type: 'uuid', of: ({ id }) => id },
  sorts: () => ({
    ...sorts<HeadLeaseRow>(headLeases),
    updatedAt: { by: sql`${headLeases.updatedAt}`, type: 'timestamptz', of: ({ updatedAt }) => updatedAt },
    'flat.address': { by: finnishByNumber(flats.address), type: 'text', joined: true, of: ({ flatAddress }) => flatAddress },
    'landlord.name': { by: finnish(sql`${landlords.name}`), type: 'text', joined: true, of: ({ landlordName }) => landlordName },
  }),
  defaultSort: '-startsOn',
  filters: (reader) => ({
    ...plainFilters(headLeases),
    ...homeFilters(headLeases),
    // Whose home it is: not for the landlord, and of nobody that the reader may not see.
    householdId:
      reader === 'landlord'
        ? sql`false`
        : sql`exists (select from subleases where ${subleases.municipalityId} = ${headLeases.municipalityId} and ${subleases.headLeaseId} = ${headLeases.id}
            and ${subleases.householdId} = ${given('householdId')}::uuid and ${isOpen(reader) ?? sql`true`})`,
  }),
  search: () => ({ resource: 'headLease', id: sql`${headLeases.id}` }),
  values,
  toItem: (row, { today }, reader) => toHeadLeaseView(reader, row, today),
  itemOf: (reader) => (reader === 'landlord' ? OwnHeadLease : HeadLease),
}

type Row = SubleaseRow | LandlordRow
const isLandlords = (row: Row): row is LandlordRow => !('masked' in row)
const cityRow = (row: Row): SubleaseRow => row as SubleaseRow

/** Sorts that only the city has; masked rows sort as null, so that the order tells nothing of them. */
const citySorts = (reader: Reader): Record<string, SortKey<Row>> => ({
  updatedAt: { by: sql`${subleases.updatedAt}`, type: 'timestamptz', of: (row) => cityRow(row).updatedAt },
  'landlord.name': {
    by: finnish(unlessMasked(reader, landlords.name)),
    type: 'text',
    joined: true,
    nullable: true,
    of: (row) => cityRow(row).landlordName,
  },
  'household.name': {
    by: finnish(unlessMasked(reader, households.name)),
    type: 'text',
    joined: true,
    nullable: true,
    of: (row) => cityRow(row).householdName,
  },
})

export const subleaseList: ListSpec<Row, SubleaseView, Reader> = {
  name: 'subleases',
  readerOf,
  table: subleases,
  select: (db, reader, page) => (reader === 'landlord' ? selectLandlordSubleases(db, page) : selectSubleases(db, reader, page)),
  count: countSubleases,
  visible: (reader) => mine(subleases, reader),
  id: { by: sql`${subleases.id}`, type: 'uuid', of: ({ id }) => id },
  sorts: (reader) => ({
    ...sorts<Row>(subleases),
    'flat.address': {
      by: finnishByNumber(unlessMasked(reader, flats.address)),
      type: 'text',
      joined: true,
      nullable: true,
      of: ({ flatAddress }) => flatAddress,
    },
    ...(reader === 'landlord' ? {} : citySorts(reader)),
  }),
  defaultSort: '-startsOn',
  filters: (reader) => {
    const open = isOpen(reader)
    const known = (condition: SQL): SQL => (open === undefined ? condition : sql`(${condition} and ${open})`)
    const own = homeFilters(subleases)
    return {
      ...plainFilters(subleases),
      ...Object.fromEntries(Object.entries(own).map(([name, condition]) => [name, known(condition)])),
      headLeaseId: known(sql`${subleases.headLeaseId} = ${given('headLeaseId')}::uuid`),
      householdId: reader === 'landlord' ? sql`false` : known(sql`${subleases.householdId} = ${given('householdId')}::uuid`),
    }
  },
  search: (reader) => {
    const words = { resource: 'sublease', id: sql`${subleases.id}` }
    if (reader === 'full') return words
    if (reader === 'limited') return { ...words, mayFindHidden: sql`not ${subleases.protected}` }
    // A landlord finds its homes, and nobody who lives in them.
    const ofTheFlat = sql`exists (select from search_words f where f.municipality_id = w.municipality_id and f.resource = 'flat' and f.record_id = ${subleases.flatId} and f.word = w.word)`
    return { ...words, countsAsOpen: ofTheFlat }
  },
  values,
  toItem: (row, { today }) => (isLandlords(row) ? toLandlordSublease(row, today) : toSubleaseView(row, today)),
  itemOf: (reader) => (reader === 'landlord' ? LandlordSublease : Sublease),
  noteReads: (ctx, rows) =>
    noteProtected(
      ctx,
      rows.filter((row): row is SubleaseRow => !isLandlords(row)),
    ),
}
