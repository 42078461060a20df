import type { HeadLeaseView } from '@kotoisa/contracts'
import { addDays, addMonths, daysBetween, type Day, type LeaseTerm, type SecurityForm } from '@kotoisa/domain'
import { noticeEnd } from '@kotoisa/domain'

/** The sublease that is about to be drafted. */
export interface PlannedSublease {
  readonly term: LeaseTerm
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly rentCents: number | null
  readonly securityForm: SecurityForm | null
  readonly securityCents: number | null
}

/** The time in which the city pays for a home that its tenant may already have left. */
export interface Exposure {
  /** The last day of a tenant who gives notice as soon as possible, or whose fixed term ends. */
  readonly goneOn: Day
  readonly boundUntil: Day
  readonly months: number
  readonly cents: number | null
}

export interface Comparison {
  /** The sublease ends with the head lease before its own end (78 §). */
  readonly cutOn: Day | null
  readonly exposure: Exposure | null
  /** Sublease rent less head rent; null where one is not known. */
  readonly rentGapCents: number | null
  readonly lacksSecurity: boolean
}

export function compareLeases(head: HeadLeaseView, sub: PlannedSublease): Comparison {
  const { effectiveEndsOn: headEndsOn } = head
  const isCut = headEndsOn !== null && (sub.term === 'indefinite' || sub.endsOn === null || sub.endsOn > headEndsOn)
  return {
    cutOn: isCut ? headEndsOn : null,
    exposure: exposureOf(head, sub),
    rentGapCents: head.rentCents === null || sub.rentCents === null ? null : sub.rentCents - head.rentCents,
    lacksSecurity: sub.securityForm === null || sub.securityForm === 'none',
  }
}

function exposureOf(head: HeadLeaseView, sub: PlannedSublease): Exposure | null {
  const { effectiveEndsOn: headEndsOn, effectiveTerm, rentCents } = head
  // The city can give notice of an indefinite head lease as soon as it gets one, and with as short a time.
  if (effectiveTerm !== 'fixedTerm' || headEndsOn === null) return null
  const goneOn =
    sub.term === 'fixedTerm'
      ? sub.endsOn
      : noticeEnd({
          ...sub,
          layer: 'sublease',
          givenBy: 'tenant',
          tenancyStartsOn: sub.startsOn,
          servedOn: sub.startsOn,
          groundStated: true,
          endDateStated: true,
        }).result.endsOn
  if (goneOn === null || goneOn >= headEndsOn) return null
  const months = wholeMonths(addDays(goneOn, 1), addDays(headEndsOn, 1))
  return { goneOn, boundUntil: headEndsOn, months, cents: rentCents === null ? null : rentCents * months }
}

function wholeMonths(from: Day, to: Day): number {
  let months = Math.max(0, Math.floor(daysBetween(from, to) / 31))
  while (addMonths(from, months + 1) <= to) months += 1
  return months
}
