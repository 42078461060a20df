import { sql, type Placeholder, type SQL } from 'drizzle-orm'
import { areas, buildings, flats, rooms } from './table.ts'

/** A landlord's homes are the flats it lets, their rooms, and the buildings and areas that they stand in. */
type Landlord = string | Placeholder | null

export const visibleFlats = (landlord: Landlord): SQL | undefined =>
  landlord === null ? undefined : sql`${flats.landlordId} = ${landlord}`

export const visibleRooms = (landlord: Landlord): SQL | undefined =>
  landlord === null
    ? undefined
    : sql`exists (select from flats own where own.municipality_id = ${rooms.municipalityId} and own.id = ${rooms.flatId} and own.landlord_id = ${landlord})`

export const visibleBuildings = (landlord: Landlord): SQL | undefined =>
  landlord === null
    ? undefined
    : sql`exists (select from flats own where own.municipality_id = ${buildings.municipalityId} and own.building_id = ${buildings.id} and own.landlord_id = ${landlord})`

export const visibleAreas = (landlord: Landlord): SQL | undefined =>
  landlord === null
    ? undefined
    : sql`exists (select from flats own join buildings ob on ob.municipality_id = own.municipality_id and ob.id = own.building_id
        where own.municipality_id = ${areas.municipalityId} and ob.area_id = ${areas.id} and own.landlord_id = ${landlord})`
