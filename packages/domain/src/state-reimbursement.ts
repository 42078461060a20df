import { addDays, addMonths, type Day } from './day.ts'
import { explain, step, type Explained, type Step } from './explain.ts'
import { toCents } from './money.ts'
import { DomainError } from './problems.ts'
import { reimbursementRules, ruleOn } from './rates.ts'
import type { Assumption } from './vocabulary.ts'

export const reimbursementGrounds = ['quotaRefugee', 'asylum', 'temporaryProtection'] as const
export type ReimbursementGround = (typeof reimbursementGrounds)[number]

export const reimbursementRowRules = ['underSeven', 'sevenOrOver', 'firstAdultYear', 'oldLaw'] as const
export type ReimbursementRowRule = (typeof reimbursementRowRules)[number]

export interface StateReimbursementInput {
  readonly ground: ReimbursementGround
  /** Full years on the day the period begins. */
  readonly ageAtStart: number
  readonly homeMunicipalityFrom: Day
}

export interface ReimbursementRow {
  readonly fromOn: Day
  readonly toOn: Day
  readonly rule: ReimbursementRowRule
  readonly cents: number | null
}

export interface StateReimbursement {
  /** Last day inside. */
  readonly until: Day
  /** Null where the amounts of the old law apply: they are not entered. */
  readonly totalCents: number | null
  readonly rows: readonly ReimbursementRow[]
  readonly assumptions: readonly Assumption[]
}

/**
 * The calculated reimbursement that the state pays the municipality for one person: how long and how much (681/2023 59,
 * 61, 102 §; decree 872/2024). A period that began before 2025 keeps its old length and has no total here. The age in each
 * year of the period is `ageAtStart` plus the full years passed (how a birthday inside a year is split is open).
 * Errors: `calculation.ruleUnknown` for temporary protection and before the first rule, `calculation.outOfRange` at `/ageAtStart`.
 */
export function stateReimbursement({ ground, ageAtStart, homeMunicipalityFrom }: StateReimbursementInput): Explained<StateReimbursement> {
  if (ground === 'temporaryProtection') throw new DomainError('calculation.ruleUnknown', { ground }, { pointer: '/ground' })
  if (!Number.isInteger(ageAtStart) || ageAtStart < 0 || ageAtStart > 130) {
    throw new DomainError('calculation.outOfRange', { minimum: 0, maximum: 130 }, { pointer: '/ageAtStart' })
  }
  const rule = ruleOn(reimbursementRules, homeMunicipalityFrom)
  const { amounts } = rule
  const years = rule.years[ground]
  const until = addDays(addMonths(homeMunicipalityFrom, 12 * years), -1)
  const citation = { statute: '681/2023', section: amounts === null ? '102 § 6 mom.' : '59 §, 61 §', checkedOn: rule.checkedOn }
  const untilStep = step('until', { homeMunicipalityFrom, ground, years, statute: rule.statute }, until, citation)

  const rows: ReimbursementRow[] = []
  const steps: Step[] = []
  let adultYearSeen = false
  let total = 0n
  for (let year = 0; year < years; year += 1) {
    const fromOn = addMonths(homeMunicipalityFrom, 12 * year)
    const toOn = addDays(addMonths(homeMunicipalityFrom, 12 * (year + 1)), -1)
    const age = ageAtStart + year
    const put = (name: ReimbursementRowRule, cents: number | null): void => {
      if (cents !== null) total += BigInt(cents)
      rows.push({ fromOn, toOn, rule: name, cents })
      steps.push(step(name, { fromOn, toOn, age, source: rule.source }, cents, citation))
    }
    if (amounts === null) {
      put('oldLaw', null)
      continue
    }
    if (age < 7) put('underSeven', amounts.underSevenCents)
    else put('sevenOrOver', amounts.sevenOrOverCents)
    if (age >= 18 && !adultYearSeen) {
      adultYearSeen = true
      put('firstAdultYear', amounts.firstAdultYearCents)
    }
  }
  const totalCents = amounts === null ? null : toCents(total)
  const assumptions: Assumption[] = amounts === null ? ['oldAmountsNotEntered'] : ['ageAtStartDecides', 'amountsHoldForLaterYears']
  return explain({ until, totalCents, rows, assumptions }, [
    untilStep,
    step('sumOfRows', { rows: rows.map(({ cents }) => cents) }, totalCents, citation, steps),
  ])
}
