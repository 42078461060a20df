import type { Day } from './day.ts'
import type { PlacementWeights } from './placement.ts'
import type { Fault } from './problems.ts'

/**
 * Up to which monthly rent a home is reckoned payable, as the municipality has it from somebody: no law sets a ceiling for the
 * tenant's rent, Kela has one for the housing costs that an allowance accepts, and it changes each year.
 */
export interface RentCeilings {
  /** Whose figures they are, e.g. Kela's for one year. */
  readonly source: string
  /** When somebody last looked there. */
  readonly checkedOn: Day
  /** For one person, for two and so on; the last one holds for more. */
  readonly cents: readonly number[]
}

export interface Ceiling {
  readonly cents: number
  readonly source: string
  readonly checkedOn: Day
}

/** What holds for so many persons; null where the municipality has set nothing. */
export function ceilingFor(ceilings: RentCeilings | null, persons: number): Ceiling | null {
  const cents = ceilings?.cents[Math.min(Math.max(persons, 1), ceilings.cents.length) - 1]
  return ceilings === null || cents === undefined ? null : { cents, source: ceilings.source, checkedOn: ceilings.checkedOn }
}

interface Decided {
  readonly placementWeights: PlacementWeights
  readonly rentCeilings: RentCeilings | null
}

/** What no single value can tell: comfort above what blocks, a ceiling that falls with more persons, a look in days to come. */
export function faultsOfSettings({ placementWeights, rentCeilings }: Decided, today: Day): Fault[] {
  const { personsPerRoomComfortable: comfortable, personsPerRoomAtMost: most } = placementWeights
  const faults: Fault[] = []
  if (comfortable > most) {
    faults.push({ code: 'settings.comfortAboveMost', params: { most }, pointer: '/placementWeights/personsPerRoomComfortable' })
  }
  if (rentCeilings === null) return faults
  if (rentCeilings.checkedOn > today) faults.push({ code: 'date.inFuture', pointer: '/rentCeilings/checkedOn' })
  rentCeilings.cents.forEach((cents, index) => {
    const fewer = rentCeilings.cents[index - 1]
    if (fewer !== undefined && cents < fewer) faults.push({ code: 'settings.ceilingFalls', pointer: `/rentCeilings/cents/${index}` })
  })
  return faults
}
