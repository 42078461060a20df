import {
  defaultPlacementWeights,
  type AccessibilityFeature,
  type Day,
  type FlatFeature,
  type PlacementNeed,
  type PlacementWeights,
} from '@kotoisa/domain'
import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import type { RecordOption } from '../../ui/form/record-option.ts'

export interface NeedValues {
  householdId: string | null
  persons: number | null
  rooms: number | null
  latestOn: Day | null
  rentCeilingCents: number | null
  areaIds: readonly string[]
  accessibility: readonly AccessibilityFeature[]
  features: readonly FlatFeature[]
}

const emptyNeed = (): NeedValues => ({
  householdId: null,
  persons: null,
  rooms: null,
  latestOn: null,
  rentCeilingCents: null,
  areaIds: [],
  accessibility: [],
  features: [],
})

/** The placement at hand, for this visit: going back and forth between its three steps loses nothing. */
export const usePlacement = defineStore('placement', () => {
  const need = reactive(emptyNeed())
  const household = ref<RecordOption | null>(null)
  const weights = ref<PlacementWeights>({ ...defaultPlacementWeights })
  /** The head lease of the home that was chosen, and the first day it is free. */
  const chosen = ref<{ readonly headLeaseId: string; readonly freeFrom: Day } | null>(null)

  function reset(): void {
    Object.assign(need, emptyNeed())
    household.value = null
    chosen.value = null
  }
  return { need, household, weights, chosen, reset }
})

/** The need as the ranking takes it; null while what it cannot do without is missing. */
export function needOf({ persons, latestOn, ...rest }: NeedValues): PlacementNeed | null {
  if (persons === null || latestOn === null) return null
  return {
    persons,
    latestOn,
    rooms: rest.rooms,
    rentCeilingCents: rest.rentCeilingCents,
    areaIds: rest.areaIds,
    accessibility: rest.accessibility,
    features: rest.features,
  }
}
