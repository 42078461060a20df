import {
  leaseStatuses,
  missingCodes,
  taskDueSources,
  taskKinds,
  taskReasons,
  taskSignals,
  taskSubjects,
  vacancyReasons,
} from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Citation, Day, Id, Reference, closed, nullable } from './fields.ts'
import { FlatBrief } from './flats.ts'
import { HouseholdBrief } from './households.ts'
import { LandlordBrief } from './landlords.ts'

const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 })

/** What a task is about; who and where is null where it is masked, or where there is none. */
export const TodaySubject = closed('TodaySubject', {
  resource: Type.Enum(taskSubjects),
  id: Id,
  reference: Reference,
  status: nullable(Type.Enum(leaseStatuses)),
  masked: Type.Boolean({ description: 'A household under a non-disclosure order: neither the home nor the people are told.' }),
  household: nullable(HouseholdBrief),
  householdSize: nullable(Type.Integer({ minimum: 0, maximum: 100 })),
  flat: nullable(FlatBrief),
  landlord: nullable(LandlordBrief),
  emptyFrom: nullable(Type.String({ format: 'civil-day', maxLength: 10, description: 'Of a flat: first day without a household.' })),
  emptyBecause: nullable(Type.Enum(vacancyReasons)),
})
export type TodaySubject = Static<typeof TodaySubject>

/** One thing to do, with what put it where it stands. */
export const TodayTask = closed('TodayTask', {
  id: Type.String({ maxLength: 80, description: 'Kind and subject: the same from day to day while it is not done.' }),
  kind: Type.Enum(taskKinds),
  signal: Type.Enum(taskSignals),
  dueOn: nullable(Day),
  dueFrom: nullable(Type.Enum(taskDueSources, { description: 'Which day of the subject the due day is read off.' })),
  lacks: Type.Array(Type.Enum(missingCodes), { maxItems: missingCodes.length, description: 'The one that the task is about first.' }),
  citation: nullable(Citation),
  points: Type.Integer({ minimum: 0, maximum: 1000, description: 'The sum of the parts; the most stands first.' }),
  parts: Type.Array(
    closed('TodayPart', {
      code: Type.Enum(taskReasons),
      points: Type.Integer({ minimum: 0, maximum: 1000 }),
      days: nullable(Type.Integer({ minimum: 0, maximum: 200_000, description: 'Late, or to go.' })),
    }),
    { maxItems: 20, description: 'Why it stands where it stands.' },
  ),
  subject: TodaySubject,
})
export type TodayTask = Static<typeof TodayTask>

export const TodayQuery = closed('TodayQuery', {
  kind: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: `^(${taskKinds.join('|')})(,(${taskKinds.join('|')}))*$`,
      description: `One or more of ${taskKinds.join(', ')}; a comma between.`,
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
})
export type TodayQuery = Static<typeof TodayQuery>

export const Today = closed('Today', {
  asOf: Day,
  items: Type.Array(TodayTask, { maxItems: 200, description: 'The first of all that the filter holds, in the order of the list.' }),
  total: Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'All that the filter holds.' }),
  signals: closed('TodaySignals', { late: Count, today: Count, thisWeek: Count, coming: Count }),
  kinds: Type.Array(closed('TodayKind', { kind: Type.Enum(taskKinds), count: Count }), {
    maxItems: taskKinds.length,
    description: 'All tasks by kind, whatever the filter; kinds without a task are left out.',
  }),
})
export type Today = Static<typeof Today>

export const getToday = endpoint({
  method: 'GET',
  url: '/v1/today',
  config: { access: { roles: ['coordinator'], scope: 'subleases:read' } },
  schema: {
    operationId: 'getToday',
    tags: ['today'],
    summary: 'What needs doing today, in order',
    description:
      'Read off leases and homes as they stand. What is about head leases needs the right to read these too (`head-leases:read`), what is about empty homes `vacancies:read` and `protected:read`; it is left out else.',
    querystring: TodayQuery,
    response: { 200: Today },
  },
})
