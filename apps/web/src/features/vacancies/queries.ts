import { getEmptyTimes } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

export const vacancyKeys = { one: (id: string) => ['vacancies', 'one', id] as const }

/** When a flat was empty and why, and when nobody has said why. */
export const emptyTimesQuery = defineQueryOptions((flatId: string) => ({
  key: ['vacancies', 'of-flat', flatId],
  query: ({ signal }: { readonly signal: AbortSignal }) => call(getEmptyTimes, { params: { id: flatId }, signal }),
}))
