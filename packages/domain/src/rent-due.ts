import { dayOf, daysInMonth, type Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { tenancyAct } from './law.ts'
import { DomainError } from './problems.ts'
import type { Assumption } from './vocabulary.ts'
import { nextWorkingDay } from './working-days.ts'

export interface RentDueInput {
  /** YYYY-MM. */
  readonly month: string
  /** 1..31, null where nothing was agreed. */
  readonly agreedDay: number | null
}

export interface RentDue {
  readonly dueOn: Day
  readonly assumptions: readonly Assumption[]
}

/**
 * The day a month's rent is due (34 § 1, 4 mom.): the agreed day, past the month's end its last day; without one the second
 * day of the rent period; moved to a working day by 12 §. Errors: `calculation.outOfRange` at `/month` or `/agreedDay`.
 */
export function rentDue({ month, agreedDay }: RentDueInput): Explained<RentDue> {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  if (match === null) throw new DomainError('calculation.outOfRange', {}, { pointer: '/month' })
  if (agreedDay !== null && !(Number.isInteger(agreedDay) && agreedDay >= 1 && agreedDay <= 31)) {
    throw new DomainError('calculation.outOfRange', { minimum: 1, maximum: 31 }, { pointer: '/agreedDay' })
  }
  const [year, number] = [Number(match[1]), Number(match[2])]
  const nominalOn = dayOf(year, number, Math.min(agreedDay ?? 2, daysInMonth(year, number)))
  const dueOn = nextWorkingDay(nominalOn)
  const nominalStep =
    agreedDay === null
      ? step('secondDayOfPeriod', { month }, nominalOn, tenancyAct('34 § 1 mom.'))
      : step('agreedDay', { month, agreedDay }, nominalOn, tenancyAct('34 § 1 mom.'))
  return explain({ dueOn, assumptions: ['rentPeriodIsMonth'] }, [
    step('movedToWorkingDay', { nominalOn }, dueOn, tenancyAct('34 § 4 mom., 12 §'), [nominalStep]),
  ])
}
