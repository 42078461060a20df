import { addDays, daysBetween, earlierOf, type Day } from './day.ts'
import { explain, step, type Explained, type Step } from './explain.ts'
import { interestAct, productChoice } from './law.ts'
import { decimalText, divideHalfUp, exactCents, toCents } from './money.ts'
import { interestAdditions, referenceRateOn } from './rates.ts'
import type { Assumption } from './vocabulary.ts'

/** Who owes: a residential tenant (4 §), or the city to a business landlord (4 a §). */
export const interestDebtors = ['residentialTenant', 'commercial'] as const
export type InterestDebtor = (typeof interestDebtors)[number]

export interface DefaultInterestInput {
  readonly principalCents: number
  /** Already moved by 12 § of the tenancy act. */
  readonly dueOn: Day
  readonly paidOn: Day
  readonly debtor: InterestDebtor
}

export interface InterestSegment {
  readonly fromOn: Day
  readonly toOn: Day
  readonly days: number
  readonly ratePercent: number
  /** Unrounded part, cents with six decimals. */
  readonly interestCents: string
}

export interface DefaultInterest {
  readonly interestCents: number
  readonly days: number
  readonly segments: readonly InterestSegment[]
  readonly assumptions: readonly Assumption[]
}

/** Days of a year times the thousandths that a rate in tenths of a percent counts. */
const denominator = 365n * 1000n

/**
 * Default interest from the day after the due day up to and with the day of payment: actual days over 365, the rate by
 * half-year, one rounding half up (Interest Act 4, 4 a, 5, 12 §). Paid on time: 0 without segments. The standard
 * compensation of commercial debts is not in it. Errors: `calculation.rateUnknown` for a half-year outside the table,
 * `calculation.outOfRange` at `/principalCents`.
 */
export function defaultInterest({ principalCents, dueOn, paidOn, debtor }: DefaultInterestInput): Explained<DefaultInterest> {
  const principal = exactCents(principalCents, '/principalCents')
  const addition = interestAdditions[debtor]
  const segments: InterestSegment[] = []
  const steps: Step[] = []
  const assumptions: Assumption[] = ['actualDaysOver365']
  if (debtor === 'commercial') assumptions.push('commercialRateApplies')
  let numerator = 0n
  let derived = false
  for (let fromOn = paidOn > dueOn ? addDays(dueOn, 1) : null; fromOn !== null && fromOn <= paidOn;) {
    const reference = referenceRateOn(fromOn)
    const toOn = earlierOf(reference.effectiveUntil, paidOn)
    const days = daysBetween(fromOn, toOn) + 1
    const rate = reference.tenthsOfPercent + addition.tenthsOfPercent
    const part = principal * BigInt(days) * BigInt(rate)
    const ratePercent = rate / 10
    const interestCents = decimalText(part, denominator, 6)
    numerator += part
    derived ||= reference.derived
    segments.push({ fromOn, toOn, days, ratePercent, interestCents })
    steps.push(
      step(
        'interestOfHalfYear',
        { principalCents, fromOn, toOn, days, ratePercent },
        interestCents,
        interestAct(`5 §, ${addition.section}`),
        [
          step(
            'ratePercent',
            { referencePercent: reference.tenthsOfPercent / 10, additionPercent: addition.tenthsOfPercent / 10, source: reference.source },
            ratePercent,
            { statute: '633/1982', section: `12 §, ${addition.section}`, checkedOn: reference.checkedOn },
          ),
        ],
      ),
    )
    fromOn = toOn < paidOn ? addDays(toOn, 1) : null
  }
  if (derived) assumptions.push('referenceRateDerived')
  const interestCents = toCents(divideHalfUp(numerator, denominator))
  const days = Math.max(0, daysBetween(dueOn, paidOn))
  return explain({ interestCents, days, segments, assumptions }, [
    step(
      'sumRoundedHalfUp',
      { segments: segments.map((one) => one.interestCents) },
      interestCents,
      productChoice('one rounding, half up'),
      [step('daysLate', { dueOn, paidOn }, days, interestAct('5 §')), ...steps],
    ),
  ])
}
