import type { HeadLeaseView, MissingOnLease, Sublease, SubleaseView } from '@kotoisa/contracts'
import { daysBetween, type Day, type HeadLeaseEnd } from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'

/** Which of the audiences' forms a sublease came in. */
export const isOpen = (lease: SubleaseView): lease is Sublease => 'masked' in lease && !lease.masked

/** The terms that both leases have and that the city sees; a landlord's short form has none of them. */
export type LeaseTerms = HeadLeaseView | Exclude<SubleaseView, { readonly tenantDisclosure: unknown }>

export const hasTerms = (lease: SubleaseView): lease is Extract<SubleaseView, { readonly masked: boolean }> => 'masked' in lease

/** How a head lease ends, for what that does to its subleases. */
export const headLeaseEndOf = ({ effectiveTerm, effectiveEndsOn, endReason }: HeadLeaseView): HeadLeaseEnd => ({
  term: effectiveTerm,
  endsOn: effectiveEndsOn,
  endReason,
})

/** How people call a sublease: who lives where. */
export const subleaseName = (lease: SubleaseView): string =>
  isOpen(lease) ? `${lease.household.name}, ${lease.flat.address}` : t('leases.maskedName')

/** A lease that ends within these days is told with the signal for soon. */
const soonDays = 90

export const endsSoon = (endsOn: Day | null, today: Day): boolean => {
  if (endsOn === null) return false
  const days = daysBetween(today, endsOn)
  return days >= 0 && days <= soonDays
}

export const blockersOf = (missing: readonly MissingOnLease[], command: 'sign' | 'activate'): readonly MissingOnLease[] =>
  missing.filter(({ blocks }) => blocks === command)

/** What the ids that a lease's log may hold stand for, as far as its page knows them. */
export const namesOf = (lease: HeadLeaseView | Sublease): Readonly<Record<string, string>> => ({
  [lease.flat.id]: lease.flat.address,
  [lease.landlord.id]: lease.landlord.name,
  ...('household' in lease
    ? {
        [lease.household.id]: lease.household.name,
        [lease.headLease.id]: lease.headLease.reference,
        ...(lease.roomId === null || lease.roomName === null ? {} : { [lease.roomId]: lease.roomName }),
        ...Object.fromEntries(lease.tenants.map(({ id, name }) => [id, name])),
      }
    : {}),
})
