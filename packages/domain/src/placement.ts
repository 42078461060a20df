import { daysBetween, type Day } from './day.ts'
import type { AccessibilityFeature, FlatFeature } from './vocabulary.ts'

/** What a household needs. Absent limits ask nothing. */
export interface PlacementNeed {
  readonly persons: number
  readonly rooms?: number | null
  /** The household must be able to move in by this day. */
  readonly latestOn: Day
  readonly rentCeilingCents?: number | null
  /** Wished for; another area lowers the rank. */
  readonly areaIds?: readonly string[]
  /** Needed: a flat without one is blocked. */
  readonly accessibility?: readonly AccessibilityFeature[]
  /** Wished for: lack lowers the rank. */
  readonly features?: readonly FlatFeature[]
}

/** One flat (or the part of one that is let) as the ranking sees it. */
export interface PlacementFlat {
  readonly id: string
  readonly areaId: string
  /** Living rooms and bedrooms, the kitchen not counted. */
  readonly rooms: number
  /** The home's own limit, which may be under what its rooms would take. */
  readonly maxPersons?: number | null
  readonly monthlyRentCents: number | null
  readonly accessibility: readonly AccessibilityFeature[]
  readonly features: readonly FlatFeature[]
  /** First day without another let and ready to move in; null = not known to become free. */
  readonly freeFrom: Day | null
  readonly headLease: { readonly signed: boolean; readonly endsOn: Day | null; readonly subletPermission: boolean } | null
}

/**
 * Points by reason, and the thresholds. All settings: a coordinator may weigh them anew for a session. What is for a flat has
 * points from 0 up and what is against it from 0 down, so that a flat which answers a wish better never ranks lower.
 */
export interface PlacementWeights {
  readonly fits: number
  /** For each room above or below the rooms asked for. */
  readonly roomAway: number
  readonly underCeiling: number
  readonly overCeiling: number
  readonly areaWished: number
  readonly areaOther: number
  readonly feature: number
  readonly featureLacks: number
  /** For a head lease that ends within `shortHeadLeaseDays` of the latest move. */
  readonly headLeaseShort: number
  readonly rentUnknown: number
  readonly personsPerRoomAtMost: number
  readonly personsPerRoomComfortable: number
  readonly shortHeadLeaseDays: number
}

/** No statute sets these: they are a start for the municipality's own. */
export const defaultPlacementWeights: PlacementWeights = {
  fits: 30,
  roomAway: -8,
  underCeiling: 20,
  overCeiling: -25,
  areaWished: 15,
  areaOther: -10,
  feature: 5,
  featureLacks: -5,
  headLeaseShort: -15,
  rentUnknown: -10,
  personsPerRoomAtMost: 3,
  personsPerRoomComfortable: 2,
  shortHeadLeaseDays: 365,
}

/** What a municipality or a session may set them to. */
export const placementWeightBounds: Readonly<Record<keyof PlacementWeights, readonly [least: number, most: number]>> = {
  fits: [0, 100],
  roomAway: [-100, 0],
  underCeiling: [0, 100],
  overCeiling: [-100, 0],
  areaWished: [0, 100],
  areaOther: [-100, 0],
  feature: [0, 100],
  featureLacks: [-100, 0],
  headLeaseShort: [-100, 0],
  rentUnknown: [-100, 0],
  personsPerRoomAtMost: [1, 6],
  personsPerRoomComfortable: [1, 6],
  shortHeadLeaseDays: [0, 1825],
}

type Params = Readonly<Record<string, string | number | null>>

export const placementReasons = [
  'fits',
  'crowded',
  'roomsMore',
  'roomsFewer',
  'rentUnderCeiling',
  'rentOverCeiling',
  'rentUnknown',
  'areaWished',
  'areaOther',
  'featureThere',
  'featureLacks',
  'headLeaseEndsSoon',
  'freeInTime',
] as const
export type PlacementReasonCode = (typeof placementReasons)[number]

export interface PlacementReason {
  readonly code: PlacementReasonCode
  readonly params: Params
  /** Points, signed; the score is their sum. */
  readonly effect: number
}

export const placementBlockers = [
  'tooSmall',
  'accessibilityLacks',
  'notFree',
  'freeTooLate',
  'headLeaseMissing',
  'headLeaseNotSigned',
  'headLeaseEndsBefore',
  'subletPermissionMissing',
] as const
export type PlacementBlockerCode = (typeof placementBlockers)[number]

/** What would take a blocker away. */
export const placementLifts = [
  'largerFlat',
  'adaptFlat',
  'freeFlat',
  'laterMove',
  'makeHeadLease',
  'signHeadLease',
  'extendHeadLease',
  'askPermission',
] as const
export type PlacementLift = (typeof placementLifts)[number]

export interface PlacementBlocker {
  readonly code: PlacementBlockerCode
  readonly params: Params
  readonly lifts: PlacementLift
}

export interface RankedFlat {
  readonly flatId: string
  /** 1 for the best; null for a flat that something blocks, which has no place in the order. */
  readonly rank: number | null
  readonly score: number
  readonly reasons: readonly PlacementReason[]
  readonly blockers: readonly PlacementBlocker[]
}

function blockersOf(need: PlacementNeed, flat: PlacementFlat, weights: PlacementWeights): PlacementBlocker[] {
  const found: PlacementBlocker[] = []
  const roomFor = Math.min(flat.rooms * weights.personsPerRoomAtMost, flat.maxPersons ?? Infinity)
  if (need.persons > roomFor) found.push({ code: 'tooSmall', params: { persons: need.persons, roomFor }, lifts: 'largerFlat' })
  for (const feature of need.accessibility ?? []) {
    if (!flat.accessibility.includes(feature)) found.push({ code: 'accessibilityLacks', params: { feature }, lifts: 'adaptFlat' })
  }
  const { freeFrom, headLease } = flat
  if (freeFrom === null) found.push({ code: 'notFree', params: {}, lifts: 'freeFlat' })
  else if (freeFrom > need.latestOn) {
    found.push({ code: 'freeTooLate', params: { freeFrom, latestOn: need.latestOn }, lifts: 'laterMove' })
  }
  if (headLease === null) found.push({ code: 'headLeaseMissing', params: {}, lifts: 'makeHeadLease' })
  else {
    if (!headLease.signed) found.push({ code: 'headLeaseNotSigned', params: {}, lifts: 'signHeadLease' })
    if (headLease.endsOn !== null && headLease.endsOn < need.latestOn) {
      found.push({ code: 'headLeaseEndsBefore', params: { endsOn: headLease.endsOn }, lifts: 'extendHeadLease' })
    }
    if (!headLease.subletPermission) found.push({ code: 'subletPermissionMissing', params: {}, lifts: 'askPermission' })
  }
  return found
}

function reasonsOf(need: PlacementNeed, flat: PlacementFlat, weights: PlacementWeights): PlacementReason[] {
  const found: PlacementReason[] = []
  const put = (code: PlacementReasonCode, params: Params, effect: number): void => void found.push({ code, params, effect })

  const comfortable = need.persons <= flat.rooms * weights.personsPerRoomComfortable
  put(comfortable ? 'fits' : 'crowded', { persons: need.persons, rooms: flat.rooms }, comfortable ? weights.fits : 0)
  const wantedRooms = need.rooms ?? null
  const away = wantedRooms === null ? 0 : flat.rooms - wantedRooms
  if (away !== 0) put(away > 0 ? 'roomsMore' : 'roomsFewer', { rooms: Math.abs(away) }, Math.abs(away) * weights.roomAway)

  const ceiling = need.rentCeilingCents ?? null
  if (flat.monthlyRentCents === null) put('rentUnknown', {}, weights.rentUnknown)
  else if (ceiling !== null) {
    const underCents = ceiling - flat.monthlyRentCents
    if (underCents >= 0) put('rentUnderCeiling', { underCents }, weights.underCeiling)
    else put('rentOverCeiling', { overCents: -underCents }, weights.overCeiling)
  }

  if (need.areaIds !== undefined && need.areaIds.length > 0) {
    const wished = need.areaIds.includes(flat.areaId)
    put(wished ? 'areaWished' : 'areaOther', { areaId: flat.areaId }, wished ? weights.areaWished : weights.areaOther)
  }
  for (const feature of need.features ?? []) {
    const there = flat.features.includes(feature)
    put(there ? 'featureThere' : 'featureLacks', { feature }, there ? weights.feature : weights.featureLacks)
  }

  const endsOn = flat.headLease?.endsOn ?? null
  if (endsOn !== null && endsOn >= need.latestOn) {
    const days = daysBetween(need.latestOn, endsOn)
    if (days < weights.shortHeadLeaseDays) put('headLeaseEndsSoon', { endsOn, days }, weights.headLeaseShort)
  }
  if (flat.freeFrom !== null && flat.freeFrom <= need.latestOn) put('freeInTime', { freeFrom: flat.freeFrom }, 0)
  return found
}

/**
 * Flats for a need, best first: those without blockers before those with, then by score (the sum of the effects), then by
 * fewer blockers, earlier free, id, so that the order is always the same. A blocker stops a placement until it is lifted;
 * a reason only moves the rank. Nothing about the persons but their number and needs goes in.
 */
export function rankFlats(
  need: PlacementNeed,
  flats: readonly PlacementFlat[],
  weights: PlacementWeights = defaultPlacementWeights,
): RankedFlat[] {
  const free = new Map(flats.map((flat) => [flat.id, flat.freeFrom ?? '9999-12-31']))
  return flats
    .map((flat): RankedFlat => {
      const reasons = reasonsOf(need, flat, weights)
      const score = reasons.reduce((sum, { effect }) => sum + effect, 0)
      return { flatId: flat.id, rank: null, score, reasons, blockers: blockersOf(need, flat, weights) }
    })
    .sort((left, right) => {
      const blocked = Number(left.blockers.length > 0) - Number(right.blockers.length > 0)
      if (blocked !== 0) return blocked
      if (left.score !== right.score) return right.score - left.score
      if (left.blockers.length !== right.blockers.length) return left.blockers.length - right.blockers.length
      const [leftKey, rightKey] = [`${free.get(left.flatId)} ${left.flatId}`, `${free.get(right.flatId)} ${right.flatId}`]
      return leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0
    })
    .map((ranked, index) => (ranked.blockers.length > 0 ? ranked : { ...ranked, rank: index + 1 }))
}
