import { addMonths, type Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { tenancyAct } from './law.ts'
import { nextWorkingDay } from './working-days.ts'

export interface DeathContinuationInput {
  readonly diedOn: Day
}

export interface DeathContinuation {
  readonly continuationNoticeDueOn: Day
}

/**
 * Last day on which a co-tenant, or a spouse, child or parent living in the flat, may tell in writing that he or she goes
 * on with the lease after the tenant's death: three months, moved by 12 § (46 §, DEATH-1). Errors: `calculation.outOfRange`.
 */
export function deathContinuation({ diedOn }: DeathContinuationInput): Explained<DeathContinuation> {
  const monthsPassedOn = addMonths(diedOn, 3)
  const continuationNoticeDueOn = nextWorkingDay(monthsPassedOn)
  return explain({ continuationNoticeDueOn }, [
    step('movedToWorkingDay', { monthsPassedOn }, continuationNoticeDueOn, tenancyAct('12 §'), [
      step('threeMonthsFromDeath', { diedOn }, monthsPassedOn, tenancyAct('46 §')),
    ]),
  ])
}
