import { getApiClient, getApiClientHistory } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

export const clientKeys = {
  list: (query: object) => ['api-clients', 'list', query] as const,
  one: (id: string) => ['api-clients', 'one', id] as const,
  history: (id: string) => ['api-clients', 'history', id] as const,
}

export const clientQuery = defineQueryOptions((id: string) => ({
  key: [...clientKeys.one(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getApiClient, { params: { id }, signal }),
}))

export const clientHistoryQuery = defineQueryOptions((id: string) => ({
  key: [...clientKeys.history(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getApiClientHistory, { params: { id }, signal }),
}))
