import { personLanguages, personLikenesses, residenceGrounds, revealableFields } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Day, Email, Etag, Id, Phone, PostalCode, Reference, closed, line, nullable, recordFields } from './fields.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const Null = Type.Null()

/** A non-disclosure order (661/2009 36 §). Past its end it masks on until somebody ends it. */
export const AddressProtection = closed('AddressProtection', { grantedOn: Day, endsOn: nullable(Day) })
export type AddressProtection = Static<typeof AddressProtection>

export const ContactAddress = closed('ContactAddress', {
  streetAddress: line(160),
  postalCode: nullable(PostalCode),
  postOffice: nullable(line(80)),
})
export type ContactAddress = Static<typeof ContactAddress>

/** The household a person lives in today. */
export const CurrentHousehold = closed('CurrentHousehold', { id: Id, reference: Reference })
export type CurrentHousehold = Static<typeof CurrentHousehold>

const names = { firstNames: line(120), lastName: line(120) }
const contact = { phone: nullable(Phone), email: nullable(Email), contactAddress: nullable(ContactAddress) }
const MaskedCode = Type.String({ maxLength: 32 })
const facts = {
  birthDate: Day,
  languages: Type.Array(Type.Enum(personLanguages), {
    maxItems: 6,
    uniqueItems: true,
    description: 'The one to be spoken to in comes first.',
  }),
  interpreterNeeded: Type.Boolean(),
  residenceGround: nullable(Type.Enum(residenceGrounds)),
}
const open = {
  ...recordFields,
  reference: Reference,
  masked: Type.Literal(false),
  ...names,
  ...contact,
  household: nullable(CurrentHousehold),
}

/** As coordinators see a person, and clients. The codes are masked; whole they are only in a reveal. */
export const Person = closed('Person', {
  ...open,
  identityCode: nullable(Type.String({ maxLength: 32, description: 'Masked: 131052-****.' })),
  migriNumber: nullable(Type.String({ maxLength: 32, description: 'Migri customer number, masked but for its last digits.' })),
  ...facts,
  addressProtection: nullable(AddressProtection),
})
export type Person = Static<typeof Person>

/** As finance sees a person: who to write to about a rent, no codes, no background. */
export const FinancePerson = closed('FinancePerson', open)
export type FinancePerson = Static<typeof FinancePerson>

/** A person under a non-disclosure order, or of the household of one, for whoever lacks the right. */
export const MaskedPerson = closed('MaskedPerson', {
  id: Id,
  etag: Etag,
  reference: Reference,
  masked: Type.Literal(true),
  createdAt: Null,
  updatedAt: Null,
  firstNames: Null,
  lastName: Null,
  phone: Null,
  email: Null,
  contactAddress: Null,
  household: Null,
  identityCode: Null,
  migriNumber: Null,
  birthDate: Null,
  languages: Null,
  interpreterNeeded: Null,
  residenceGround: Null,
  addressProtection: Null,
})
export type MaskedPerson = Static<typeof MaskedPerson>

export const PersonView = Type.Union([Person, FinancePerson, MaskedPerson])
export type PersonView = Static<typeof PersonView>

const IdentityCode = Type.String({
  minLength: 11,
  maxLength: 20,
  description: 'Henkilötunnus (128/2010 2 §), its sign included: 131052-308T.',
})
const MigriNumber = Type.String({
  minLength: 4,
  maxLength: 20,
  pattern: '^[0-9A-Za-z-]+$',
  description: 'Migri customer number; with it the birth date is needed.',
})

export const CreatePerson = closed('CreatePerson', {
  ...names,
  identityCode: Type.Optional(nullable(IdentityCode)),
  migriNumber: Type.Optional(nullable(MigriNumber)),
  birthDate: Type.Optional(
    nullable(Type.String({ format: 'civil-day', maxLength: 10, description: 'Follows from the identity code where there is one.' })),
  ),
  languages: Type.Optional(facts.languages),
  interpreterNeeded: Type.Optional(facts.interpreterNeeded),
  residenceGround: Type.Optional(facts.residenceGround),
  phone: Type.Optional(contact.phone),
  email: Type.Optional(contact.email),
  contactAddress: Type.Optional(contact.contactAddress),
})
export type CreatePerson = Static<typeof CreatePerson>
export const UpdatePerson = patchOf('UpdatePerson', CreatePerson)
export type UpdatePerson = Static<typeof UpdatePerson>

export const PersonQuery = listQuery('PersonQuery', { householdId: Type.Optional(Id) })
export type PersonQuery = Static<typeof PersonQuery>
export const PersonPage = pageOf('PersonPage', PersonView)

export const LookUpPerson = closed('LookUpPerson', { identityCode: IdentityCode })
export type LookUpPerson = Static<typeof LookUpPerson>
export const PersonLookup = closed('PersonLookup', { items: Type.Array(Person, { maxItems: 1 }) })
export type PersonLookup = Static<typeof PersonLookup>

export const FindDuplicates = closed('FindDuplicates', {
  firstNames: line(120),
  lastName: line(120),
  birthDate: Type.Optional(nullable(Day)),
})
export type FindDuplicates = Static<typeof FindDuplicates>
export const PersonDuplicates = closed('PersonDuplicates', {
  items: Type.Array(closed('PersonDuplicate', { likeness: Type.Enum(personLikenesses), person: Person }), {
    maxItems: 10,
    description: 'The surest first.',
  }),
})
export type PersonDuplicates = Static<typeof PersonDuplicates>

export const RevealPerson = closed('RevealPerson', {
  fields: Type.Array(Type.Enum(revealableFields), { minItems: 1, maxItems: revealableFields.length, uniqueItems: true }),
  reason: line(500, 'Why; kept in the log.'),
})
export type RevealPerson = Static<typeof RevealPerson>
/** The fields asked for, whole; null where the person has none. */
export const Reveal = closed('Reveal', {
  identityCode: Type.Optional(nullable(MaskedCode)),
  migriNumber: Type.Optional(nullable(MaskedCode)),
})
export type Reveal = Static<typeof Reveal>

// Endpoints --------------------------------------------------------------------------------------------------

const readers = { roles: ['coordinator', 'finance'], scope: 'persons:read' } as const
const keepers = { roles: ['coordinator'], scope: 'persons:read' } as const
const writers = { roles: ['coordinator'], scope: 'persons:write' } as const
const tags = ['persons'] as const

export const listPersons = endpoint({
  method: 'GET',
  url: '/v1/persons',
  config: { access: readers, list: true },
  schema: { operationId: 'listPersons', tags, summary: 'Persons, page by page', querystring: PersonQuery, response: { 200: PersonPage } },
})
export const getPerson = endpoint({
  method: 'GET',
  url: '/v1/persons/:id',
  config: { access: readers },
  schema: { operationId: 'getPerson', tags, summary: 'One person', params: ById, response: { 200: PersonView } },
})
export const createPerson = endpoint({
  method: 'POST',
  url: '/v1/persons',
  config: { access: writers, effect: 'create' },
  schema: {
    operationId: 'createPerson',
    tags,
    summary: 'Add a person',
    description:
      'With an identity code, or with a Migri number and the birth date. A code that somebody has already: 409 `identifier.taken`, which does not say who.',
    body: CreatePerson,
    response: { 201: PersonView },
  },
})
export const updatePerson = endpoint({
  method: 'PATCH',
  url: '/v1/persons/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updatePerson',
    tags,
    summary: 'Change a person (merge patch)',
    params: ById,
    body: UpdatePerson,
    response: { 200: PersonView },
  },
})
export const deletePerson = endpoint({
  method: 'DELETE',
  url: '/v1/persons/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deletePerson',
    tags,
    summary: 'Remove a person that nothing refers to',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getPersonHistory = endpoint({
  method: 'GET',
  url: '/v1/persons/:id/history',
  config: { access: keepers },
  schema: { operationId: 'getPersonHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
export const lookUpPerson = endpoint({
  method: 'POST',
  url: '/v1/persons/lookups',
  config: { access: keepers },
  schema: {
    operationId: 'lookUpPerson',
    tags,
    summary: 'Who has this identity code',
    description: 'The one way to search by it: codes stand in no address. A person that the caller may not see is not found.',
    body: LookUpPerson,
    response: { 200: PersonLookup },
  },
})
export const findDuplicates = endpoint({
  method: 'POST',
  url: '/v1/persons/duplicates',
  config: { access: keepers },
  schema: {
    operationId: 'findDuplicates',
    tags,
    summary: 'Persons who may be the one that is about to be added',
    description: 'By name and birth date, other spellings too; by code ask a look-up. Who the caller may not see is not found.',
    body: FindDuplicates,
    response: { 200: PersonDuplicates },
  },
})
export const revealPerson = endpoint({
  method: 'POST',
  url: '/v1/persons/:id/reveals',
  config: { access: { roles: ['coordinator'] } },
  schema: {
    operationId: 'revealPerson',
    tags,
    summary: 'Show codes whole, for a reason that is kept',
    description: 'Ten a minute, then 429 `reveal.tooMany` with Retry-After.',
    params: ById,
    body: RevealPerson,
    response: { 200: Reveal },
  },
})
export const setAddressProtection = endpoint({
  method: 'POST',
  url: '/v1/persons/:id/address-protection',
  config: { access: writers, effect: 'command' },
  schema: {
    operationId: 'setAddressProtection',
    tags,
    summary: 'Record a non-disclosure order',
    description: 'Masks the person, the household and its leases at once; the versions of all of them change.',
    params: ById,
    body: AddressProtection,
    response: { 200: PersonView },
  },
})
