import { getOccupancy, type Occupancy } from '@kotoisa/contracts'
import { addDays, earlierOf, endOfMonth, type Day } from '@kotoisa/domain'
import { defineQueryOptions } from '@pinia/colada'
import { language } from '../../i18n/index.ts'
import { call } from '../../lib/api.ts'

export const occupancyQuery = defineQueryOptions({
  key: ['occupancy'],
  query: ({ signal }: { readonly signal: AbortSignal }) => call(getOccupancy, { signal }),
})

const firstOf = (month: string): Day => `${month}-01`

/** `joulu`, as it stands under a bar. */
export const shortMonth = (month: string): string =>
  new Intl.DateTimeFormat(language.value, { month: 'short', timeZone: 'UTC' }).format(Date.parse(firstOf(month))).replace(/\.$/, '')

/** `joulukuu 2026`, as it stands in the table. */
export const longMonth = (month: string): string =>
  new Intl.DateTimeFormat(language.value, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(firstOf(month)))

/** `12/25`. */
export const monthOfYear = (month: string): string => `${Number(month.slice(5))}/${month.slice(2, 4)}`

/** The list of leases whose end falls into the month, drafts left aside as in the numbers. */
export const endingLeases = (list: '/leases' | '/leases/head', month: string): string =>
  `${list}?status=signed,active,ended&endsAfter=${addDays(firstOf(month), -1)}&endsBefore=${addDays(endOfMonth(firstOf(month)), 1)}`

/** Homes that were empty on the month's last day, of this month today. */
export const emptyHomes = (month: string, asOf: Day): string => `/homes?emptyOn=${earlierOf(endOfMonth(firstOf(month)), asOf)}`

export const emptyFor = (reason: Occupancy['empty'][number]['reason'], asOf: Day): string =>
  `/homes?emptyOn=${asOf}&emptyReason=${reason ?? 'unrecorded'}`

/** Of the days held, those lived in, in hundredths; null while the city held nothing. */
export const shareOf = ({ heldDays, letDays }: Occupancy['occupancy'][number]): number | null =>
  heldDays === 0 ? null : Math.round((letDays / heldDays) * 100)
