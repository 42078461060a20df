import { getFlatTimeline } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

/** Both leases of one home and its empty times over the years. */
export const homeTimelineQuery = defineQueryOptions((id: string) => ({
  key: ['portal', 'timeline', id],
  query: ({ signal }: { readonly signal: AbortSignal }) => call(getFlatTimeline, { params: { id }, signal }),
}))
