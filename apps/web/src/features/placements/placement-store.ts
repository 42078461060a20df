import type { PlacementNeed } from '@kotoisa/contracts'
import type { AccessibilityFeature, Day, FlatFeature, PlacementWeights } from '@kotoisa/domain'
import { defineStore } from 'pinia'
import { reactive, ref, watch } from 'vue'
import { useSession } from '../../lib/session.ts'
import type { RecordOption } from '../../ui/form/record-option.ts'
import { useDraft } from '../../ui/form/use-draft.ts'

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

/** The head lease of the home that was chosen, and the first day it is free. */
interface Chosen {
  readonly headLeaseId: string
  readonly freeFrom: Day
}

interface Work {
  readonly need: NeedValues
  readonly household: RecordOption | null
  readonly chosen: Chosen | null
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

/**
 * The placement at hand: going back and forth between its three steps loses nothing. Each step is kept as a draft on the
 * server, so that it may be gone on with after a reload or on another day. Weights hold for this visit and are kept nowhere.
 */
const placementOf = (userId: string) =>
  defineStore(`placement:${userId}`, () => {
    const need = reactive(emptyNeed())
    const household = ref<RecordOption | null>(null)
    const weights = ref<PlacementWeights | null>(null)
    const chosen = ref<Chosen | null>(null)

    const draft = useDraft<Work>({
      form: 'placement',
      isGoingOn: false,
      work: () => (need.householdId === null ? null : { need: { ...need }, household: household.value, chosen: chosen.value }),
      take: (work) => {
        Object.assign(need, { ...emptyNeed(), ...work.need })
        household.value = work.household
        chosen.value = work.chosen
      },
    })
    const session = useSession()
    const isTheirs = (): boolean => session.user?.id === userId
    watch([need, household, chosen], () => isTheirs() && draft.changed(), { deep: true })

    function clear(): void {
      Object.assign(need, emptyNeed())
      household.value = null
      chosen.value = null
    }
    /** Done or given up. */
    function reset(): Promise<void> {
      clear()
      return draft.drop()
    }

    // Nothing of it is left in the page for whoever signs in next; who comes back is offered what the server has kept.
    watch(isTheirs, (theirs) => {
      if (theirs) return void draft.lookAgain()
      clear()
      weights.value = null
    })
    return { need, household, weights, chosen, draft, reset }
  })

const stores = new Map<string, ReturnType<typeof placementOf>>()

/** Of the person signed in. */
export function usePlacement(): ReturnType<ReturnType<typeof placementOf>> {
  const userId = useSession().user?.id ?? ''
  const store = stores.get(userId) ?? placementOf(userId)
  stores.set(userId, store)
  return store()
}

/** The need as the ranking takes it; null while what it cannot do without is missing. */
export function needOf({ persons, latestOn, householdId: _household, ...rest }: NeedValues): PlacementNeed | null {
  return persons === null || latestOn === null
    ? null
    : {
        persons,
        latestOn,
        rooms: rest.rooms,
        rentCeilingCents: rest.rentCeilingCents,
        areaIds: [...rest.areaIds],
        accessibility: [...rest.accessibility],
        features: [...rest.features],
      }
}
