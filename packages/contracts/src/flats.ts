import {
  accessibilityFeatures,
  emptyReasons,
  flatAccessibilityFeatures,
  flatFeatures,
  roomKinds,
  subsidisedRentRules,
} from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Id, Note, PostalCode, Reference, closed, line, nullable, recordFields } from './fields.ts'
import { AreaBrief, BuildingBrief, addressFields } from './homes.ts'
import { LandlordBrief } from './landlords.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const Address = Type.String({
  minLength: 1,
  maxLength: 180,
  description: 'Street address and apartment in one line, e.g. Esimerkkikatu 4 A 12 b.',
})

/** What another record tells of a flat. */
export const FlatBrief = closed('FlatBrief', {
  id: Id,
  reference: Reference,
  address: Address,
  postalCode: PostalCode,
  postOffice: addressFields.postOffice,
})
export type FlatBrief = Static<typeof FlatBrief>

// Flats ------------------------------------------------------------------------------------------------------

/** Huoneistotunnus in its three parts (128/2010 26 §); letter or number may be missing. Never a number to count with. */
export const ApartmentId = closed('ApartmentId', {
  letter: nullable(Type.String({ pattern: '^[A-ZÅÄÖ]$', maxLength: 1 })),
  number: nullable(Type.String({ pattern: '^[1-9][0-9]{0,2}$', maxLength: 3 })),
  splitter: nullable(Type.String({ pattern: '^[a-zåäö]$', maxLength: 1 })),
})
export type ApartmentId = Static<typeof ApartmentId>

/** Label of a bed or corner of a room that is let by itself. */
export const Place = Type.String({
  minLength: 1,
  maxLength: 20,
  pattern: '^[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö -]*$',
  description: 'Label of a place in a room, e.g. 1.',
})

const roomFields = {
  name: line(60),
  kind: Type.Enum(roomKinds),
  squareMetres: nullable(Type.Number({ minimum: 1, maximum: 500 })),
  places: Type.Array(Place, {
    maxItems: 12,
    uniqueItems: true,
    description: 'Places that can be let one by one; empty: the room is let whole.',
  }),
}

export const RoomBrief = closed('RoomBrief', { id: Id, ...roomFields })
export type RoomBrief = Static<typeof RoomBrief>

const flatFacts = {
  apartment: nullable(ApartmentId),
  roomCount: Type.Integer({ minimum: 1, maximum: 20, description: 'Living rooms and bedrooms; the kitchen is not counted.' }),
  squareMetres: Type.Number({ minimum: 5, maximum: 1000 }),
  floor: nullable(Type.Integer({ minimum: -3, maximum: 80 })),
  lift: Type.Boolean(),
  accessibility: Type.Array(Type.Enum(flatAccessibilityFeatures), {
    maxItems: flatAccessibilityFeatures.length,
    uniqueItems: true,
    description: 'Beside the lift, which has a field of its own.',
  }),
  features: Type.Array(Type.Enum(flatFeatures), { maxItems: flatFeatures.length, uniqueItems: true }),
  maxPersons: Type.Integer({ minimum: 1, maximum: 30 }),
  subsidisedRentRule: Type.Enum(subsidisedRentRules),
}
const ownFlat = {
  ...recordFields,
  reference: Reference,
  landlord: LandlordBrief,
  area: AreaBrief,
  building: BuildingBrief,
  address: Address,
  ...addressFields,
  ...flatFacts,
  rooms: Type.Array(RoomBrief, { maxItems: 50 }),
}

/** As the city sees it. */
export const Flat = closed('Flat', { ...ownFlat, note: nullable(Note) })
export type Flat = Static<typeof Flat>

/** As its landlord sees it: everything but the city's note. */
export const OwnFlat = closed('OwnFlat', ownFlat)
export type OwnFlat = Static<typeof OwnFlat>
export const FlatView = Type.Union([Flat, OwnFlat])
export type FlatView = Static<typeof FlatView>

export const CreateFlat = closed('CreateFlat', {
  landlordId: Id,
  buildingId: Id,
  streetAddress: Type.Optional(line(160, 'The building’s when left out, as the two below.')),
  postalCode: Type.Optional(PostalCode),
  postOffice: Type.Optional(addressFields.postOffice),
  apartment: Type.Optional(flatFacts.apartment),
  roomCount: flatFacts.roomCount,
  squareMetres: flatFacts.squareMetres,
  floor: Type.Optional(flatFacts.floor),
  lift: flatFacts.lift,
  accessibility: Type.Optional(flatFacts.accessibility),
  features: Type.Optional(flatFacts.features),
  maxPersons: flatFacts.maxPersons,
  subsidisedRentRule: Type.Optional(flatFacts.subsidisedRentRule),
  note: Type.Optional(nullable(Note)),
})
export type CreateFlat = Static<typeof CreateFlat>
export const UpdateFlat = patchOf('UpdateFlat', CreateFlat)
export type UpdateFlat = Static<typeof UpdateFlat>

/** Several values of a list, a comma between; the flat must have all of them. */
const allOf = (values: readonly string[]) =>
  Type.String({
    minLength: 1,
    maxLength: 300,
    pattern: `^(${values.join('|')})(,(${values.join('|')}))*$`,
    description: `All of: ${values.join(', ')}; a comma between.`,
  })

const day = (description: string) => Type.String({ format: 'civil-day', maxLength: 10, description })

const byAllLeases = 'Told by all leases: 403 `addressProtection.noRight` for whoever may not join protected persons and homes.'

export const FlatQuery = listQuery('FlatQuery', {
  areaId: Type.Optional(Id),
  buildingId: Type.Optional(Id),
  landlordId: Type.Optional(Id),
  minRooms: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  minPersons: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, description: 'Room for at least so many.' })),
  lift: Type.Optional(Type.Boolean()),
  accessibility: Type.Optional(allOf(accessibilityFeatures)),
  features: Type.Optional(allOf(flatFeatures)),
  subsidisedRentRule: Type.Optional(Type.Enum(subsidisedRentRules)),
  freeOn: Type.Optional(day(`Can be let as a whole on this day: the city holds it, nobody has it, no repair is recorded. ${byAllLeases}`)),
  freeFrom: Type.Optional(day(`Free from this day on, until \`freeUntil\` where that is given. ${byAllLeases}`)),
  freeUntil: Type.Optional(day(`Free until this day, from \`freeFrom\` or today on. ${byAllLeases}`)),
  emptyOn: Type.Optional(
    day(
      'The city holds it on this day and nobody lives in it; for whoever may not join protected persons and homes: a vacancy is recorded. Needs the right to read vacancies.',
    ),
  ),
  emptyReason: Type.Optional(Type.Enum(emptyReasons, { description: 'Of `emptyOn`, or of today. Needs the right to read vacancies.' })),
})
export type FlatQuery = Static<typeof FlatQuery>
export const FlatPage = pageOf('FlatPage', FlatView)

// Endpoints --------------------------------------------------------------------------------------------------

const readerRoles = ['coordinator', 'finance', 'supportWorker', 'landlord', 'admin'] as const
const auditorRoles = ['coordinator', 'admin'] as const
const writerRoles = ['coordinator'] as const

const flatTags = ['flats'] as const
const flatReaders = { roles: readerRoles, scope: 'flats:read' } as const
const flatAuditors = { roles: auditorRoles, scope: 'flats:read' } as const
const flatWriters = { roles: writerRoles, scope: 'flats:write' } as const

export const listFlats = endpoint({
  method: 'GET',
  url: '/v1/flats',
  config: { access: flatReaders, list: true },
  schema: { operationId: 'listFlats', tags: flatTags, summary: 'Flats, page by page', querystring: FlatQuery, response: { 200: FlatPage } },
})
export const getFlat = endpoint({
  method: 'GET',
  url: '/v1/flats/:id',
  config: { access: flatReaders },
  schema: { operationId: 'getFlat', tags: flatTags, summary: 'One flat', params: ById, response: { 200: FlatView } },
})
export const createFlat = endpoint({
  method: 'POST',
  url: '/v1/flats',
  config: { access: flatWriters, effect: 'create' },
  schema: { operationId: 'createFlat', tags: flatTags, summary: 'Add a flat', body: CreateFlat, response: { 201: Flat } },
})
export const updateFlat = endpoint({
  method: 'PATCH',
  url: '/v1/flats/:id',
  config: { access: flatWriters, effect: 'change' },
  schema: {
    operationId: 'updateFlat',
    tags: flatTags,
    summary: 'Change a flat (merge patch)',
    params: ById,
    body: UpdateFlat,
    response: { 200: Flat },
  },
})
export const deleteFlat = endpoint({
  method: 'DELETE',
  url: '/v1/flats/:id',
  config: { access: flatWriters, effect: 'change' },
  schema: {
    operationId: 'deleteFlat',
    tags: flatTags,
    summary: 'Remove a flat that nothing refers to',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getFlatHistory = endpoint({
  method: 'GET',
  url: '/v1/flats/:id/history',
  config: { access: flatAuditors },
  schema: {
    operationId: 'getFlatHistory',
    tags: flatTags,
    summary: 'Who changed what, newest first',
    params: ById,
    response: { 200: History },
  },
})
