import { getOwnHomes, type LandlordSublease, type OwnHeadLease, type OwnHome, type SubleaseView } from '@kotoisa/contracts'
import { addDays, addMonths, nextRentChange, type Day } from '@kotoisa/domain'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

export const ownHomesQuery = defineQueryOptions({
  key: ['portal', 'homes'],
  query: ({ signal }: { readonly signal: AbortSignal }) => call(getOwnHomes, { signal }),
})

export const isForLandlord = (lease: SubleaseView): lease is LandlordSublease => 'tenantDisclosure' in lease

/**
 * `agreed`: whoever moves in has signed. `empty`: nobody lives there and nobody is to come. `toCome`: the city's lease has not
 * begun. `draft`: it is being made. `noLease`: there is none.
 */
export type HomeState = 'livedIn' | 'agreed' | 'empty' | 'toCome' | 'draft' | 'noLease'

interface Happening {
  readonly kind: 'leaseBegins' | 'movesIn' | 'tenancyEnds' | 'leaseEnds' | 'rentChanges'
  readonly on: Day
  readonly cents: number | null
}

/** A home as its landlord is told of it. */
export interface ShownHome extends OwnHome {
  /** The city's lease of today, else the next one. */
  readonly lease: OwnHeadLease | null
  readonly state: HomeState
  readonly next: Happening | null
  /** Whole months until the tenancy or the city's lease ends; null: neither does within some six months. */
  readonly monthsLeft: number | null
}

export function shownHome(home: OwnHome, today: Day): ShownHome {
  const lease = leaseOf(home, today)
  const happenings = happeningsOf(home, lease, today)
  const ends = happenings.find(({ kind }) => kind === 'leaseEnds' || kind === 'tenancyEnds')
  return {
    ...home,
    lease,
    state: stateOf(home, lease, today),
    next: happenings[0] ?? null,
    monthsLeft: monthsUntil(ends?.on ?? null, today),
  }
}

/** Is the home with the city, now or by a lease that is signed? */
export const isRented = ({ state }: ShownHome): boolean => state !== 'draft' && state !== 'noLease'

function leaseOf({ headLeases }: OwnHome, today: Day): OwnHeadLease | null {
  const agreed = headLeases.filter(({ status }) => status === 'active' || status === 'signed')
  return agreed.find(({ startsOn }) => startsOn <= today) ?? agreed[0] ?? headLeases.find(({ status }) => status === 'draft') ?? null
}

function stateOf({ subleases }: OwnHome, lease: OwnHeadLease | null, today: Day): HomeState {
  if (lease === null) return 'noLease'
  if (lease.status === 'draft') return 'draft'
  if (subleases.some(({ status, startsOn }) => status === 'active' && startsOn <= today)) return 'livedIn'
  if (subleases.length > 0) return 'agreed'
  return lease.startsOn > today ? 'toCome' : 'empty'
}

/** What is to happen by what is agreed today, the nearest first. */
function happeningsOf({ headLeases, subleases }: OwnHome, lease: OwnHeadLease | null, today: Day): Happening[] {
  const found: Happening[] = subleases.flatMap(({ startsOn, endsOn }) => [
    { kind: 'movesIn' as const, on: startsOn, cents: null },
    ...(endsOn === null ? [] : [{ kind: 'tenancyEnds' as const, on: endsOn, cents: null }]),
  ])
  if (lease !== null && lease.status !== 'draft') {
    const { startsOn, effectiveEndsOn: endsOn } = lease
    found.push({ kind: 'leaseBegins', on: startsOn, cents: null })
    const goesOn = (day: Day) => headLeases.some((one) => one !== lease && one.status !== 'draft' && one.startsOn === addDays(day, 1))
    if (endsOn !== null && !goesOn(endsOn)) found.push({ kind: 'leaseEnds', on: endsOn, cents: null })
    const change = nextRentChange(lease.rentParts, today < startsOn ? startsOn : today)
    if (change !== null && change.cents !== null) found.push({ kind: 'rentChanges', on: change.on, cents: change.cents })
  }
  // What ends today is still to come; what began today has happened.
  const isAhead = ({ kind, on }: Happening) => (kind === 'tenancyEnds' || kind === 'leaseEnds' ? on >= today : on > today)
  return found.filter(isAhead).sort((one, other) => (one.on < other.on ? -1 : 1))
}

/** Landlords are told an end half a year ahead: their own notice may take as long (52 §). */
const aheadMonths = 6

function monthsUntil(endsOn: Day | null, today: Day): number | null {
  if (endsOn === null || endsOn >= addMonths(today, aheadMonths + 1)) return null
  let months = 0
  while (addMonths(today, months + 1) <= endsOn) months++
  return months
}
