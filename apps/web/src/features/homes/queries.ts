import {
  getBuilding,
  getBuildingHistory,
  getFlat,
  getFlatHistory,
  listAreas,
  listBuildings,
  listFlats,
  type FlatView,
} from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'
import type { RecordOption } from '../../ui/form/record-option.ts'

interface Asking {
  readonly signal: AbortSignal
}

export const homeKeys = {
  flats: (query: object) => ['flats', 'list', query] as const,
  flat: (id: string) => ['flats', 'one', id] as const,
  areas: (query: object) => ['areas', 'list', query] as const,
  buildings: (query: object) => ['buildings', 'list', query] as const,
  building: (id: string) => ['buildings', 'one', id] as const,
}

export const flatQuery = defineQueryOptions((id: string) => ({
  key: homeKeys.flat(id),
  query: ({ signal }: Asking) => call(getFlat, { params: { id }, signal }),
}))

export const flatHistoryQuery = defineQueryOptions((id: string) => ({
  key: ['flats', 'history', id],
  query: ({ signal }: Asking) => call(getFlatHistory, { params: { id }, signal }),
}))

/** The first homes of a building or landlord; the list page has the rest. */
export const flatsOfQuery = defineQueryOptions((of: { buildingId: string } | { landlordId: string }) => ({
  key: ['flats', 'of', of],
  query: ({ signal }: Asking) => call(listFlats, { query: { ...of, sort: 'address', limit: 200 }, signal }),
}))

export const buildingQuery = defineQueryOptions((id: string) => ({
  key: [...homeKeys.building(id)],
  query: ({ signal }: Asking) => call(getBuilding, { params: { id }, signal }),
}))

export const buildingHistoryQuery = defineQueryOptions((id: string) => ({
  key: ['buildings', 'history', id],
  query: ({ signal }: Asking) => call(getBuildingHistory, { params: { id }, signal }),
}))

/** Areas to choose or filter by: a municipality has tens. */
export const areaOptionsQuery = defineQueryOptions({
  key: ['areas', 'options'],
  query: async ({ signal }: Asking) => {
    const { items } = await call(listAreas, { query: { sort: 'name', limit: 200 }, signal })
    return items.map(({ id, name }) => ({ value: id, label: name }))
  },
})

const words = (text: string) => (text === '' ? {} : { q: text })

export const buildingName = ({ name, streetAddress }: { readonly name: string | null; readonly streetAddress: string }): string =>
  name === null ? streetAddress : `${name}, ${streetAddress}`

export async function searchBuildings(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const { items } = await call(listBuildings, { query: { sort: 'streetAddress', limit: 20, ...words(text) }, signal })
  return items.map((building) => ({ id: building.id, label: buildingName(building), detail: building.area.name }))
}

export const flatOption = ({ id, address, landlord }: Pick<FlatView, 'id' | 'address' | 'landlord'>): RecordOption => ({
  id,
  label: address,
  detail: landlord.name,
})

export async function searchFlats(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const { items } = await call(listFlats, { query: { sort: 'address', limit: 20, ...words(text) }, signal })
  return items.map(flatOption)
}
