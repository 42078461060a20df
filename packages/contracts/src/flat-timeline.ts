import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, closed } from './fields.ts'
import { HeadLeaseView } from './head-leases.ts'
import { SubleaseView } from './subleases.ts'
import { EmptyTimes } from './vacancies.ts'

/** Everything that happens to one flat over time, each part as its own list would tell it. */
export const FlatTimeline = closed('FlatTimeline', {
  headLeases: Type.Array(HeadLeaseView, { maxItems: 200, description: 'The earliest first.' }),
  subleases: Type.Array(SubleaseView, {
    maxItems: 200,
    description: 'The earliest first. Leases that are masked for the caller are not among them.',
  }),
  emptyTimes: EmptyTimes,
})
export type FlatTimeline = Static<typeof FlatTimeline>

export const getFlatTimeline = endpoint({
  method: 'GET',
  url: '/v1/flats/:id/timeline',
  config: { access: { roles: ['coordinator', 'finance', 'landlord'] } },
  schema: {
    operationId: 'getFlatTimeline',
    tags: ['flats'],
    summary: 'Both leases of a flat and its empty times over the years',
    description: 'For a page that draws them together. Programs read head leases, subleases and empty times by their own scopes.',
    params: ById,
    response: { 200: FlatTimeline },
  },
})
