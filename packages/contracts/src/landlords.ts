import { contactRoles, nonprofitGrounds } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Day, Email, Id, Note, Phone, PostalCode, Reference, closed, line, nullable, recordFields } from './fields.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

export const LandlordContact = closed('LandlordContact', {
  name: line(120),
  role: Type.Enum(contactRoles),
  email: nullable(Email),
  phone: nullable(Phone),
  startsOn: Day,
  endsOn: nullable(Day),
})
export type LandlordContact = Static<typeof LandlordContact>

const landlordFields = {
  name: line(160),
  businessId: Type.String({ minLength: 9, maxLength: 20, description: 'Y-tunnus, 1234567-1; the check digit is checked.' }),
  nonprofit: Type.Boolean(),
  nonprofitGround: nullable(Type.Enum(nonprofitGrounds)),
  iban: nullable(
    Type.String({ minLength: 15, maxLength: 42, description: 'Account that the city pays rent to; grouping spaces are taken.' }),
  ),
  streetAddress: nullable(line(160)),
  postalCode: nullable(PostalCode),
  postOffice: nullable(line(80)),
  contacts: Type.Array(LandlordContact, { maxItems: 30 }),
}

const own = { ...recordFields, reference: Reference, ...landlordFields }

/** As the city sees it. */
export const Landlord = closed('Landlord', { ...own, note: nullable(Note) })
export type Landlord = Static<typeof Landlord>

/** As the landlord itself sees it: everything but the city's note. */
export const OwnLandlord = closed('OwnLandlord', own)
export type OwnLandlord = Static<typeof OwnLandlord>

export const LandlordView = Type.Union([Landlord, OwnLandlord])
export type LandlordView = Static<typeof LandlordView>

export const CreateLandlord = closed('CreateLandlord', {
  name: landlordFields.name,
  businessId: landlordFields.businessId,
  nonprofit: landlordFields.nonprofit,
  nonprofitGround: Type.Optional(landlordFields.nonprofitGround),
  iban: Type.Optional(landlordFields.iban),
  streetAddress: Type.Optional(landlordFields.streetAddress),
  postalCode: Type.Optional(landlordFields.postalCode),
  postOffice: Type.Optional(landlordFields.postOffice),
  contacts: Type.Optional(landlordFields.contacts),
  note: Type.Optional(nullable(Note)),
})
export type CreateLandlord = Static<typeof CreateLandlord>

export const UpdateLandlord = patchOf('UpdateLandlord', CreateLandlord)
export type UpdateLandlord = Static<typeof UpdateLandlord>

export const LandlordQuery = listQuery('LandlordQuery', {
  nonprofit: Type.Optional(Type.Boolean()),
  participating: Type.Optional(
    Type.Boolean({
      description: 'Takes part in the sublease model: the ground of being nonprofit is recorded and a head lease runs today.',
    }),
  ),
})
export const LandlordPage = pageOf('LandlordPage', LandlordView)

/** What another record tells of a landlord. */
export const LandlordBrief = closed('LandlordBrief', { id: Id, name: line(160) })

const readers = { roles: ['coordinator', 'finance', 'supportWorker', 'landlord', 'admin'], scope: 'landlords:read' } as const
const auditors = { roles: ['coordinator', 'admin'], scope: 'landlords:read' } as const
const writers = { roles: ['coordinator'], scope: 'landlords:write' } as const
const tags = ['landlords'] as const

export const listLandlords = endpoint({
  method: 'GET',
  url: '/v1/landlords',
  config: { access: readers, list: true },
  schema: {
    operationId: 'listLandlords',
    tags,
    summary: 'Landlords, page by page',
    querystring: LandlordQuery,
    response: { 200: LandlordPage },
  },
})

export const getLandlord = endpoint({
  method: 'GET',
  url: '/v1/landlords/:id',
  config: { access: readers },
  schema: { operationId: 'getLandlord', tags, summary: 'One landlord', params: ById, response: { 200: LandlordView } },
})

export const createLandlord = endpoint({
  method: 'POST',
  url: '/v1/landlords',
  config: { access: writers, effect: 'create' },
  schema: { operationId: 'createLandlord', tags, summary: 'Add a landlord', body: CreateLandlord, response: { 201: Landlord } },
})

export const updateLandlord = endpoint({
  method: 'PATCH',
  url: '/v1/landlords/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updateLandlord',
    tags,
    summary: 'Change a landlord (merge patch)',
    params: ById,
    body: UpdateLandlord,
    response: { 200: Landlord },
  },
})

export const deleteLandlord = endpoint({
  method: 'DELETE',
  url: '/v1/landlords/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deleteLandlord',
    tags,
    summary: 'Remove a landlord that nothing refers to',
    params: ById,
    response: { 204: Type.Null() },
  },
})

export const getLandlordHistory = endpoint({
  method: 'GET',
  url: '/v1/landlords/:id/history',
  config: { access: auditors },
  schema: { operationId: 'getLandlordHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
