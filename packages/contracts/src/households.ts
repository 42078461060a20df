import { accessibilityFeatures, personLanguages } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Day, Etag, Id, Note, Phone, Reference, closed, line, nullable, recordFields } from './fields.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const Null = Type.Null()
const days = { joinedOn: Day, leftOn: nullable(Day) }
const who = { id: Id, reference: Reference, masked: Type.Literal(false), name: line(250), phone: nullable(Phone) }

/** A member as coordinators see it, and clients. */
export const HouseholdMember = closed('HouseholdMember', {
  person: closed('MemberPerson', {
    ...who,
    birthDate: Day,
    languages: Type.Array(Type.Enum(personLanguages), { maxItems: 6 }),
    interpreterNeeded: Type.Boolean(),
  }),
  ...days,
})
export type HouseholdMember = Static<typeof HouseholdMember>

/** A member as finance sees it. */
export const FinanceMember = closed('FinanceMember', { person: closed('FinanceMemberPerson', who), ...days })
export type FinanceMember = Static<typeof FinanceMember>

/** A member who is masked although this household is not: one who belongs to a protected household too. */
export const MaskedMember = closed('MaskedMember', {
  person: closed('MaskedMemberPerson', {
    id: Id,
    etag: Etag,
    reference: Reference,
    masked: Type.Literal(true),
    name: Null,
    phone: Null,
    birthDate: Null,
    languages: Null,
    interpreterNeeded: Null,
  }),
  joinedOn: Null,
  leftOn: Null,
})
export type MaskedMember = Static<typeof MaskedMember>

const open = {
  ...recordFields,
  reference: Reference,
  masked: Type.Literal(false),
  name: line(120, 'What people call the household, e.g. its last name.'),
  size: Type.Integer({ minimum: 0, maximum: 100, description: 'Members today.' }),
  waitingSince: nullable(Day),
}

/** As coordinators see a household, and clients. */
export const Household = closed('Household', {
  ...open,
  protected: Type.Boolean({ description: 'A member is under a non-disclosure order.' }),
  members: Type.Array(Type.Union([HouseholdMember, MaskedMember]), { maxItems: 100 }),
  accessibilityNeeds: Type.Array(Type.Enum(accessibilityFeatures), { maxItems: accessibilityFeatures.length, uniqueItems: true }),
  note: nullable(Note),
})
export type Household = Static<typeof Household>

/** As finance sees a household. */
export const FinanceHousehold = closed('FinanceHousehold', {
  ...open,
  members: Type.Array(Type.Union([FinanceMember, MaskedMember]), { maxItems: 100 }),
})
export type FinanceHousehold = Static<typeof FinanceHousehold>

/** A household with a member under a non-disclosure order, for whoever lacks the right. */
export const MaskedHousehold = closed('MaskedHousehold', {
  id: Id,
  etag: Etag,
  reference: Reference,
  masked: Type.Literal(true),
  createdAt: Null,
  updatedAt: Null,
  name: Null,
  size: Null,
  waitingSince: Null,
  protected: Null,
  members: Null,
  accessibilityNeeds: Null,
  note: Null,
})
export type MaskedHousehold = Static<typeof MaskedHousehold>

export const HouseholdView = Type.Union([Household, FinanceHousehold, MaskedHousehold])
export type HouseholdView = Static<typeof HouseholdView>

/** What another record tells of a household. */
export const HouseholdBrief = closed('HouseholdBrief', { id: Id, reference: Reference, name: line(120) })
export type HouseholdBrief = Static<typeof HouseholdBrief>

export const NewMember = closed('NewMember', { personId: Id, joinedOn: Day, leftOn: Type.Optional(nullable(Day)) })
export type NewMember = Static<typeof NewMember>

export const CreateHousehold = closed('CreateHousehold', {
  name: open.name,
  members: Type.Array(NewMember, {
    minItems: 1,
    maxItems: 100,
    description: 'All of them: a list that is sent takes the place of the one before.',
  }),
  waitingSince: Type.Optional(nullable(Day)),
  accessibilityNeeds: Type.Optional(Household.properties.accessibilityNeeds),
  note: Type.Optional(nullable(Note)),
})
export type CreateHousehold = Static<typeof CreateHousehold>
export const UpdateHousehold = patchOf('UpdateHousehold', CreateHousehold)
export type UpdateHousehold = Static<typeof UpdateHousehold>

export const HouseholdQuery = listQuery('HouseholdQuery', {
  waiting: Type.Optional(Type.Boolean({ description: 'Waits for a home.' })),
  personId: Type.Optional(Id),
})
export type HouseholdQuery = Static<typeof HouseholdQuery>
export const HouseholdPage = pageOf('HouseholdPage', HouseholdView)

// Endpoints --------------------------------------------------------------------------------------------------

const readers = { roles: ['coordinator', 'finance'], scope: 'households:read' } as const
const keepers = { roles: ['coordinator'], scope: 'households:read' } as const
const writers = { roles: ['coordinator'], scope: 'households:write' } as const
const tags = ['households'] as const

export const listHouseholds = endpoint({
  method: 'GET',
  url: '/v1/households',
  config: { access: readers, list: true },
  schema: {
    operationId: 'listHouseholds',
    tags,
    summary: 'Households, page by page',
    querystring: HouseholdQuery,
    response: { 200: HouseholdPage },
  },
})
export const getHousehold = endpoint({
  method: 'GET',
  url: '/v1/households/:id',
  config: { access: readers },
  schema: { operationId: 'getHousehold', tags, summary: 'One household', params: ById, response: { 200: HouseholdView } },
})
export const createHousehold = endpoint({
  method: 'POST',
  url: '/v1/households',
  config: { access: writers, effect: 'create' },
  schema: {
    operationId: 'createHousehold',
    tags,
    summary: 'Add a household',
    description: 'A person is a member of one household at a time: 409 `household.memberOverlap`.',
    body: CreateHousehold,
    response: { 201: HouseholdView },
  },
})
export const updateHousehold = endpoint({
  method: 'PATCH',
  url: '/v1/households/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updateHousehold',
    tags,
    summary: 'Change a household (merge patch)',
    params: ById,
    body: UpdateHousehold,
    response: { 200: HouseholdView },
  },
})
export const deleteHousehold = endpoint({
  method: 'DELETE',
  url: '/v1/households/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deleteHousehold',
    tags,
    summary: 'Remove a household that nothing refers to',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getHouseholdHistory = endpoint({
  method: 'GET',
  url: '/v1/households/:id/history',
  config: { access: keepers },
  schema: { operationId: 'getHouseholdHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
