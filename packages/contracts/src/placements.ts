import {
  accessibilityFeatures,
  flatFeatures,
  leaseScopes,
  leaseStatuses,
  placementBlockers,
  placementLifts,
  placementReasons,
  vacancyReasons,
} from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cents, Day, Id, Reference, closed, nullable } from './fields.ts'
import { FlatBrief, Place, RoomBrief } from './flats.ts'
import { AreaBrief } from './homes.ts'
import { LandlordBrief } from './landlords.ts'
import { PlacementWeights, RentCeiling } from './settings.ts'

/** What the words of a reason or blocker are filled with; each code has some of them. */
const count = Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 }))
const day = Type.Optional(Type.String({ format: 'civil-day', maxLength: 10 }))
const Params = closed('PlacementParams', {
  persons: count,
  roomFor: count,
  rooms: count,
  days: count,
  underCents: Type.Optional(Cents),
  overCents: Type.Optional(Cents),
  freeFrom: day,
  latestOn: day,
  endsOn: day,
  areaId: Type.Optional(Id),
  feature: Type.Optional(Type.String({ maxLength: 40, description: 'Of `accessibility` or `features` of a flat.' })),
})
type Params = Static<typeof Params>
/** The params of a rule's answer, which is typed by the rule. */
export const placementParams = (params: Readonly<Record<string, string | number | null>>): Params => params as Params

/** What a household needs; absent limits ask nothing. Nothing about its persons but their number. */
export const PlacementNeed = closed('PlacementNeed', {
  persons: Type.Integer({ minimum: 1, maximum: 30 }),
  latestOn: Type.String({ format: 'civil-day', maxLength: 10, description: 'The household must be able to move in by this day.' }),
  scope: Type.Optional(
    Type.Enum(leaseScopes, {
      description: 'Whole flats when left out; `partOfFlat`: rooms, and places in rooms, each by itself, of flats that others may live in.',
    }),
  ),
  rooms: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 20 }))),
  rentCeilingCents: Type.Optional(
    Type.Union([Cents, Type.Null()], {
      description: 'A month; left out or null: the municipality’s for so many persons, where it has one.',
    }),
  ),
  areaIds: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true, description: 'Wished for.' })),
  accessibility: Type.Optional(
    Type.Array(Type.Enum(accessibilityFeatures), { maxItems: accessibilityFeatures.length, uniqueItems: true, description: 'Needed.' }),
  ),
  features: Type.Optional(
    Type.Array(Type.Enum(flatFeatures), { maxItems: flatFeatures.length, uniqueItems: true, description: 'Wished for.' }),
  ),
})
export type PlacementNeed = Static<typeof PlacementNeed>

export const RankHomes = closed('RankHomes', {
  need: PlacementNeed,
  weights: Type.Optional(
    Type.Unsafe<PlacementWeights>({ ...PlacementWeights, description: 'For this question only; else the municipality’s.' }),
  ),
})
export type RankHomes = Static<typeof RankHomes>

const Reason = closed('PlacementReason', {
  code: Type.Enum(placementReasons),
  params: Params,
  effect: Type.Integer({ minimum: -100_000, maximum: 100_000, description: 'Points; the score is their sum.' }),
})
const Blocker = closed('PlacementBlocker', { code: Type.Enum(placementBlockers), params: Params, lifts: Type.Enum(placementLifts) })

const RankedRoom = closed('RankedRoom', {
  id: Id,
  name: RoomBrief.properties.name,
  squareMetres: RoomBrief.properties.squareMetres,
  place: Type.Union([Place, Type.Null()], { description: 'Which place in the room; null: the whole room.' }),
})

/** A home with its place in the order, or with what stops it and what would lift that. */
export const RankedHome = closed('RankedHome', {
  rank: nullable(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Null where something blocks it.' })),
  score: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
  flat: FlatBrief,
  area: AreaBrief,
  landlord: LandlordBrief,
  room: Type.Union([RankedRoom, Type.Null()], { description: 'Which part of the flat; null: the whole flat.' }),
  roomCount: Type.Integer({ minimum: 1, maximum: 20 }),
  squareMetres: Type.Number({ minimum: 5, maximum: 1000 }),
  rentCents: nullable(Cents),
  freeFrom: nullable(Type.String({ format: 'civil-day', maxLength: 10, description: 'Null: not known to become free.' })),
  emptyBecause: nullable(Type.Enum(vacancyReasons)),
  headLease: nullable(
    closed('RankedHeadLease', { id: Id, reference: Reference, status: Type.Enum(leaseStatuses), effectiveEndsOn: nullable(Day) }),
  ),
  reasons: Type.Array(Reason, { maxItems: 60 }),
  blockers: Type.Array(Blocker, { maxItems: 60 }),
})
export type RankedHome = Static<typeof RankedHome>

/** Homes of one area: how many may be chosen, how many something blocks. */
export const AreaCount = closed('AreaCount', {
  area: AreaBrief,
  fitting: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  blocked: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
})
export type AreaCount = Static<typeof AreaCount>

export const Ranking = closed('Ranking', {
  weights: Type.Unsafe<PlacementWeights>({ ...PlacementWeights, description: 'What the order went by.' }),
  rentCeiling: Type.Union([RentCeiling, Type.Null()], { description: 'What rents were held against.' }),
  fitting: Type.Array(RankedHome, { maxItems: 200, description: 'Best first.' }),
  blocked: Type.Array(RankedHome, { maxItems: 100, description: 'Nearest to fitting first.' }),
  areas: Type.Array(AreaCount, { maxItems: 1000, description: 'All homes counted, by name of the area.' }),
})
export type Ranking = Static<typeof Ranking>

export const rankHomes = endpoint({
  method: 'POST',
  url: '/v1/flats/rankings',
  config: { access: { roles: ['coordinator'], scope: 'flats:read' } },
  schema: {
    operationId: 'rankHomes',
    tags: ['flats'],
    summary: 'Homes for a need, best first, with the reasons',
    description:
      'Stores nothing. A home with a protected household is not free, like any other that is let: a program needs `protected:read` beside `flats:read`, or would be told of empty homes what it may not know (403 `addressProtection.noRight`), and for what is told of head leases and empty times `head-leases:read` and `vacancies:read`. Of a room no rent is known.',
    body: RankHomes,
    response: { 200: Ranking },
  },
})
