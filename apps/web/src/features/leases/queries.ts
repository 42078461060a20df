import {
  getFlatTimeline,
  getHeadLease,
  getHeadLeaseHistory,
  getSublease,
  getSubleaseHistory,
  listHeadLeases,
  listSubleases,
  type HeadLeaseView,
} from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'
import { formatRange } from '../../lib/format.ts'
import type { RecordOption } from '../../ui/form/record-option.ts'

interface Asking {
  readonly signal: AbortSignal
}

export const leaseKeys = {
  headLeases: (query: object) => ['head-leases', 'list', query] as const,
  headLease: (id: string) => ['head-leases', 'one', id] as const,
  subleases: (query: object) => ['subleases', 'list', query] as const,
  sublease: (id: string) => ['subleases', 'one', id] as const,
}

export const headLeaseQuery = defineQueryOptions((id: string) => ({
  key: [...leaseKeys.headLease(id)],
  query: ({ signal }: Asking) => call(getHeadLease, { params: { id }, signal }),
}))

export const headLeaseHistoryQuery = defineQueryOptions((id: string) => ({
  key: ['head-leases', 'history', id],
  query: ({ signal }: Asking) => call(getHeadLeaseHistory, { params: { id }, signal }),
}))

export const subleaseQuery = defineQueryOptions((id: string) => ({
  key: [...leaseKeys.sublease(id)],
  query: ({ signal }: Asking) => call(getSublease, { params: { id }, signal }),
}))

export const subleaseHistoryQuery = defineQueryOptions((id: string) => ({
  key: ['subleases', 'history', id],
  query: ({ signal }: Asking) => call(getSubleaseHistory, { params: { id }, signal }),
}))

/** Both leases of a flat and its empty times, in one answer. */
export const flatTimelineQuery = defineQueryOptions((flatId: string) => ({
  key: ['flats', 'timeline', flatId],
  query: ({ signal }: Asking) => call(getFlatTimeline, { params: { id: flatId }, signal }),
}))

interface Of {
  readonly flatId?: string
  readonly landlordId?: string
  readonly householdId?: string
}

/** All subleases of a flat, landlord or household, the earliest first: more than 200 nobody has. */
export const subleasesOfQuery = defineQueryOptions((of: Of) => ({
  key: ['subleases', 'of', { ...of }],
  query: ({ signal }: Asking) => call(listSubleases, { query: { ...of, sort: 'startsOn', limit: 200 }, signal }),
}))

export const headLeaseOption = ({ id, flat, landlord, startsOn, effectiveEndsOn }: HeadLeaseView): RecordOption => ({
  id,
  label: flat.address,
  detail: `${landlord.name}, ${formatRange(startsOn, effectiveEndsOn)}`,
})

/** Head leases that a sublease may stand under. */
export async function searchHeadLeases(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const query = { status: 'draft,signed,active', sort: '-startsOn', limit: 20, ...(text === '' ? {} : { q: text }) }
  return (await call(listHeadLeases, { query, signal })).items.map(headLeaseOption)
}
