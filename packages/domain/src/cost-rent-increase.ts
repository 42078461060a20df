import { addDays, addMonths, endOfMonth, startOfMonth, type Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { productChoice, tenancyAct } from './law.ts'
import type { Assumption } from './vocabulary.ts'

export interface CostRentIncreaseInput {
  readonly servedOn: Day
}

export interface CostRentIncrease {
  readonly inForceOn: Day
  readonly assumptions: readonly Assumption[]
}

/**
 * First day of a raised cost-based rent: the start of the rent period that follows two months from the notice (32 §,
 * RENT-2). Rent periods are calendar months. Where the two months end on a first day, the next period is used: whether
 * that same day would do is open. Errors: `calculation.outOfRange` beyond 2200.
 */
export function costRentIncrease({ servedOn }: CostRentIncreaseInput): Explained<CostRentIncrease> {
  const monthsPassedOn = addMonths(servedOn, 2)
  const inForceOn = addDays(endOfMonth(monthsPassedOn), 1)
  const onFirst = startOfMonth(monthsPassedOn) === monthsPassedOn
  const steps = [step('twoMonths', { servedOn }, monthsPassedOn, tenancyAct('32 §, 12 §'))]
  if (onFirst) steps.push(step('firstDayUsesNextPeriod', { monthsPassedOn }, inForceOn, productChoice('conservative reading of 32 §')))
  const assumptions: Assumption[] = onFirst ? ['rentPeriodIsMonth', 'firstOfMonthUsesNextPeriod'] : ['rentPeriodIsMonth']
  return explain({ inForceOn, assumptions }, [step('nextRentPeriod', { monthsPassedOn }, inForceOn, tenancyAct('32 §'), steps)])
}
