import { leaseScopes, tenantDisclosures } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Day, Etag, Id, Phone, Reference, closed, line, nullable } from './fields.ts'
import { FlatBrief, Place } from './flats.ts'
import { HeadLeaseBrief } from './head-leases.ts'
import { HouseholdBrief } from './households.ts'
import { LandlordBrief } from './landlords.ts'
import {
  ActivateLease,
  AddRentPart,
  CityContact,
  Disclosure,
  EndLease,
  ExtendLease,
  RecordDisclosure,
  RevertLease,
  SignLease,
  leaseContactFields,
  leaseEndsOn,
  leaseFields,
  leaseFilters,
  leaseStatus,
  leaseTerm,
  newLeaseTerms,
} from './leases.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const Null = Type.Null()

/** A person named in the lease as tenant. */
export const Tenant = closed('Tenant', { id: Id, reference: Reference, name: line(250), phone: nullable(Phone) })
export type Tenant = Static<typeof Tenant>

const scope = Type.Enum(leaseScopes)
const householdSize = nullable(Type.Integer({ minimum: 0, maximum: 100, description: 'Members on the day that `rentCents` tells of.' }))
const homeInsuranceShownOn = nullable(
  Type.String({ format: 'civil-day', maxLength: 10, description: 'When the tenant showed a home insurance.' }),
)
const disclosures = closed('Disclosures', { tenant: nullable(Disclosure), landlord: nullable(Disclosure) })

/** What tells of the home or of the people: null where the lease is masked. */
const open = {
  headLease: HeadLeaseBrief,
  flat: FlatBrief,
  roomId: nullable(Id),
  roomName: nullable(line(60)),
  place: nullable(Place),
  landlord: LandlordBrief,
  household: HouseholdBrief,
  tenants: Type.Array(Tenant, { maxItems: 30 }),
  householdSize,
  ...leaseContactFields,
}
const shown = { ...leaseFields, scope, homeInsuranceShownOn, disclosures }

/** The city lets a flat or a part of it to a household; as the city sees it, and clients. */
export const Sublease = closed('Sublease', { ...shown, masked: Type.Literal(false), ...open })
export type Sublease = Static<typeof Sublease>

/** The lease of a protected household for whoever lacks the right: its terms, neither the home nor the people. */
export const MaskedSublease = closed('MaskedSublease', {
  ...shown,
  masked: Type.Literal(true),
  headLease: Null,
  flat: Null,
  roomId: Null,
  roomName: Null,
  place: Null,
  landlord: Null,
  household: Null,
  tenants: Null,
  householdSize: Null,
  cityContact: Null,
  note: Null,
  paperLocation: Null,
})
export type MaskedSublease = Static<typeof MaskedSublease>

/** All that the flat's landlord sees of a sublease. The tenant comes once the landlord was told (73 §), never when protected. */
export const LandlordSublease = closed('LandlordSublease', {
  id: Id,
  etag: Etag,
  reference: Reference,
  status: leaseStatus,
  scope,
  flat: FlatBrief,
  headLease: HeadLeaseBrief,
  startsOn: Day,
  endsOn: leaseEndsOn,
  term: leaseTerm,
  householdSize,
  tenant: nullable(closed('LandlordTenant', { name: Type.String({ minLength: 1, maxLength: 2000 }), phone: nullable(Phone) })),
  tenantDisclosure: Type.Enum(tenantDisclosures),
  cityContact: nullable(CityContact),
})
export type LandlordSublease = Static<typeof LandlordSublease>

export const SubleaseView = Type.Union([Sublease, MaskedSublease, LandlordSublease])
export type SubleaseView = Static<typeof SubleaseView>

export const CreateSublease = closed('CreateSublease', {
  headLeaseId: Id,
  scope,
  roomId: Type.Optional(nullable(Type.String({ format: 'uuid', maxLength: 36, description: 'Of a part of the flat.' }))),
  place: Type.Optional(nullable(Place)),
  householdId: Id,
  tenantIds: Type.Optional(
    Type.Array(Id, { maxItems: 30, uniqueItems: true, description: 'Persons of the household who are named as tenants.' }),
  ),
  ...newLeaseTerms,
  homeInsuranceShownOn: Type.Optional(homeInsuranceShownOn),
})
export type CreateSublease = Static<typeof CreateSublease>
/** Everything while it is a draft; later `cityContact`, `note`, `paperLocation`, `securityLodgedOn` and `homeInsuranceShownOn`. */
export const UpdateSublease = patchOf('UpdateSublease', CreateSublease)
export type UpdateSublease = Static<typeof UpdateSublease>

export const SubleaseQuery = listQuery('SubleaseQuery', { ...leaseFilters, headLeaseId: Type.Optional(Id) })
export type SubleaseQuery = Static<typeof SubleaseQuery>
export const SubleasePage = pageOf('SubleasePage', SubleaseView)

// Endpoints --------------------------------------------------------------------------------------------------

const readers = { roles: ['coordinator', 'finance', 'landlord'], scope: 'subleases:read' } as const
const auditors = { roles: ['coordinator'], scope: 'subleases:read' } as const
const writers = { roles: ['coordinator'], scope: 'subleases:write' } as const
const tags = ['subleases'] as const

export const listSubleases = endpoint({
  method: 'GET',
  url: '/v1/subleases',
  config: { access: readers, list: true },
  schema: {
    operationId: 'listSubleases',
    tags,
    summary: 'Subleases, page by page',
    querystring: SubleaseQuery,
    response: { 200: SubleasePage },
  },
})
export const getSublease = endpoint({
  method: 'GET',
  url: '/v1/subleases/:id',
  config: { access: readers },
  schema: { operationId: 'getSublease', tags, summary: 'One sublease', params: ById, response: { 200: SubleaseView } },
})
export const createSublease = endpoint({
  method: 'POST',
  url: '/v1/subleases',
  config: { access: writers, effect: 'create' },
  schema: {
    operationId: 'createSublease',
    tags,
    summary: 'Draft a sublease',
    description: 'A home, room or place that is let on one of its days, by a draft too: 409 `lease.overlap`, which names the other.',
    body: CreateSublease,
    response: { 201: Sublease },
  },
})
export const updateSublease = endpoint({
  method: 'PATCH',
  url: '/v1/subleases/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updateSublease',
    tags,
    summary: 'Change a draft (merge patch)',
    description:
      'From signed on only `cityContact`, `note`, `paperLocation`, `securityLodgedOn` and `homeInsuranceShownOn`: 409 `lease.notDraft` for the rest.',
    params: ById,
    body: UpdateSublease,
    response: { 200: Sublease },
  },
})
export const deleteSublease = endpoint({
  method: 'DELETE',
  url: '/v1/subleases/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deleteSublease',
    tags,
    summary: 'Withdraw a draft and free its days',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getSubleaseHistory = endpoint({
  method: 'GET',
  url: '/v1/subleases/:id/history',
  config: { access: auditors },
  schema: { operationId: 'getSubleaseHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
export const signSublease = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/sign',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'signSublease',
    tags,
    summary: 'Record that both have signed',
    description:
      'Needs a named tenant, rent, a signed head lease and the landlord’s permission to sublet (72 §); 409 with everything that is missing.',
    params: ById,
    body: SignLease,
    response: { 200: Sublease },
  },
})
export const activateSublease = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/activate',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'activateSublease',
    tags,
    summary: 'Record that the keys were handed over',
    params: ById,
    body: ActivateLease,
    response: { 200: Sublease },
  },
})
export const endSublease = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/end',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'endSublease',
    tags,
    summary: 'Set the last day, as agreed or corrected',
    params: ById,
    body: EndLease,
    response: { 200: Sublease },
  },
})
export const extendSublease = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/extend',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'extendSublease',
    tags,
    summary: 'Agree on a later last day, or on none',
    params: ById,
    body: ExtendLease,
    response: { 200: Sublease },
  },
})
export const revertSublease = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/revert',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'revertSublease',
    tags,
    summary: 'Take back the last step, on the day it was taken',
    params: ById,
    body: RevertLease,
    response: { 200: Sublease },
  },
})
export const addSubleaseRentPart = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/rent-parts',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'addSubleaseRentPart',
    tags,
    summary: 'Agree on a part of the rent from a day on',
    params: ById,
    body: AddRentPart,
    response: { 200: Sublease },
  },
})
export const recordSubleaseDisclosure = endpoint({
  method: 'POST',
  url: '/v1/subleases/:id/disclosures',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'recordSubleaseDisclosure',
    tags,
    summary: 'Record what was told under 73 §',
    params: ById,
    body: RecordDisclosure,
    response: { 200: Sublease },
  },
})
