import type { PlacementWeights } from '@kotoisa/contracts'
import { defaultPlacementWeights } from '@kotoisa/domain'

/** The weights that are points; the others are thresholds. */
export const pointNames = [
  'fits',
  'roomAway',
  'underCeiling',
  'overCeiling',
  'areaWished',
  'areaOther',
  'feature',
  'featureLacks',
  'headLeaseShort',
  'rentUnknown',
] as const satisfies readonly (keyof PlacementWeights)[]

export const thresholdNames = [
  'personsPerRoomComfortable',
  'personsPerRoomAtMost',
  'shortHeadLeaseDays',
] as const satisfies readonly (keyof PlacementWeights)[]

export const weightNames = [...pointNames, ...thresholdNames] as const

/** Weights while they are typed: a field may be empty. */
export type TypedWeights = Record<keyof PlacementWeights, number | null>

/** As the API takes them; what is empty has been refused by its field before. */
export const typedWeights = (typed: TypedWeights): PlacementWeights =>
  Object.fromEntries(weightNames.map((name) => [name, typed[name] ?? defaultPlacementWeights[name]])) as PlacementWeights
