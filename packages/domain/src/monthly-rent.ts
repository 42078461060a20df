import { addDays, type Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { productChoice, tenancyAct } from './law.ts'
import type { RentPartKind } from './vocabulary.ts'

export interface DatedRent {
  readonly cents: number
  readonly startsOn: Day
  readonly endsOn: Day | null
}

const holds = (day: Day) => (part: DatedRent) => part.startsOn <= day && (part.endsOn === null || part.endsOn >= day)

/** A month's rent on a day: the sum of the parts that hold then; null where none does. */
export function rentOn(parts: readonly DatedRent[], day: Day): number | null {
  const holding = parts.filter(holds(day))
  return holding.length === 0 ? null : holding.reduce((sum, { cents }) => sum + cents, 0)
}

/** The same with the parts that make it. */
export function monthlyRent(
  parts: readonly (DatedRent & { readonly kind: RentPartKind; readonly label: string | null })[],
  day: Day,
): Explained<number | null> {
  const rentCents = rentOn(parts, day)
  return explain(rentCents, [
    step(
      'rentOnDay',
      { day },
      rentCents,
      tenancyAct('27 § 1 mom.'),
      parts
        .filter(holds(day))
        .map(({ kind, label, cents, startsOn, endsOn }) =>
          step('rentPart', { kind, label, startsOn, endsOn }, cents, productChoice('as the lease agrees')),
        ),
    ),
  ])
}

/** The next day on which the month's rent is another one, and what it is then; null where none is agreed. */
export function nextRentChange(parts: readonly DatedRent[], day: Day): { readonly on: Day; readonly cents: number | null } | null {
  const now = rentOn(parts, day)
  const days = parts.flatMap(({ startsOn, endsOn }) => (endsOn === null ? [startsOn] : [startsOn, addDays(endsOn, 1)]))
  const on = [...new Set(days)].sort().find((one) => one > day && rentOn(parts, one) !== now)
  return on === undefined ? null : { on, cents: rentOn(parts, on) }
}
