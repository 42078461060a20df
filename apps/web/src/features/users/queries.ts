import { getSessionsOfUser, getUser, getUserHistory } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

export const userKeys = {
  list: (query: object) => ['users', 'list', query] as const,
  one: (id: string) => ['users', 'one', id] as const,
  sessions: (id: string) => ['users', 'sessions', id] as const,
  history: (id: string) => ['users', 'history', id] as const,
}

export const userQuery = defineQueryOptions((id: string) => ({
  key: [...userKeys.one(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getUser, { params: { id }, signal }),
}))

export const userSessionsQuery = defineQueryOptions((id: string) => ({
  key: [...userKeys.sessions(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getSessionsOfUser, { params: { id }, signal }),
}))

export const userHistoryQuery = defineQueryOptions((id: string) => ({
  key: [...userKeys.history(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getUserHistory, { params: { id }, signal }),
}))
