import { getToday, type Today } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

/** `kinds` as they stand in the address: a comma between; undefined: all. */
export const todayQuery = defineQueryOptions((kinds: string | undefined) => ({
  key: ['today', kinds ?? ''],
  query: ({ signal }: { readonly signal: AbortSignal }) => call(getToday, { query: kinds === undefined ? {} : { kind: kinds }, signal }),
  // A filter that changes leaves the rows standing until the others are there.
  placeholderData: (previous: Today | undefined) => previous,
}))
