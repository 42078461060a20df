import { sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../platform/context.ts'
import { areas, buildings, flats, rooms } from './table.ts'

/** Rows that the actor may see; undefined: all of the municipality. A landlord's own homes are those it lets. */
type Rows = SQL | undefined

export const visibleFlats = (actor: Actor): Rows => (actor.kind === 'landlord' ? sql`${flats.landlordId} = ${actor.landlordId}` : undefined)

export const visibleRooms = (actor: Actor): Rows =>
  actor.kind === 'landlord'
    ? sql`exists (select from flats own where own.municipality_id = ${rooms.municipalityId} and own.id = ${rooms.flatId} and own.landlord_id = ${actor.landlordId})`
    : undefined

export const visibleBuildings = (actor: Actor): Rows =>
  actor.kind === 'landlord'
    ? sql`exists (select from flats own where own.municipality_id = ${buildings.municipalityId} and own.building_id = ${buildings.id} and own.landlord_id = ${actor.landlordId})`
    : undefined

export const visibleAreas = (actor: Actor): Rows =>
  actor.kind === 'landlord'
    ? sql`exists (select from flats own join buildings of on of.municipality_id = own.municipality_id and of.id = own.building_id where own.municipality_id = ${areas.municipalityId} and of.area_id = ${areas.id} and own.landlord_id = ${actor.landlordId})`
    : undefined
