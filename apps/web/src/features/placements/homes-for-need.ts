import { listFlats, listHeadLeases, listSubleases, type FlatView, type HeadLeaseView, type SubleaseView } from '@kotoisa/contracts'
import {
  addDays,
  laterOf,
  rankFlats,
  type Day,
  type PlacementFlat,
  type PlacementNeed,
  type PlacementWeights,
  type RankedFlat,
} from '@kotoisa/domain'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'
import { everyPage } from '../../lib/every-page.ts'
import { hasTerms, isOpen } from '../leases/lease-view.ts'

/** A home with what the ranking looks at, and the head lease that a sublease would stand under. */
export interface Home {
  readonly flat: FlatView
  readonly headLease: HeadLeaseView | null
  readonly freeFrom: Day | null
}
export interface RankedHome extends Home {
  readonly ranked: RankedFlat
}

const living = 'draft,signed,active'

export const homesQuery = defineQueryOptions({
  key: ['placements', 'homes'],
  query: async ({ signal }: { signal: AbortSignal }) => {
    const [flats, headLeases, subleases] = await Promise.all([
      everyPage((cursor) => call(listFlats, { query: { limit: 200, ...cursor }, signal })),
      everyPage((cursor) => call(listHeadLeases, { query: { status: living, limit: 200, ...cursor }, signal })),
      everyPage((cursor) => call(listSubleases, { query: { status: living, limit: 200, ...cursor }, signal })),
    ])
    return { flats, headLeases, subleases }
  },
})

interface Found {
  readonly flats: readonly FlatView[]
  readonly headLeases: readonly HeadLeaseView[]
  readonly subleases: readonly SubleaseView[]
}

export function homesOf({ flats, headLeases, subleases }: Found, today: Day): Home[] {
  return flats.map((flat) => {
    const headLease = bestHeadLease(headLeases.filter((lease) => lease.flat.id === flat.id))
    const lets = subleases.filter((lease) => isOpen(lease) && lease.flat.id === flat.id)
    return { flat, headLease, freeFrom: freeFrom(headLease, lets, today) }
  })
}

/** The one that is furthest on its way, then the one that lasts longest. */
function bestHeadLease(leases: readonly HeadLeaseView[]): HeadLeaseView | null {
  const rank = { active: 0, signed: 1, draft: 2, ended: 3 } as const
  const [best] = [...leases].sort(
    (left, right) =>
      rank[left.status] - rank[right.status] || ((right.effectiveEndsOn ?? '9999') < (left.effectiveEndsOn ?? '9999') ? -1 : 1),
  )
  return best ?? null
}

/** The first day after all lets that are known, drafts too; null where one of them is open. */
function freeFrom(headLease: HeadLeaseView | null, lets: readonly SubleaseView[], today: Day): Day | null {
  let day = headLease === null ? today : laterOf(today, headLease.startsOn)
  for (const lease of lets) {
    const endsOn = hasTerms(lease) ? lease.effectiveEndsOn : lease.endsOn
    if (endsOn === null) return null
    // Cut by the head lease's own end: nothing comes after it.
    if (headLease !== null && headLease.effectiveEndsOn !== null && endsOn >= headLease.effectiveEndsOn) return null
    day = laterOf(day, addDays(endsOn, 1))
  }
  return day
}

export function rankHomes(need: PlacementNeed, homes: readonly Home[], weights: PlacementWeights): RankedHome[] {
  const byId = new Map(homes.map((home) => [home.flat.id, home]))
  return rankFlats(need, homes.map(asPlacementFlat), weights)
    .flatMap((ranked): RankedHome[] => {
      const home = byId.get(ranked.flatId)
      return home === undefined ? [] : [{ ...home, ranked: withLimit(need, home, ranked) }]
    })
    .sort((left, right) => Number(left.ranked.blockers.length > 0) - Number(right.ranked.blockers.length > 0))
}

/** A home's own limit on persons stops as the size of its rooms does. */
function withLimit({ persons }: PlacementNeed, { flat }: Home, ranked: RankedFlat): RankedFlat {
  if (persons <= flat.maxPersons || ranked.blockers.some(({ code }) => code === 'tooSmall')) return ranked
  return {
    ...ranked,
    blockers: [{ code: 'tooSmall', params: { persons, roomFor: flat.maxPersons }, lifts: 'largerFlat' }, ...ranked.blockers],
  }
}

const asPlacementFlat = ({ flat, headLease, freeFrom: free }: Home): PlacementFlat => ({
  id: flat.id,
  areaId: flat.area.id,
  rooms: flat.roomCount,
  monthlyRentCents: headLease?.rentCents ?? null,
  accessibility: flat.lift ? ['lift', ...flat.accessibility] : flat.accessibility,
  features: flat.features,
  freeFrom: free,
  headLease:
    headLease === null
      ? null
      : {
          signed: headLease.status === 'signed' || headLease.status === 'active',
          endsOn: headLease.effectiveEndsOn,
          subletPermission: headLease.subletPermission !== null,
        },
})
