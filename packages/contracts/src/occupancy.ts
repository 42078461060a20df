import { vacancyReasons } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Day, closed, nullable } from './fields.ts'

const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', maxLength: 7 })
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

/** The homes of the city in numbers: what ends, what is empty and why, how much is lived in. */
export const Occupancy = closed('Occupancy', {
  asOf: Day,
  ending: Type.Array(closed('EndingMonth', { month: Month, headLeases: Count, subleases: Count }), {
    maxItems: 12,
    description: 'Leases whose end falls into the month, this month and the five after it.',
  }),
  empty: Type.Array(closed('EmptyFlats', { reason: nullable(Type.Enum(vacancyReasons)), flats: Count }), {
    maxItems: 20,
    description: 'Flats that are empty today by recorded reason, null: none recorded; the most first.',
  }),
  occupancy: Type.Array(
    closed('OccupancyMonth', {
      month: Month,
      heldDays: Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Days on which the city held a flat.' }),
      letDays: Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Of these, days on which somebody lived there.' }),
    }),
    { maxItems: 12, description: 'The last twelve months; of this month the days up to today.' },
  ),
})
export type Occupancy = Static<typeof Occupancy>

export const getOccupancy = endpoint({
  method: 'GET',
  url: '/v1/occupancy',
  config: { access: { roles: ['coordinator', 'finance'], scope: 'vacancies:read' } },
  schema: {
    operationId: 'getOccupancy',
    tags: ['vacancies'],
    summary: 'Ends, empty homes and occupancy in numbers',
    description:
      'For whoever may not join protected persons and homes, empty are the flats with a recorded vacancy, and a masked lease is counted by the days that stand in it.',
    response: { 200: Occupancy },
  },
})
