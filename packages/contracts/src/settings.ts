import { placementWeightBounds } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Etag, Instant, closed, nullable } from './fields.ts'
import { patchOf } from './patch.ts'

const points = (name: keyof typeof placementWeightBounds, description: string) =>
  Type.Integer({ minimum: placementWeightBounds[name][0], maximum: placementWeightBounds[name][1], description })

/** What the ranking of homes goes by: points by reason, and the thresholds. */
export const PlacementWeights = closed('PlacementWeights', {
  fits: points('fits', 'Enough rooms for the household.'),
  roomAway: points('roomAway', 'Each room above or below the rooms asked for.'),
  underCeiling: points('underCeiling', 'Rent within the ceiling.'),
  overCeiling: points('overCeiling', 'Rent over the ceiling.'),
  areaWished: points('areaWished', 'In a wished area.'),
  areaOther: points('areaOther', 'In another area.'),
  feature: points('feature', 'Each wished feature that is there.'),
  featureLacks: points('featureLacks', 'Each wished feature that lacks.'),
  headLeaseShort: points('headLeaseShort', 'The head lease ends soon after the move.'),
  rentUnknown: points('rentUnknown', 'No rent agreed yet.'),
  personsPerRoomAtMost: points('personsPerRoomAtMost', 'More persons a room block a home.'),
  personsPerRoomComfortable: points('personsPerRoomComfortable', 'Up to so many persons a room a home fits.'),
  shortHeadLeaseDays: points('shortHeadLeaseDays', 'A head lease that ends within so many days is short.'),
})
export type PlacementWeights = Static<typeof PlacementWeights>

/** What the municipality decides for itself; what it has not set is the product's default. */
export const Settings = closed('Settings', {
  etag: Etag,
  updatedAt: nullable(Instant),
  placementWeights: PlacementWeights,
})
export type Settings = Static<typeof Settings>

export const UpdateSettings = patchOf('UpdateSettings', closed('CreateSettings', { placementWeights: PlacementWeights }))
export type UpdateSettings = Static<typeof UpdateSettings>

const tags = ['settings'] as const

export const getSettings = endpoint({
  method: 'GET',
  url: '/v1/settings',
  config: { access: { roles: ['admin', 'auditor'] } },
  schema: { operationId: 'getSettings', tags, summary: 'What the municipality decides for itself', response: { 200: Settings } },
})
export const updateSettings = endpoint({
  method: 'PATCH',
  url: '/v1/settings',
  config: { access: { roles: ['admin'] }, effect: 'change' },
  schema: {
    operationId: 'updateSettings',
    tags,
    summary: 'Change settings (merge patch)',
    body: UpdateSettings,
    response: { 200: Settings },
  },
})
