import { getSettings, getSettingsHistory } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

export const settingsKey = ['settings'] as const

export const settingsQuery = defineQueryOptions({
  key: [...settingsKey],
  query: ({ signal }: { signal: AbortSignal }) => call(getSettings, { signal }),
})

export const settingsHistoryQuery = defineQueryOptions({
  key: [...settingsKey, 'history'],
  query: ({ signal }: { signal: AbortSignal }) => call(getSettingsHistory, { signal }),
})
