import { daysBetween, daysInMonth, partsOf, type Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { productChoice } from './law.ts'
import { divideHalfUp, exactCents, toCents } from './money.ts'
import { DomainError, type Fault } from './problems.ts'
import type { Assumption } from './vocabulary.ts'

export interface ProratedRentInput {
  readonly monthlyRentCents: number
  readonly fromOn: Day
  readonly toOn: Day
}

export interface ProratedRent {
  readonly rentCents: number
  readonly days: number
  readonly daysInMonth: number
  readonly assumptions: readonly Assumption[]
}

/**
 * Rent of a part of one month by its actual days, half up once. The Act has no rule: this is what the leases agree.
 * Errors: `date.reversed`, `calculation.notOneMonth` at `/toOn`; `calculation.outOfRange` at `/monthlyRentCents`.
 */
export function proratedRent({ monthlyRentCents, fromOn, toOn }: ProratedRentInput): Explained<ProratedRent> {
  const faults: Fault[] = []
  if (toOn < fromOn) faults.push({ code: 'date.reversed', params: { from: fromOn, to: toOn }, pointer: '/toOn' })
  else if (fromOn.slice(0, 7) !== toOn.slice(0, 7)) faults.push({ code: 'calculation.notOneMonth', pointer: '/toOn' })
  DomainError.all(faults)
  const rent = exactCents(monthlyRentCents, '/monthlyRentCents')
  const { year, month } = partsOf(fromOn)
  const all = daysInMonth(year, month)
  const days = daysBetween(fromOn, toOn) + 1
  const rentCents = toCents(divideHalfUp(rent * BigInt(days), BigInt(all)))
  const agreed = productChoice('actual days of the month, as the lease agrees')
  return explain({ rentCents, days, daysInMonth: all, assumptions: ['actualDaysOfMonth'] }, [
    step('rentOfDays', { monthlyRentCents, days, daysInMonth: all }, rentCents, agreed, [
      step('days', { fromOn, toOn }, days, agreed),
      step('daysInMonth', { month: fromOn.slice(0, 7) }, all, agreed),
    ]),
  ])
}
