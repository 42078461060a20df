import type { Flat, FlatBrief, FlatView, OwnFlat, Room, RoomBrief } from '@kotoisa/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { landlordOf, type Ctx } from '../../platform/context.ts'
import { prepared, type Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import { landlords } from '../landlords/table.ts'
import { visibleFlats, visibleRooms } from './policy.ts'
import { areas, buildings, flats, rooms } from './table.ts'

const flatColumns = {
  id: flats.id,
  version: flats.version,
  createdAt: flats.createdAt,
  updatedAt: flats.updatedAt,
  reference: flats.reference,
  landlordId: flats.landlordId,
  landlordName: landlords.name,
  areaId: buildings.areaId,
  areaName: areas.name,
  buildingId: flats.buildingId,
  buildingName: buildings.name,
  buildingStreetAddress: buildings.streetAddress,
  address: flats.address,
  streetAddress: flats.streetAddress,
  postalCode: flats.postalCode,
  postOffice: flats.postOffice,
  apartmentLetter: flats.apartmentLetter,
  apartmentNumber: flats.apartmentNumber,
  apartmentSplitter: flats.apartmentSplitter,
  roomCount: flats.roomCount,
  squareMetres: flats.squareMetres,
  floor: flats.floor,
  lift: flats.lift,
  accessibility: flats.accessibility,
  features: flats.features,
  maxPersons: flats.maxPersons,
  subsidisedRentRule: flats.subsidisedRentRule,
  note: flats.note,
  rooms: sql<RoomBrief[]>`(
    select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'kind', r.kind, 'squareMetres', r.square_metres, 'places', r.places) order by r.name collate finnish_by_number, r.id), '[]')
    from rooms r where r.municipality_id = flats.municipality_id and r.flat_id = flats.id)`,
}

export type FlatRow = Omit<typeof flats.$inferSelect, 'municipalityId'> & {
  readonly landlordName: string
  readonly areaId: string
  readonly areaName: string
  readonly buildingName: string | null
  readonly buildingStreetAddress: string
  readonly rooms: readonly RoomBrief[]
}

export function toFlat(row: FlatRow): Flat {
  return withEtag(row.version, { ...ownFlat(row), note: row.note })
}

/** A landlord does not see the city's note. */
export function toOwnFlat(row: FlatRow): OwnFlat {
  return withEtag(row.version, ownFlat(row))
}

function ownFlat(row: FlatRow): Omit<OwnFlat, 'etag'> {
  const { apartmentLetter: letter, apartmentNumber: number, apartmentSplitter: splitter } = row
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    reference: row.reference,
    landlord: { id: row.landlordId, name: row.landlordName },
    area: { id: row.areaId, name: row.areaName },
    building: { id: row.buildingId, name: row.buildingName, streetAddress: row.buildingStreetAddress },
    address: row.address,
    streetAddress: row.streetAddress,
    postalCode: row.postalCode,
    postOffice: row.postOffice,
    apartment: letter === null && number === null ? null : { letter, number, splitter },
    roomCount: row.roomCount,
    squareMetres: row.squareMetres,
    floor: row.floor,
    lift: row.lift,
    accessibility: row.accessibility,
    features: row.features,
    maxPersons: row.maxPersons,
    subsidisedRentRule: row.subsidisedRentRule,
    rooms: row.rooms.map(({ id, name, kind, squareMetres, places }) => ({ id, name, kind, squareMetres, places })),
  }
}

const roomColumns = {
  id: rooms.id,
  version: rooms.version,
  createdAt: rooms.createdAt,
  updatedAt: rooms.updatedAt,
  flatId: rooms.flatId,
  flatReference: flats.reference,
  flatAddress: flats.address,
  flatPostalCode: flats.postalCode,
  flatPostOffice: flats.postOffice,
  name: rooms.name,
  kind: rooms.kind,
  squareMetres: rooms.squareMetres,
  places: rooms.places,
}

export type RoomRow = Omit<typeof rooms.$inferSelect, 'municipalityId'> & {
  readonly flatReference: string
  readonly flatAddress: string
  readonly flatPostalCode: string
  readonly flatPostOffice: string
}

export function toRoom(row: RoomRow): Room {
  const flat: FlatBrief = {
    id: row.flatId,
    reference: row.flatReference,
    address: row.flatAddress,
    postalCode: row.flatPostalCode,
    postOffice: row.flatPostOffice,
  }
  return withEtag(row.version, {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    flat,
    name: row.name,
    kind: row.kind,
    squareMetres: row.squareMetres,
    places: row.places,
  })
}

const ofLandlord = and(eq(landlords.municipalityId, flats.municipalityId), eq(landlords.id, flats.landlordId))
const ofBuilding = and(eq(buildings.municipalityId, flats.municipalityId), eq(buildings.id, flats.buildingId))
const ofArea = and(eq(areas.municipalityId, buildings.municipalityId), eq(areas.id, buildings.areaId))

export const flatsFrom = (db: Db) =>
  db.select(flatColumns).from(flats).innerJoin(landlords, ofLandlord).innerJoin(buildings, ofBuilding).innerJoin(areas, ofArea)

/** The same rows, for filters by area. */
export const countFlats = (db: Db) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(flats)
    .innerJoin(buildings, ofBuilding)

export const roomsFrom = (db: Db) =>
  db
    .select(roomColumns)
    .from(rooms)
    .innerJoin(flats, and(eq(flats.municipalityId, rooms.municipalityId), eq(flats.id, rooms.flatId)))

const municipality = sql.placeholder('municipality')

export async function getFlat(ctx: Ctx, id: string): Promise<FlatView | null> {
  const landlord = landlordOf(ctx.actor)
  const [row] = await prepared(ctx.db, landlord === null ? 'flat' : 'own_flat', (db) =>
    flatsFrom(db).where(
      and(
        eq(flats.municipalityId, municipality),
        eq(flats.id, sql.placeholder('id')),
        visibleFlats(landlord && sql.placeholder('landlord')),
      ),
    ),
  ).execute({ municipality: ctx.actor.municipalityId, id, landlord })
  return row ? (landlord === null ? toFlat(row) : toOwnFlat(row)) : null
}

export async function getRoom(ctx: Ctx, id: string): Promise<Room | null> {
  const landlord = landlordOf(ctx.actor)
  const [row] = await prepared(ctx.db, landlord === null ? 'room' : 'own_room', (db) =>
    roomsFrom(db).where(
      and(
        eq(rooms.municipalityId, municipality),
        eq(rooms.id, sql.placeholder('id')),
        visibleRooms(landlord && sql.placeholder('landlord')),
      ),
    ),
  ).execute({ municipality: ctx.actor.municipalityId, id, landlord })
  return row ? toRoom(row) : null
}
