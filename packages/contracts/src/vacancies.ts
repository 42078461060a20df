import { vacancyBearers, vacancyReasons } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Day, Id, Note, closed, line, nullable, recordFields } from './fields.ts'
import { FlatBrief } from './flats.ts'
import { AreaBrief } from './homes.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const terms = {
  startsOn: Day,
  endsOn: nullable(
    Type.String({ format: 'civil-day', maxLength: 10, description: 'Null: until the flat is let or the head lease ends. Inclusive.' }),
  ),
  reason: Type.Enum(vacancyReasons),
  bornBy: Type.Enum(vacancyBearers),
}

const ownVacancy = {
  ...recordFields,
  flat: FlatBrief,
  area: AreaBrief,
  ...terms,
  effectiveEndsOn: nullable(
    Type.String({
      format: 'civil-day',
      maxLength: 10,
      description:
        'The last empty day: cut where the flat is let; null while it is open. For whoever may not join protected persons and homes: by the leases that they see.',
    }),
  ),
}
const decision = nullable(line(80, 'Reference of the decision that directs people to the home (681/2023 64 §).'))

/** As the city sees it. */
export const Vacancy = closed('Vacancy', { ...ownVacancy, decision, note: nullable(Note) })
export type Vacancy = Static<typeof Vacancy>

/** As the flat's landlord sees it: without the city's note and decision. */
export const OwnVacancy = closed('OwnVacancy', ownVacancy)
export type OwnVacancy = Static<typeof OwnVacancy>
export const VacancyView = Type.Union([Vacancy, OwnVacancy])
export type VacancyView = Static<typeof VacancyView>

export const CreateVacancy = closed('CreateVacancy', {
  flatId: Id,
  startsOn: Day,
  endsOn: Type.Optional(terms.endsOn),
  reason: terms.reason,
  bornBy: terms.bornBy,
  decision: Type.Optional(decision),
  note: Type.Optional(nullable(Note)),
})
export type CreateVacancy = Static<typeof CreateVacancy>
/** A vacancy stays with its flat. */
export const UpdateVacancy = patchOf('UpdateVacancy', Type.Omit(CreateVacancy, ['flatId']))
export type UpdateVacancy = Static<typeof UpdateVacancy>

export const VacancyQuery = listQuery('VacancyQuery', {
  flatId: Type.Optional(Id),
  areaId: Type.Optional(Id),
  landlordId: Type.Optional(Id),
  reason: Type.Optional(Type.Enum(vacancyReasons)),
  bornBy: Type.Optional(Type.Enum(vacancyBearers)),
  on: Type.Optional(Type.String({ format: 'civil-day', maxLength: 10, description: 'Empty on this day.' })),
})
export type VacancyQuery = Static<typeof VacancyQuery>
export const VacancyPage = pageOf('VacancyPage', VacancyView)

/** Days on which the city holds a flat, nobody lives in it and no vacancy is recorded. */
export const EmptyTime = closed('EmptyTime', {
  startsOn: Day,
  endsOn: nullable(Type.String({ format: 'civil-day', maxLength: 10, description: 'Null: empty still.' })),
  bornBy: nullable(Type.Enum(vacancyBearers)),
})
export type EmptyTime = Static<typeof EmptyTime>
/** When a flat was empty: with a reason, and without one so far. */
export const EmptyTimes = closed('EmptyTimes', {
  recorded: Type.Array(VacancyView, { maxItems: 500, description: 'The latest first.' }),
  unrecorded: Type.Array(EmptyTime, { maxItems: 500, description: 'Up to today, the latest first; nobody has said why.' }),
  complete: Type.Boolean({
    description:
      'False for whoever may not join protected persons and homes: then `unrecorded` is empty, and days without a lease and without a vacancy may be either let or empty.',
  }),
})
export type EmptyTimes = Static<typeof EmptyTimes>

// Endpoints --------------------------------------------------------------------------------------------------

const readers = { roles: ['coordinator', 'finance', 'landlord'], scope: 'vacancies:read' } as const
const keepers = { roles: ['coordinator'], scope: 'vacancies:read' } as const
const writers = { roles: ['coordinator'], scope: 'vacancies:write' } as const
const tags = ['vacancies'] as const

export const listVacancies = endpoint({
  method: 'GET',
  url: '/v1/vacancies',
  config: { access: readers, list: true },
  schema: {
    operationId: 'listVacancies',
    tags,
    summary: 'Vacancies, page by page',
    querystring: VacancyQuery,
    response: { 200: VacancyPage },
  },
})
export const getVacancy = endpoint({
  method: 'GET',
  url: '/v1/vacancies/:id',
  config: { access: readers },
  schema: { operationId: 'getVacancy', tags, summary: 'One vacancy', params: ById, response: { 200: VacancyView } },
})
export const createVacancy = endpoint({
  method: 'POST',
  url: '/v1/vacancies',
  config: { access: writers, effect: 'create' },
  schema: {
    operationId: 'createVacancy',
    tags,
    summary: 'Record why a flat is empty and who pays',
    description:
      'Inside a head lease, beside no other vacancy (409 `vacancy.overlap`) and on no day on which the whole flat is let (409 `vacancy.flatLet`).',
    body: CreateVacancy,
    response: { 201: VacancyView },
  },
})
export const updateVacancy = endpoint({
  method: 'PATCH',
  url: '/v1/vacancies/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updateVacancy',
    tags,
    summary: 'Change a vacancy (merge patch)',
    params: ById,
    body: UpdateVacancy,
    response: { 200: VacancyView },
  },
})
export const deleteVacancy = endpoint({
  method: 'DELETE',
  url: '/v1/vacancies/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deleteVacancy',
    tags,
    summary: 'Remove a vacancy that was recorded by mistake',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getVacancyHistory = endpoint({
  method: 'GET',
  url: '/v1/vacancies/:id/history',
  config: { access: keepers },
  schema: { operationId: 'getVacancyHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
export const getEmptyTimes = endpoint({
  method: 'GET',
  url: '/v1/flats/:id/empty-times',
  config: { access: readers },
  schema: {
    operationId: 'getEmptyTimes',
    tags,
    summary: 'Empty times of a flat, those too that nobody has recorded yet',
    description:
      'What is not recorded comes with who pays by the terms of the head lease; it is told to whoever may know all leases, see `complete`.',
    params: ById,
    response: { 200: EmptyTimes },
  },
})
