import * as contract from '@kotoisa/contracts'
import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { WordSearch } from '../../platform/search-words.ts'
import { finnishByNumber } from '../../platform/sorting.ts'
import { flatList } from '../homes/lists.ts'
import { flats } from '../homes/table.ts'
import { landlordList } from '../landlords/read.ts'
import { landlords } from '../landlords/table.ts'
import { statusOf } from '../leases/lease-view.ts'
import { headLeaseList, subleaseList } from '../leases/list-leases.ts'
import { headLeases, subleases } from '../leases/table.ts'
import { householdList, personList } from '../people/lists.ts'
import type { PeopleKeys } from '../people/sealing.ts'
import { households, persons } from '../people/table.ts'
import { kindOf, type HitRow, type Kind } from './kind.ts'

const open = sql<boolean>`false`
const none = sql<null>`null`

/** What words that are not open may find may be shown: the same condition, so that nothing is shown that could not be found. */
const maskedBy = ({ mayFindHidden }: WordSearch): SQL<boolean> => (mayFindHidden === undefined ? open : sql<boolean>`not ${mayFindHidden}`)
const unlessMasked = (words: WordSearch, value: SQL | PgColumn): SQL<string | null> =>
  words.mayFindHidden === undefined ? sql<string | null>`${value}` : sql<string | null>`case when ${words.mayFindHidden} then ${value} end`

const unmasked = (rows: readonly HitRow[]): string[] => rows.filter(({ masked }) => !masked).map(({ id }) => id)
const accessOf = ({ config }: Pick<contract.Endpoint, 'config'>): contract.Access => config.access

/** Who lives in a household now, as far as the reader may see the person too: many households have one name. */
const members = (words: WordSearch, what: SQL): SQL => sql`(
  select ${what} from household_members m join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
  where m.municipality_id = households.municipality_id and m.household_id = households.id
    and ${sql.placeholder('today')}::date between m.joined_on and coalesce(m.left_on, 'infinity')
    and ${words.mayFindHidden === undefined ? sql`true` : sql`not p.protected`})`

const householdKind = kindOf({
  resource: 'household',
  access: accessOf(contract.listHouseholds),
  rows: householdList,
  select: (db, { words, where, limit }) => {
    const title = unlessMasked(words, households.name)
    const names = members(words, sql`left(string_agg(p.first_names, ', ' order by p.birth_date, p.id), 400)`)
    return db
      .select({
        id: households.id,
        reference: households.reference,
        title,
        subtitle: unlessMasked(words, names),
        masked: maskedBy(words),
        memberIds: sql<string[]>`coalesce(${members(words, sql`json_agg(p.id)`)}, '[]')`,
      })
      .from(households)
      .where(where)
      .orderBy(sql`(${title}) collate "fi-FI-x-icu"`, households.id)
      .limit(limit)
  },
  noteReads: (ctx, rows) => {
    ctx.noteRead('household', unmasked(rows))
    ctx.noteRead('person', [...new Set(rows.filter(({ masked }) => !masked).flatMap(({ memberIds }) => memberIds))])
  },
})

const personKind = (keys: PeopleKeys): Kind =>
  kindOf({
    resource: 'person',
    access: accessOf(contract.listPersons),
    rows: personList(keys),
    select: (db, { words, where, limit }) => {
      const title = unlessMasked(words, sql`${persons.firstNames} || ' ' || ${persons.lastName}`)
      const [lastName, firstNames] = [unlessMasked(words, persons.lastName), unlessMasked(words, persons.firstNames)]
      return db
        .select({ id: persons.id, reference: persons.reference, title, subtitle: none, masked: maskedBy(words) })
        .from(persons)
        .where(where)
        .orderBy(sql`(${lastName}) collate "fi-FI-x-icu"`, sql`(${firstNames}) collate "fi-FI-x-icu"`, persons.id)
        .limit(limit)
    },
    noteReads: (ctx, rows) => ctx.noteRead('person', unmasked(rows)),
  })

/** Newest first: of one home there may be many. The page is cut before anything is joined, as in the list. */
const subleaseKind = kindOf({
  resource: 'sublease',
  access: accessOf(contract.listSubleases),
  rows: subleaseList,
  select: (db, { reader, words, where, limit }) => {
    const page = db.select().from(subleases).where(where).orderBy(desc(subleases.startsOn), desc(subleases.id)).limit(limit).as('subleases')
    return db
      .select({
        id: subleases.id,
        reference: subleases.reference,
        title: unlessMasked(words, flats.address),
        // A landlord finds its homes, and nobody who lives in them.
        subtitle: reader === 'landlord' ? none : unlessMasked(words, households.name),
        masked: maskedBy(words),
        protected: subleases.protected,
        status: subleases.status,
        startsOn: subleases.startsOn,
        lastOn: subleases.lastOn,
      })
      .from(page as unknown as typeof subleases)
      .innerJoin(flats, and(eq(flats.municipalityId, subleases.municipalityId), eq(flats.id, subleases.flatId)))
      .innerJoin(households, and(eq(households.municipalityId, subleases.municipalityId), eq(households.id, subleases.householdId)))
      .orderBy(desc(subleases.startsOn), desc(subleases.id))
  },
  status: (row, { today }) => statusOf(row, today),
  noteReads: (ctx, rows) =>
    ctx.noteRead(
      'sublease',
      rows.filter((row) => row.protected && !row.masked && row.subtitle !== null).map(({ id }) => id),
    ),
})

const headLeaseKind = kindOf({
  resource: 'headLease',
  access: accessOf(contract.listHeadLeases),
  rows: headLeaseList,
  select: (db, { where, limit }) => {
    const page = db
      .select()
      .from(headLeases)
      .where(where)
      .orderBy(desc(headLeases.startsOn), desc(headLeases.id))
      .limit(limit)
      .as('head_leases')
    return db
      .select({
        id: headLeases.id,
        reference: headLeases.reference,
        title: flats.address,
        subtitle: landlords.name,
        masked: open,
        status: headLeases.status,
        startsOn: headLeases.startsOn,
        lastOn: headLeases.lastOn,
      })
      .from(page as unknown as typeof headLeases)
      .innerJoin(flats, and(eq(flats.municipalityId, headLeases.municipalityId), eq(flats.id, headLeases.flatId)))
      .innerJoin(landlords, and(eq(landlords.municipalityId, headLeases.municipalityId), eq(landlords.id, headLeases.landlordId)))
      .orderBy(desc(headLeases.startsOn), desc(headLeases.id))
  },
  status: (row, { today }) => statusOf(row, today),
})

const flatKind = kindOf({
  resource: 'flat',
  access: accessOf(contract.listFlats),
  rows: flatList,
  select: (db, { where, limit }) =>
    db
      .select({
        id: flats.id,
        reference: flats.reference,
        title: flats.address,
        subtitle: sql<string>`${flats.postalCode} || ' ' || ${flats.postOffice}`,
        masked: open,
      })
      .from(flats)
      .where(where)
      .orderBy(finnishByNumber(flats.address), flats.id)
      .limit(limit),
})

const landlordKind = kindOf({
  resource: 'landlord',
  access: accessOf(contract.listLandlords),
  rows: landlordList,
  select: (db, { where, limit }) =>
    db
      .select({ id: landlords.id, reference: landlords.reference, title: landlords.name, subtitle: landlords.businessId, masked: open })
      .from(landlords)
      .where(where)
      .orderBy(sql`${landlords.name} collate "fi-FI-x-icu"`, landlords.id)
      .limit(limit),
})

/** In the order of `searchedResources`. */
export const kindsOf = (keys: PeopleKeys): readonly Kind[] => [
  householdKind,
  personKind(keys),
  subleaseKind,
  headLeaseKind,
  flatKind,
  landlordKind,
]
