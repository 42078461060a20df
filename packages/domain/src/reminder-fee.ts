import { addDays, type Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { exactCents } from './money.ts'
import { reminderFeeRules, ruleOn } from './rates.ts'
import type { Assumption } from './vocabulary.ts'

export const reminderFeeFaults = ['tooEarly', 'tooSoonAfterPrevious', 'feeTooHigh'] as const
export type ReminderFeeFault = (typeof reminderFeeFaults)[number]

export interface ReminderFeeInput {
  readonly dueOn: Day
  readonly previousReminderOn: Day | null
  readonly sentOn: Day
  readonly feeCents: number
}

export interface ReminderFee {
  readonly allowed: boolean
  readonly reason?: ReminderFeeFault
  /** First day on which a fee may be asked. */
  readonly earliestOn: Day
  readonly maximumCents: number
  readonly assumptions: readonly Assumption[]
}

/**
 * Whether a fee may be asked for a reminder to a private person: at most the cap, not before fourteen days from the due
 * day and from the last reminder (Debt Collection Act 10 a, 10 b §). The due day is one fixed by the lease, without an
 * invoice; that is assumed and said. Errors: `calculation.ruleUnknown` before the rule's first day, `calculation.outOfRange`.
 */
export function reminderFee({ dueOn, previousReminderOn, sentOn, feeCents }: ReminderFeeInput): Explained<ReminderFee> {
  const rule = ruleOn(reminderFeeRules, sentOn)
  const fee = exactCents(feeCents, '/feeCents')
  const { maximumCents, waitingDays } = rule
  const afterDueOn = addDays(dueOn, waitingDays)
  const afterPreviousOn = previousReminderOn === null ? null : addDays(previousReminderOn, waitingDays)
  const earliestOn = afterPreviousOn !== null && afterPreviousOn > afterDueOn ? afterPreviousOn : afterDueOn
  const lateEnough = sentOn >= afterDueOn
  const farEnough = afterPreviousOn === null || sentOn >= afterPreviousOn
  const withinCap = fee <= BigInt(maximumCents)
  const reason = !lateEnough ? 'tooEarly' : !farEnough ? 'tooSoonAfterPrevious' : withinCap ? undefined : 'feeTooHigh'
  const cite = (section: string) => ({ statute: '513/1999', section, checkedOn: rule.checkedOn })
  const result: ReminderFee = {
    allowed: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    earliestOn,
    maximumCents,
    assumptions: ['dueDateFixedByContract'],
  }
  return explain(result, [
    step('feeAllowed', { dueOn, previousReminderOn, sentOn, feeCents }, result.allowed, cite('10 a, 10 b §'), [
      step('daysFromDueDay', { dueOn, waitingDays, earliestOn: afterDueOn, sentOn }, lateEnough, cite('10 b §')),
      step('daysFromPreviousReminder', { previousReminderOn, waitingDays, earliestOn: afterPreviousOn, sentOn }, farEnough, cite('10 b §')),
      step('feeWithinCap', { feeCents, maximumCents }, withinCap, cite('10 a §')),
    ]),
  ])
}
