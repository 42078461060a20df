import { getLandlord, getLandlordHistory, listLandlords } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'
import type { RecordOption } from '../../ui/form/record-option.ts'

export const landlordKeys = {
  list: (query: object) => ['landlords', 'list', query] as const,
  one: (id: string) => ['landlords', 'one', id] as const,
  history: (id: string) => ['landlords', 'history', id] as const,
  options: () => ['landlords', 'options'] as const,
}

export const landlordQuery = defineQueryOptions((id: string) => ({
  key: [...landlordKeys.one(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getLandlord, { params: { id }, signal }),
}))

export const landlordHistoryQuery = defineQueryOptions((id: string) => ({
  key: [...landlordKeys.history(id)],
  query: ({ signal }: { signal: AbortSignal }) => call(getLandlordHistory, { params: { id }, signal }),
}))

/** Nonprofit landlords of whom the city rents a home today. */
export const participantsQuery = defineQueryOptions({
  key: ['landlords', 'participating'],
  query: ({ signal }: { signal: AbortSignal }) =>
    call(listLandlords, { query: { participating: true, count: true, sort: 'name', limit: 20 }, signal }),
})

/** Landlords to filter by: a municipality has few. */
export const landlordOptionsQuery = defineQueryOptions({
  key: [...landlordKeys.options()],
  query: async ({ signal }: { signal: AbortSignal }) => {
    const { items } = await call(listLandlords, { query: { sort: 'name', limit: 200 }, signal })
    return items.map(({ id, name }) => ({ value: id, label: name }))
  },
})

export async function searchLandlords(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const { items } = await call(listLandlords, { query: { sort: 'name', limit: 20, ...(text === '' ? {} : { q: text }) }, signal })
  return items.map(({ id, name, businessId }) => ({ id, label: name, detail: businessId }))
}
