import { addDays, addMonths, endOfMonth, laterOf, startOfMonth, type Day } from './day.ts'
import { explain, step, type Explained, type Step } from './explain.ts'
import { productChoice, tenancyAct } from './law.ts'
import type { Assumption, LeaseLayer, LeaseTerm } from './vocabulary.ts'
import { nextWorkingDay } from './working-days.ts'

export const noticeGivers = ['landlord', 'tenant'] as const
export type NoticeGiver = (typeof noticeGivers)[number]

/** Sections that let a fixed-term lease be ended by notice (51 §). */
export const fixedTermGrounds = [39, 44, 46, 55, 90, 91] as const
export type FixedTermGround = (typeof fixedTermGrounds)[number]

export const noticeFaults = ['notServed', 'subtenantNotServed', 'fixedTerm', 'groundMissing', 'endDateMissing'] as const
export type NoticeFault = (typeof noticeFaults)[number]

/** `givenBy` is the party of that layer: the city is the tenant of a head lease and the landlord of a sublease. */
export interface NoticeEndInput {
  readonly layer: LeaseLayer
  readonly givenBy: NoticeGiver
  readonly term: LeaseTerm
  readonly tenancyStartsOn: Day
  readonly servedOn: Day | null
  readonly groundStated: boolean
  readonly endDateStated: boolean
  /** A landlord's notice on a head lease goes to the subtenant too (75 §); absent is as null. */
  readonly subtenantServedOn?: Day | null
  readonly fixedTermGround?: FixedTermGround | null
}

export interface NoticeEnd {
  readonly effective: boolean
  readonly reason?: NoticeFault
  readonly noticeMonths: 1 | 3 | 6 | null
  readonly endsOn: Day | null
  readonly movingDay: Day | null
  readonly fullHandoverOn: Day | null
  readonly courtPermissionNeeded?: true
  readonly assumptions: readonly Assumption[]
}

/** Why the notice has no effect, in the order in which the reasons are tried; null when it has. */
function faultOf(input: NoticeEndInput): NoticeFault | null {
  if (input.servedOn === null) return 'notServed'
  const both = input.layer === 'headLease' && input.givenBy === 'landlord'
  if (both && (input.subtenantServedOn ?? null) === null) return 'subtenantNotServed'
  if (input.term === 'fixedTerm' && (input.fixedTermGround ?? null) === null) return 'fixedTerm'
  // 54 § asks for the ground and the end date of the landlord's notice only
  if (input.givenBy === 'landlord' && !input.groundStated) return 'groundMissing'
  if (input.givenBy === 'landlord' && !input.endDateStated) return 'endDateMissing'
  return null
}

const faultSections: Record<NoticeFault, string> = {
  notServed: '54 § 3, 5 mom.',
  subtenantNotServed: '75 §',
  fixedTerm: '51 §, 55 §',
  groundMissing: '54 § 1 mom.',
  endDateMissing: '54 § 1 mom.',
}

/**
 * When a lease ends after a notice, and when the flat is handed over (51, 52, 54, 68, 75 §; NOT-1..6, SUB-6, MOVE-1).
 * An ineffective notice has a `reason` and null dates. Days are inclusive; the period runs from the last day of the month
 * of service. The lease ends where the month ends; only the moving day shifts (12 §).
 * Errors: `calculation.outOfRange` beyond 2200.
 */
export function noticeEnd(input: NoticeEndInput): Explained<NoticeEnd> {
  const { layer, givenBy, term, tenancyStartsOn, servedOn } = input
  const bothServed = layer === 'headLease' && givenBy === 'landlord'
  const subtenantServedOn = bothServed ? (input.subtenantServedOn ?? null) : null
  const fixedTermGround = term === 'fixedTerm' ? (input.fixedTermGround ?? null) : null
  const courtPermission = fixedTermGround === 55 ? ({ courtPermissionNeeded: true } as const) : {}
  const fault = faultOf(input)
  const effectStep = step(
    'noticeEffective',
    {
      layer,
      givenBy,
      term,
      servedOn,
      subtenantServedOn,
      fixedTermGround,
      groundStated: input.groundStated,
      endDateStated: input.endDateStated,
    },
    fault ?? true,
    tenancyAct(fault === null ? '54 §' : faultSections[fault]),
  )
  if (fault !== null || servedOn === null) {
    const reason = fault ?? 'notServed'
    const none = { noticeMonths: null, endsOn: null, movingDay: null, fullHandoverOn: null }
    return explain({ effective: false, reason, ...none, ...courtPermission, assumptions: [] }, [effectStep])
  }

  const assumptions: Assumption[] = []
  const countedFrom = subtenantServedOn === null ? servedOn : laterOf(servedOn, subtenantServedOn)
  const serviceSteps: Step[] = []
  if (subtenantServedOn !== null) {
    // whether serving one of the two is enough is open: the later day protects the subtenant
    assumptions.push('laterServiceCounts')
    serviceSteps.push(step('laterService', { servedOn, subtenantServedOn }, countedFrom, tenancyAct('75 §')))
  }

  const yearFullOn = addMonths(tenancyStartsOn, 12)
  const lastedYear = yearFullOn <= countedFrom
  const noticeMonths = givenBy === 'tenant' ? 1 : lastedYear ? 6 : 3
  // on the eve of the anniversary a year has passed by one way of counting and not by the other
  if (givenBy === 'landlord' && addDays(yearFullOn, -1) === countedFrom) assumptions.push('yearIsFullOnAnniversary')
  const lengthSteps =
    givenBy === 'tenant'
      ? []
      : [step('tenancyLastedYear', { tenancyStartsOn, yearFullOn, countedFrom }, lastedYear, tenancyAct('52 § 1, 2 mom.'))]
  const monthsStep = step('noticeMonths', { givenBy }, noticeMonths, tenancyAct('52 § 1 mom.'), lengthSteps)

  const monthEndsOn = endOfMonth(countedFrom)
  const endsOn = endOfMonth(addMonths(startOfMonth(countedFrom), noticeMonths))
  const movingDay = nextWorkingDay(addDays(endsOn, 1))
  const fullHandoverOn = nextWorkingDay(addDays(movingDay, 1))
  assumptions.push('nextDayMovesToWorkingDay')

  const endStep = step('leaseEnds', { monthEndsOn, noticeMonths }, endsOn, tenancyAct('52 § 1 mom.'), [
    step('periodStarts', { countedFrom }, monthEndsOn, tenancyAct('52 § 1 mom.'), serviceSteps),
    monthsStep,
  ])
  const movingStep = step('movingDay', { endsOn }, movingDay, tenancyAct('68 §, 12 § 4 mom.'))
  const handoverStep = step('fullHandover', { movingDay }, fullHandoverOn, tenancyAct('68 §, 12 § 4 mom.'), [
    step('nextDayMovesToWorkingDay', { movingDay }, fullHandoverOn, productChoice('conservative reading of 12 and 68 §')),
  ])
  return explain({ effective: true, noticeMonths, endsOn, movingDay, fullHandoverOn, ...courtPermission, assumptions }, [
    effectStep,
    endStep,
    movingStep,
    handoverStep,
  ])
}
