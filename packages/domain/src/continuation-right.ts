import { addDays, addMonths, earlierOf, laterOf, type Day } from './day.ts'
import { explain, step, type Explained, type Step } from './explain.ts'
import { tenancyAct } from './law.ts'
import type { LeaseScope } from './vocabulary.ts'
import { nextWorkingDay } from './working-days.ts'

/** Why the head lease ends. */
export const headLeaseEndCauses = [
  'agreement',
  'headTenantNotice',
  'headTenantRescission',
  'landlordRescissionUnpaidRent',
  'landlordRescissionSecurity',
  'landlordRescissionBankruptcy',
  'headTenantDissolution',
  'landlordNotice',
  'landlordRescissionOther',
  'fixedTermExpiry',
  'flatDestroyed',
] as const
export type HeadLeaseEndCause = (typeof headLeaseEndCauses)[number]

/** The four cases of 76 §, by cause; the other causes end the sublease with the head lease (78 §) or lapse it (67 §). */
const rightSections: Partial<Record<HeadLeaseEndCause, string>> = {
  agreement: '76 § 1 mom. 1 kohta',
  headTenantNotice: '76 § 1 mom. 2 kohta',
  headTenantRescission: '76 § 1 mom. 2 kohta',
  landlordRescissionUnpaidRent: '76 § 1 mom. 3 kohta',
  landlordRescissionSecurity: '76 § 1 mom. 3 kohta',
  landlordRescissionBankruptcy: '76 § 1 mom. 3 kohta',
  headTenantDissolution: '76 § 1 mom. 4 kohta',
}

/** Where the right stands that the cause gives; null: it gives none. */
export const continuationSection = (cause: HeadLeaseEndCause): string | null => rightSections[cause] ?? null

export interface ContinuationRightInput {
  readonly scope: LeaseScope
  readonly cause: HeadLeaseEndCause
  readonly groundKnownOn: Day | null
  readonly termsKnownOn: Day | null
  readonly headLeaseEndsOn: Day
  /** Last day of a fixed sublease, null for an indefinite one. */
  readonly subleaseEndsOn: Day | null
  /** The landlord has a ground to rescind the sublease, which takes the right away (76 §). */
  readonly landlordMayRescind: boolean
  readonly continuationNoticeReceivedOn?: Day | null
}

export interface ContinuationRight {
  readonly arises: boolean
  /** Last day for the subtenant's notice; null when there is no right, or the clock has not started. */
  readonly noticeDueOn: Day | null
  readonly endsNotBefore: Day | null
  readonly directLeaseFrom: Day | null
  readonly directLeaseUntil: Day | null
  /** Whether the notice came in time; null when none was received. */
  readonly noticeInTime: boolean | null
  readonly landlordMayContestUntil: Day | null
}

/** Without a right the sublease ends with the head lease, or earlier where its own fixed term does (78 §). */
function withoutRight(input: ContinuationRightInput, rightStep: Step): Explained<ContinuationRight> {
  const { headLeaseEndsOn, subleaseEndsOn } = input
  const endsNotBefore = subleaseEndsOn === null ? headLeaseEndsOn : earlierOf(headLeaseEndsOn, subleaseEndsOn)
  const section = input.cause === 'flatDestroyed' ? '67 §' : '78 §'
  const endStep = step('subleaseEndsWithHeadLease', { headLeaseEndsOn, subleaseEndsOn }, endsNotBefore, tenancyAct(section))
  const result: ContinuationRight = {
    arises: false,
    noticeDueOn: null,
    endsNotBefore,
    directLeaseFrom: null,
    directLeaseUntil: null,
    noticeInTime: null,
    landlordMayContestUntil: null,
  }
  return explain(result, [rightStep, endStep])
}

/**
 * Whether the subtenant may continue as the landlord's direct tenant when the head lease ends, and by when (72, 76-78 §;
 * SUB-2, SUB-7..11). The month of 77 § runs only when both the ground and the head-lease terms are known; without it the
 * right stands, no clock runs and nothing ends. A direct lease needs a day to begin: where a fixed sublease ends before
 * that, or the notice came late, both its days are null. Errors: `calculation.outOfRange` beyond 2200.
 */
export function continuationRight(input: ContinuationRightInput): Explained<ContinuationRight> {
  const { scope, cause, groundKnownOn, termsKnownOn, headLeaseEndsOn, subleaseEndsOn, landlordMayRescind } = input
  const rightSection = rightSections[cause]
  const arises = scope === 'wholeFlat' && rightSection !== undefined && !landlordMayRescind
  const rightStep = step('rightArises', { scope, cause, landlordMayRescind }, arises, tenancyAct(rightSection ?? '76 §, 78 §'), [
    step('wholeFlatLet', { scope }, scope === 'wholeFlat', tenancyAct('72 § 2 mom.')),
    step('causeGivesRight', { cause }, rightSection !== undefined, tenancyAct(rightSection ?? '76 § 1 mom.')),
    step('landlordMayNotRescind', { landlordMayRescind }, !landlordMayRescind, tenancyAct('76 §')),
  ])
  if (!arises) return withoutRight(input, rightStep)

  const bothKnownOn = groundKnownOn === null || termsKnownOn === null ? null : laterOf(groundKnownOn, termsKnownOn)
  const monthEndsOn = bothKnownOn === null ? null : addMonths(bothKnownOn, 1)
  const noticeDueOn = monthEndsOn === null ? null : nextWorkingDay(monthEndsOn)
  const clockStep = step('noticeDue', { monthEndsOn }, noticeDueOn, tenancyAct('77 § 1 mom., 12 §'), [
    step('groundAndTermsKnown', { groundKnownOn, termsKnownOn }, bothKnownOn, tenancyAct('77 § 1 mom.')),
  ])
  const endsNotBefore = noticeDueOn === null ? null : laterOf(headLeaseEndsOn, noticeDueOn)
  const endStep = step('endsNotBefore', { headLeaseEndsOn, noticeDueOn }, endsNotBefore, tenancyAct('77 § 1 mom.'))

  const receivedOn = input.continuationNoticeReceivedOn ?? null
  const noticeInTime = receivedOn === null ? null : noticeDueOn === null || receivedOn <= noticeDueOn
  const landlordMayContestUntil = receivedOn === null ? null : nextWorkingDay(addMonths(receivedOn, 1))

  const earliest = endsNotBefore === null ? null : addDays(endsNotBefore, 1)
  const lapses = noticeInTime === false || (earliest !== null && subleaseEndsOn !== null && subleaseEndsOn < earliest)
  const directLeaseFrom = lapses ? null : earliest
  const directLeaseUntil = lapses ? null : subleaseEndsOn
  const steps = [
    rightStep,
    clockStep,
    endStep,
    step('directLeaseFrom', { endsNotBefore, noticeInTime, subleaseEndsOn }, directLeaseFrom, tenancyAct('77 § 1, 4 mom.')),
    step('directLeaseUntil', { subleaseEndsOn, directLeaseFrom }, directLeaseUntil, tenancyAct('77 § 4 mom.')),
  ]
  if (receivedOn !== null) {
    steps.push(
      step('noticeInTime', { receivedOn, noticeDueOn }, noticeInTime, tenancyAct('77 § 1 mom.')),
      step('landlordMayContestUntil', { receivedOn }, landlordMayContestUntil, tenancyAct('77 § 2 mom., 12 §')),
    )
  }
  const result = { arises, noticeDueOn, endsNotBefore, directLeaseFrom, directLeaseUntil, noticeInTime, landlordMayContestUntil }
  return explain(result, steps)
}
