import { placementWeightBounds } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cents, Day, Etag, Instant, Note, closed, line, nullable } from './fields.ts'
import { CityContact } from './leases.ts'
import { History } from './list.ts'
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

const source = line(160, 'Whose figures they are, e.g. Kela’s for one year.')
const checkedOn = Type.String({ format: 'civil-day', maxLength: 10, description: 'When somebody last looked there.' })

/** The most that a home’s monthly rent should be. No statute sets it for a tenant’s rent: the municipality names its source. */
export const RentCeilings = closed('RentCeilings', {
  source,
  checkedOn,
  cents: Type.Array(Cents, {
    minItems: 1,
    maxItems: 12,
    description: 'For one person, for two and so on, never falling; the last one holds for more.',
  }),
})
export type RentCeilings = Static<typeof RentCeilings>

/** The ceiling that a ranking went by; without a source it is the question’s own. */
export const RentCeiling = closed('RentCeiling', { cents: Cents, source: nullable(source), checkedOn: nullable(Day) })
export type RentCeiling = Static<typeof RentCeiling>

const notice = Type.String({ ...Note, maxLength: 1000, description: 'Plain text.' })
/** In every language that the product is offered in: a notice never stands in another one than the reader’s. */
export const LandlordNotice = closed('LandlordNotice', { fi: notice, sv: notice, en: notice })
export type LandlordNotice = Static<typeof LandlordNotice>

const decided = {
  placementWeights: PlacementWeights,
  rentCeilings: Type.Union([RentCeilings, Type.Null()], {
    description: 'For a ranking whose need names no ceiling; null: none.',
  }),
  cityContact: Type.Union([CityContact, Type.Null()], {
    description: 'Whom landlords call where no lease of theirs names anybody.',
  }),
  landlordNotice: Type.Union([LandlordNotice, Type.Null()], { description: 'On the landlords’ first page; null: none.' }),
}

/** What the municipality decides for itself; what it has not set is the product's default. */
export const Settings = closed('Settings', { etag: Etag, updatedAt: nullable(Instant), ...decided })
export type Settings = Static<typeof Settings>

/** All that can be set, as it is whole. */
export const WholeSettings = closed('CreateSettings', decided)
export const UpdateSettings = patchOf('UpdateSettings', WholeSettings)
export type UpdateSettings = Static<typeof UpdateSettings>

const tags = ['settings'] as const
const readers = { roles: ['admin', 'auditor'] } as const

export const getSettings = endpoint({
  method: 'GET',
  url: '/v1/settings',
  config: { access: readers },
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
export const getSettingsHistory = endpoint({
  method: 'GET',
  url: '/v1/settings/history',
  config: { access: readers },
  schema: {
    operationId: 'getSettingsHistory',
    tags,
    summary: 'Who changed which setting and when, newest first',
    response: { 200: History },
  },
})
