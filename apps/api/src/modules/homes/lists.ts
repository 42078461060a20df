import { Building, Flat, OwnBuilding, OwnFlat, type Area, type BuildingView, type FlatView, type Room } from '@kotoisa/contracts'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { landlordOf, type Actor } from '../../platform/context.ts'
import type { ListSpec } from '../../platform/list.ts'
import type { SortKey } from '../../platform/sorting.ts'
import { visibleAreas, visibleBuildings, visibleFlats, visibleRooms } from './policy.ts'
import { countFlats, flatsFrom, roomsFrom, toFlat, toOwnFlat, toRoom, type FlatRow, type RoomRow } from './read-flats.ts'
import { areasFrom, buildingsFrom, toArea, toBuilding, toOwnBuilding, type AreaRow, type BuildingRow } from './read-homes.ts'
import { areas, buildings, flats, rooms } from './table.ts'
import { landlords } from '../landlords/table.ts'

/** A landlord reads its own homes, without the city's notes. */
type Audience = 'city' | 'landlord'

const audience = {
  readerOf: (actor: Actor): Audience => (landlordOf(actor) === null ? 'city' : 'landlord'),
  values: ({ actor }: { readonly actor: Actor }) => ({ municipality: actor.municipalityId, landlord: landlordOf(actor) }),
}
const landlord = (reader: Audience) => (reader === 'landlord' ? sql.placeholder('landlord') : null)
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
  sorts: () => ({ name: { by: finnish(areas.name), type: 'text', of: (row) => row.name }, ...stamps(areas) }),
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
    streetAddress: { by: finnish(buildings.streetAddress), type: 'text', of: (row) => row.streetAddress },
    name: { by: finnish(buildings.name), type: 'text', nullable: true, of: (row) => row.name },
    'area.name': { by: finnish(areas.name), type: 'text', of: (row) => row.areaName },
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

export const flatList: ListSpec<FlatRow, FlatView, Audience> = {
  ...audience,
  name: 'flats',
  select: (db) => flatsFrom(db),
  count: (db) => countFlats(db),
  visible: (reader) => and(inMunicipality(flats.municipalityId), visibleFlats(landlord(reader))),
  id: byId(flats.id),
  sorts: () => ({
    address: { by: finnish(flats.address), type: 'text', of: (row) => row.address },
    reference: { by: sql`${flats.reference}`, type: 'text', of: (row) => row.reference },
    'area.name': { by: finnish(areas.name), type: 'text', of: (row) => row.areaName },
    'landlord.name': { by: finnish(landlords.name), type: 'text', of: (row) => row.landlordName },
    roomCount: { by: sql`${flats.roomCount}`, type: 'int', of: (row) => row.roomCount },
    squareMetres: { by: sql`${flats.squareMetres}`, type: 'numeric', of: (row) => row.squareMetres },
    floor: { by: sql`${flats.floor}`, type: 'int', nullable: true, of: (row) => row.floor },
    maxPersons: { by: sql`${flats.maxPersons}`, type: 'int', of: (row) => row.maxPersons },
    ...stamps(flats),
  }),
  defaultSort: 'address',
  filters: () => ({
    areaId: equals(buildings.areaId, 'areaId'),
    buildingId: equals(flats.buildingId, 'buildingId'),
    landlordId: equals(flats.landlordId, 'landlordId'),
    minRooms: sql`${flats.roomCount} >= ${sql.placeholder('minRooms')}`,
    minPersons: sql`${flats.maxPersons} >= ${sql.placeholder('minPersons')}`,
    lift: equals(flats.lift, 'lift'),
    accessibility: hasAll(sql`(${flats.accessibility} || case when ${flats.lift} then array['lift'] else '{}' end)`, 'accessibility'),
    features: hasAll(sql`${flats.features}`, 'features'),
    subsidisedRentRule: equals(flats.subsidisedRentRule, 'subsidisedRentRule'),
    updatedSince: since(flats.updatedAt),
  }),
  search: () => ({ resource: 'flat', id: sql`${flats.id}` }),
  toItem: (row, _ctx, reader) => (reader === 'landlord' ? toOwnFlat(row) : toFlat(row)),
  itemOf: (reader) => (reader === 'landlord' ? OwnFlat : Flat),
}

export const roomList: ListSpec<RoomRow, Room, Audience> = {
  ...audience,
  name: 'rooms',
  select: (db) => roomsFrom(db),
  count: (db) => db.select(counted).from(rooms),
  visible: (reader) => and(inMunicipality(rooms.municipalityId), visibleRooms(landlord(reader))),
  id: byId(rooms.id),
  sorts: () => ({
    name: { by: finnish(rooms.name), type: 'text', of: (row) => row.name },
    'flat.reference': { by: sql`${flats.reference}`, type: 'text', of: (row) => row.flatReference },
    'flat.address': { by: finnish(flats.address), type: 'text', of: (row) => row.flatAddress },
    ...stamps(rooms),
  }),
  defaultSort: 'flat.reference,name',
  filters: () => ({ flatId: equals(rooms.flatId, 'flatId'), kind: equals(rooms.kind, 'kind'), updatedSince: since(rooms.updatedAt) }),
  search: () => ({ resource: 'room', id: sql`${rooms.id}` }),
  toItem: toRoom,
}
