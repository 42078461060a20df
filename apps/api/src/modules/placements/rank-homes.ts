import { placementParams, type AreaCount, type RankedHome, type RankHomes, type Ranking, type RentCeiling } from '@kotoisa/contracts'
import { ceilingFor, rankFlats, type RankedFlat } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { placementSettings } from '../settings/settings.ts'
import { readHomes, type Home } from './read-homes.ts'

const mostFitting = 200
const mostBlocked = 100

/** Homes for a need by the municipality's weights and rent ceiling, or by those of the question; nothing is stored. */
export async function rankForNeed(ctx: WriteCtx, { body: { need, weights: asked } }: { readonly body: RankHomes }): Promise<Ranking> {
  const [homes, set] = await Promise.all([readHomes(ctx, need.scope ?? 'wholeFlat'), placementSettings(ctx)])
  const weights = asked ?? set.placementWeights
  const own = need.rentCeilingCents ?? null
  const rentCeiling: RentCeiling | null =
    own === null ? ceilingFor(set.rentCeilings, need.persons) : { cents: own, source: null, checkedOn: null }
  const byId = new Map(homes.map((home) => [home.placement.id, home]))
  const ranked = rankFlats(
    { ...need, rentCeilingCents: rentCeiling?.cents ?? null },
    homes.map(({ placement }) => placement),
    weights,
  ).flatMap((one) => {
    const home = byId.get(one.flatId)
    return home === undefined ? [] : [{ one, home }]
  })
  const fitting = ranked.filter(({ one }) => one.rank !== null)
  const blocked = ranked.filter(({ one }) => one.rank === null)
  // What one step would lift stands before what needs several.
  const nearest = blocked.toSorted((a, b) => a.one.blockers.length - b.one.blockers.length)
  return {
    weights,
    rentCeiling,
    fitting: fitting.slice(0, mostFitting).map(toRankedHome),
    blocked: nearest.slice(0, mostBlocked).map(toRankedHome),
    areas: countByArea(ranked),
  }
}

interface Ranked {
  readonly one: RankedFlat
  readonly home: Home
}

function toRankedHome({ one, home }: Ranked): RankedHome {
  return {
    rank: one.rank,
    score: one.score,
    flat: home.flat,
    area: home.area,
    landlord: home.landlord,
    room: home.room,
    roomCount: home.placement.rooms,
    squareMetres: home.squareMetres,
    rentCents: home.placement.monthlyRentCents,
    freeFrom: home.placement.freeFrom,
    emptyBecause: home.emptyBecause,
    headLease: home.headLease,
    reasons: one.reasons.map(({ code, params, effect }) => ({ code, params: placementParams(params), effect })),
    blockers: one.blockers.map(({ code, params, lifts }) => ({ code, params: placementParams(params), lifts })),
  }
}

function countByArea(ranked: readonly Ranked[]): AreaCount[] {
  const areas = new Map<string, { area: Home['area']; fitting: number; blocked: number }>()
  for (const { one, home } of ranked) {
    const count = areas.get(home.area.id) ?? { area: home.area, fitting: 0, blocked: 0 }
    count[one.rank === null ? 'blocked' : 'fitting'] += 1
    areas.set(home.area.id, count)
  }
  return [...areas.values()].toSorted((a, b) => a.area.name.localeCompare(b.area.name, 'fi'))
}
