import {
  Building,
  Flat,
  listVacancies,
  OwnBuilding,
  OwnFlat,
  type Area,
  type BuildingView,
  type FlatView,
  type Room,
} from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { landlordOf, mayCall, type Actor } from '../../platform/context.ts'
import type { ListSpec } from '../../platform/list.ts'
import { finnishByNumber, type SortKey } from '../../platform/sorting.ts'
import { visibleAreas, visibleBuildings, visibleFlats, visibleRooms } from './policy.ts'
import { countFlats, flatsFrom, roomsFrom, toFlat, toOwnFlat, toRoom, type FlatRow, type RoomRow } from './read-flats.ts'
import { areasFrom, buildingsFrom, toArea, toBuilding, toOwnBuilding, type AreaRow, type BuildingRow } from './read-homes.ts'
import { areas, buildings, flats, rooms } from './table.ts'
import { landlords } from '../landlords/table.ts'
import { emptyReasonOn, isEmpty, isFree, isRoomFree } from '../vacancies/free-flats.ts'
import { readerOf as vacancyReader, type Reader as VacancyReader } from '../vacancies/readers.ts'

/** A landlord reads its own homes, without the city's notes. */
type Audience = 'city' | 'landlord'
/** What of empty homes may be asked: by all leases, by what is recorded, or nothing by whoever may not read vacancies. */
type FlatAudience = VacancyReader | `${VacancyReader}WithoutVacancies`

const vacancyReaderOf = (reader: FlatAudience): VacancyReader => reader.replace('WithoutVacancies', '') as VacancyReader
const isLandlords = (reader: FlatAudience) => vacancyReaderOf(reader) === 'landlord'

const audience = {
  readerOf: (actor: Actor): Audience => (landlordOf(actor) === null ? 'city' : 'landlord'),
  values: ({ actor }: { readonly actor: Actor }) => ({ municipality: actor.municipalityId, landlord: landlordOf(actor) }),
}
const landlord = (reader: FlatAudience) => (isLandlords(reader) ? sql.placeholder('landlord') : null)
const inMunicipality = (column: AnyPgColumn): SQL => eq(column, sql.placeholder('municipality'))
const equals = (column: AnyPgColumn, name: string): SQL => eq(column, sql.placeholder(name))
const since = (column: AnyPgColumn): SQL => sql`${column} >= ${sql.placeholder('updatedSince')}::timestamptz`
const finnish = (column: AnyPgColumn): SQL => sql`${column} collate "fi-FI-x-icu"`
const counted = { count: sql<number>`count(*)::int` }

const stamps = <Row extends { readonly createdAt: Date; readonly updatedAt: Date }>(table: {
  readonly createdAt: AnyPgColumn
  readonly updatedAt: AnyPgColumn
}) => ({
  createdAt: { by: sql`${table.createdAt}`, type: 'timestamptz', of: (row) => row.createdAt } satisfies SortKey<Row> as SortKey<Row>,
  updatedAt: { by: sql`${table.updatedAt}`, type: 'timestamptz', of: (row) => row.updatedAt } satisfies SortKey<Row> as SortKey<Row>,
})
const byId = <Row extends { readonly id: string }>(column: AnyPgColumn): SortKey<Row> => ({
  by: sql`${column}`,
  type: 'uuid',
  of: (row) => row.id,
})

export const areaList: ListSpec<AreaRow, Area, Audience> = {
  ...audience,
  name: 'areas',
  select: (db) => areasFrom(db),
  count: (db) => db.select(counted).from(areas),
  visible: (reader) => and(inMunicipality(areas.municipalityId), visibleAreas(landlord(reader))),
  id: byId(areas.id),
  sorts: () => ({ name: { by: finnishByNumber(areas.name), type: 'text', of: (row) => row.name }, ...stamps(areas) }),
  defaultSort: 'name',
  filters: () => ({ updatedSince: since(areas.updatedAt) }),
  search: () => ({ resource: 'area', id: sql`${areas.id}` }),
  toItem: toArea,
}

export const buildingList: ListSpec<BuildingRow, BuildingView, Audience> = {
  ...audience,
  name: 'buildings',
  select: (db) => buildingsFrom(db),
  count: (db) => db.select(counted).from(buildings),
  visible: (reader) => and(inMunicipality(buildings.municipalityId), visibleBuildings(landlord(reader))),
  id: byId(buildings.id),
  sorts: () => ({
    streetAddress: { by: finnishByNumber(buildings.streetAddress), type: 'text', of: (row) => row.streetAddress },
    name: { by: finnishByNumber(buildings.name), type: 'text', nullable: true, of: (row) => row.name },
    'area.name': { by: finnishByNumber(areas.name), type: 'text', of: (row) => row.areaName },
    ...stamps(buildings),
  }),
  defaultSort: 'streetAddress',
  filters: () => ({
    areaId: equals(buildings.areaId, 'areaId'),
    type: equals(buildings.type, 'type'),
    updatedSince: since(buildings.updatedAt),
  }),
  search: () => ({ resource: 'building', id: sql`${buildings.id}` }),
  toItem: (row, _ctx, reader) => (reader === 'landlord' ? toOwnBuilding(row) : toBuilding(row)),
  itemOf: (reader) => (reader === 'landlord' ? OwnBuilding : Building),
}

/** Every value of a list with commas is in the array. */
const hasAll = (array: SQL, name: string): SQL => sql`${array} @> string_to_array(${sql.placeholder(name)}, ',')`

/** `freeUntil` and `emptyReason` look at the day beside them, and at today without one. */
const fromThen = sql`coalesce(${sql.placeholder('freeFrom')}::date, ${sql.placeholder('today')}::date)`
const emptyDay = sql`coalesce(${sql.placeholder('emptyOn')}::date, ${sql.placeholder('today')}::date)`
const freeFromThen = isFree(fromThen, sql`${sql.placeholder('freeUntil')}`)

const byFreeDays = new Set(['freeOn', 'freeFrom', 'freeUntil'])
const byEmptyDays = new Set(['emptyOn', 'emptyReason'])

/**
 * Whether a home is free is an offer to send somebody there: it is told by all leases or not at all. Without the right to read
 * vacancies nothing is told of empty homes either. A refusal, and no empty answer, which would be taken for one.
 */
function refuseUntold(reader: FlatAudience, filters: readonly string[]): void {
  const free = filters.find((name) => byFreeDays.has(name))
  if (free !== undefined && vacancyReaderOf(reader) === 'limited')
    throw new DomainError('addressProtection.noRight', {}, { parameter: free })
  const empty = filters.find((name) => byEmptyDays.has(name))
  if (empty !== undefined && reader.endsWith('WithoutVacancies')) throw new DomainError('access.denied', {}, { parameter: empty })
}

export const flatList: ListSpec<FlatRow, FlatView, FlatAudience> = {
  readerOf: (actor) => {
    const reader = vacancyReader(actor)
    return mayCall(actor, listVacancies.config.access) ? reader : `${reader}WithoutVacancies`
  },
  values: (ctx) => ({ ...audience.values(ctx), today: ctx.today, freeFrom: null, freeUntil: null, emptyOn: null }),
  name: 'flats',
  select: (db) => flatsFrom(db),
  count: (db) => countFlats(db),
  visible: (reader) => and(inMunicipality(flats.municipalityId), visibleFlats(landlord(reader))),
  id: byId(flats.id),
  sorts: () => ({
    address: { by: finnishByNumber(flats.address), type: 'text', of: (row) => row.address },
    reference: { by: sql`${flats.reference}`, type: 'text', of: (row) => row.reference },
    'area.name': { by: finnishByNumber(areas.name), type: 'text', of: (row) => row.areaName },
    'landlord.name': { by: finnish(landlords.name), type: 'text', of: (row) => row.landlordName },
    roomCount: { by: sql`${flats.roomCount}`, type: 'int', of: (row) => row.roomCount },
    squareMetres: { by: sql`${flats.squareMetres}`, type: 'numeric', of: (row) => row.squareMetres },
    floor: { by: sql`${flats.floor}`, type: 'int', nullable: true, of: (row) => row.floor },
    maxPersons: { by: sql`${flats.maxPersons}`, type: 'int', of: (row) => row.maxPersons },
    ...stamps(flats),
  }),
  defaultSort: 'address',
  filters: (reader) => ({
    areaId: equals(buildings.areaId, 'areaId'),
    buildingId: equals(flats.buildingId, 'buildingId'),
    landlordId: equals(flats.landlordId, 'landlordId'),
    minRooms: sql`${flats.roomCount} >= ${sql.placeholder('minRooms')}`,
    minPersons: sql`${flats.maxPersons} >= ${sql.placeholder('minPersons')}`,
    lift: equals(flats.lift, 'lift'),
    accessibility: hasAll(sql`(${flats.accessibility} || case when ${flats.lift} then array['lift'] else '{}' end)`, 'accessibility'),
    features: hasAll(sql`${flats.features}`, 'features'),
    subsidisedRentRule: equals(flats.subsidisedRentRule, 'subsidisedRentRule'),
    freeOn: isFree(sql`${sql.placeholder('freeOn')}`, sql`${sql.placeholder('freeOn')}`),
    freeFrom: freeFromThen,
    freeUntil: freeFromThen,
    emptyOn: isEmpty(vacancyReaderOf(reader), emptyDay),
    emptyReason: sql`(${isEmpty(vacancyReaderOf(reader), emptyDay)}
      and ${emptyReasonOn(vacancyReaderOf(reader), emptyDay)} = ${sql.placeholder('emptyReason')})`,
    updatedSince: since(flats.updatedAt),
  }),
  refuse: refuseUntold,
  search: () => ({ resource: 'flat', id: sql`${flats.id}` }),
  toItem: (row, _ctx, reader) => (isLandlords(reader) ? toOwnFlat(row) : toFlat(row)),
  itemOf: (reader) => (isLandlords(reader) ? OwnFlat : Flat),
}

export const roomList: ListSpec<RoomRow, Room, VacancyReader> = {
  ...audience,
  readerOf: vacancyReader,
  name: 'rooms',
  select: (db) => roomsFrom(db),
  count: (db) =>
    db
      .select(counted)
      .from(rooms)
      .innerJoin(flats, and(eq(flats.municipalityId, rooms.municipalityId), eq(flats.id, rooms.flatId))),
  visible: (reader) => and(inMunicipality(rooms.municipalityId), visibleRooms(landlord(reader))),
  id: byId(rooms.id),
  sorts: () => ({
    name: { by: finnishByNumber(rooms.name), type: 'text', of: (row) => row.name },
    'flat.reference': { by: sql`${flats.reference}`, type: 'text', of: (row) => row.flatReference },
    'flat.address': { by: finnishByNumber(flats.address), type: 'text', of: (row) => row.flatAddress },
    ...stamps(rooms),
  }),
  defaultSort: 'flat.reference,name',
  filters: () => ({
    flatId: equals(rooms.flatId, 'flatId'),
    kind: equals(rooms.kind, 'kind'),
    freeOn: isRoomFree(sql`${sql.placeholder('freeOn')}`),
    updatedSince: since(rooms.updatedAt),
  }),
  refuse: refuseUntold,
  search: () => ({ resource: 'room', id: sql`${rooms.id}` }),
  toItem: toRoom,
}
