import { vacancyBearers } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Id, closed, nullable } from './fields.ts'
import { FlatBrief } from './flats.ts'
import { LandlordBrief } from './landlords.ts'
import {
  ActivateLease,
  AddRentPart,
  EndLease,
  ExtendLease,
  RevertLease,
  SignLease,
  SubletPermission,
  leaseContactFields,
  leaseFields,
  leaseFilters,
  newLeaseTerms,
} from './leases.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const headLeaseTerms = {
  subletPermission: nullable(SubletPermission),
  vacancyBornBy: nullable(Type.Enum(vacancyBearers, { description: 'Who bears an empty month.' })),
}
const own = { ...leaseFields, flat: FlatBrief, landlord: LandlordBrief, ...headLeaseTerms, cityContact: leaseContactFields.cityContact }

/** The city rents a flat from its landlord; as the city sees it. */
export const HeadLease = closed('HeadLease', { ...own, note: leaseContactFields.note, paperLocation: leaseContactFields.paperLocation })
export type HeadLease = Static<typeof HeadLease>

/** As its landlord sees it: everything but the city's note and papers. */
export const OwnHeadLease = closed('OwnHeadLease', own)
export type OwnHeadLease = Static<typeof OwnHeadLease>

export const HeadLeaseView = Type.Union([HeadLease, OwnHeadLease])
export type HeadLeaseView = Static<typeof HeadLeaseView>

/** What another record tells of a head lease. */
export const HeadLeaseBrief = closed('HeadLeaseBrief', { id: Id, reference: leaseFields.reference })
export type HeadLeaseBrief = Static<typeof HeadLeaseBrief>

export const CreateHeadLease = closed('CreateHeadLease', {
  flatId: Id,
  ...newLeaseTerms,
  subletPermission: Type.Optional(headLeaseTerms.subletPermission),
  vacancyBornBy: Type.Optional(headLeaseTerms.vacancyBornBy),
})
export type CreateHeadLease = Static<typeof CreateHeadLease>
/** Everything while it is a draft; later `cityContact`, `note`, `paperLocation`, `securityLodgedOn`, and `subletPermission` where none was recorded. */
export const UpdateHeadLease = patchOf('UpdateHeadLease', CreateHeadLease)
export type UpdateHeadLease = Static<typeof UpdateHeadLease>

export const HeadLeaseQuery = listQuery('HeadLeaseQuery', leaseFilters)
export type HeadLeaseQuery = Static<typeof HeadLeaseQuery>
export const HeadLeasePage = pageOf('HeadLeasePage', HeadLeaseView)

// Endpoints --------------------------------------------------------------------------------------------------

const readers = { roles: ['coordinator', 'finance', 'landlord'], scope: 'head-leases:read' } as const
const auditors = { roles: ['coordinator'], scope: 'head-leases:read' } as const
const writers = { roles: ['coordinator'], scope: 'head-leases:write' } as const
const tags = ['head-leases'] as const

export const listHeadLeases = endpoint({
  method: 'GET',
  url: '/v1/head-leases',
  config: { access: readers, list: true },
  schema: {
    operationId: 'listHeadLeases',
    tags,
    summary: 'Head leases, page by page',
    querystring: HeadLeaseQuery,
    response: { 200: HeadLeasePage },
  },
})
export const getHeadLease = endpoint({
  method: 'GET',
  url: '/v1/head-leases/:id',
  config: { access: readers },
  schema: { operationId: 'getHeadLease', tags, summary: 'One head lease', params: ById, response: { 200: HeadLeaseView } },
})
export const createHeadLease = endpoint({
  method: 'POST',
  url: '/v1/head-leases',
  config: { access: writers, effect: 'create' },
  schema: {
    operationId: 'createHeadLease',
    tags,
    summary: 'Draft a head lease',
    description: 'A second one over the same flat on any of its days: 409 `lease.overlap`, which names the other.',
    body: CreateHeadLease,
    response: { 201: HeadLease },
  },
})
export const updateHeadLease = endpoint({
  method: 'PATCH',
  url: '/v1/head-leases/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updateHeadLease',
    tags,
    summary: 'Change a draft (merge patch)',
    description:
      'From signed on only `cityContact`, `note`, `paperLocation`, `securityLodgedOn` and a sublet permission that was not there: 409 `lease.notDraft` for the rest.',
    params: ById,
    body: UpdateHeadLease,
    response: { 200: HeadLease },
  },
})
export const deleteHeadLease = endpoint({
  method: 'DELETE',
  url: '/v1/head-leases/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deleteHeadLease',
    tags,
    summary: 'Withdraw a draft and free its days',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getHeadLeaseHistory = endpoint({
  method: 'GET',
  url: '/v1/head-leases/:id/history',
  config: { access: auditors },
  schema: { operationId: 'getHeadLeaseHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
export const signHeadLease = endpoint({
  method: 'POST',
  url: '/v1/head-leases/:id/sign',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'signHeadLease',
    tags,
    summary: 'Record that both have signed',
    params: ById,
    body: SignLease,
    response: { 200: HeadLease },
  },
})
export const activateHeadLease = endpoint({
  method: 'POST',
  url: '/v1/head-leases/:id/activate',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'activateHeadLease',
    tags,
    summary: 'Record that the city got the keys',
    params: ById,
    body: ActivateLease,
    response: { 200: HeadLease },
  },
})
export const endHeadLease = endpoint({
  method: 'POST',
  url: '/v1/head-leases/:id/end',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'endHeadLease',
    tags,
    summary: 'Set the last day, as agreed or corrected',
    description: 'Under a sublease that lasts longer: 409 `headLease.subleaseLivesOn`.',
    params: ById,
    body: EndLease,
    response: { 200: HeadLease },
  },
})
export const extendHeadLease = endpoint({
  method: 'POST',
  url: '/v1/head-leases/:id/extend',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'extendHeadLease',
    tags,
    summary: 'Agree on a later last day, or on none',
    params: ById,
    body: ExtendLease,
    response: { 200: HeadLease },
  },
})
export const revertHeadLease = endpoint({
  method: 'POST',
  url: '/v1/head-leases/:id/revert',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'revertHeadLease',
    tags,
    summary: 'Take back the last step, on the day it was taken',
    params: ById,
    body: RevertLease,
    response: { 200: HeadLease },
  },
})
export const addHeadLeaseRentPart = endpoint({
  method: 'POST',
  url: '/v1/head-leases/:id/rent-parts',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'addHeadLeaseRentPart',
    tags,
    summary: 'Agree on a part of the rent from a day on',
    params: ById,
    body: AddRentPart,
    response: { 200: HeadLease },
  },
})
