import { addDays, addMonths, endOfMonth, startOfMonth, type Day } from './day.ts'
import { explain, step, type Explained, type Step } from './explain.ts'
import { continuationAfter, endWithHeadLeaseStep, headLeaseEndStep, type Continuation, type HeadLeaseEnd } from './head-lease-end.ts'
import { productChoice, tenancyAct } from './law.ts'
import { noticeEnd } from './notice-end.ts'
import { proratedRent } from './prorated-rent.ts'
import type { EndReason, LeaseScope, LeaseTerm, SecurityForm } from './vocabulary.ts'

/** The lease above: what it binds the city to. */
export interface UpperLease extends HeadLeaseEnd {
  readonly rentCents: number | null
}

/** The lease below, drafted or in force. */
export interface LowerLease {
  readonly scope: LeaseScope
  readonly term: LeaseTerm
  readonly startsOn: Day
  readonly endsOn: Day | null
  /** Why it was ended; null where it was not: an open one then has no last day of its own. */
  readonly endReason: EndReason | null
  readonly rentCents: number | null
  readonly securityForm: SecurityForm | null
}

/** The time in which the city pays for a home that its tenant may already have left. */
export interface Exposure {
  /** The last day of a tenant who gives notice as soon as possible, or whose lease runs out or was ended before that. */
  readonly goneOn: Day
  readonly boundUntil: Day
  /** Begun months count: it is the most that may come. */
  readonly months: number
  /** null: no rent is agreed above. */
  readonly cents: number | null
}

/** The head lease ends before the sublease would. */
export interface Cut {
  readonly endsOn: Day
  readonly continuation: Continuation
}

/** Where the two leases differ so that the city bears what its tenant does not. */
export interface LeaseComparison {
  /** What then becomes of the sublease: it ends as well (78 §), or its tenant may go on with the landlord (76-77 §). */
  readonly cut: Explained<Cut> | null
  readonly exposure: Explained<Exposure> | null
  /** Sublease rent less head rent; null where one is not known. */
  readonly rentGapCents: number | null
  /** The city answers for the tenant's damage (19 §) and holds nothing for it. */
  readonly lacksSecurity: boolean
}

/** Compares the two leases of a home as they stand on a day (a sublease to come: on its first day). */
export function compareLeases(head: UpperLease, sub: LowerLease, today: Day): LeaseComparison {
  return {
    cut: cutOf(head, sub),
    exposure: exposureOf(head, sub, today < sub.startsOn ? sub.startsOn : today),
    rentGapCents: head.rentCents === null || sub.rentCents === null ? null : sub.rentCents - head.rentCents,
    lacksSecurity: sub.securityForm === null || sub.securityForm === 'none',
  }
}

/** The last day of a lease that runs out or was ended; null: only a notice or an agreement ends it. */
const ownEnd = ({ term, endsOn, endReason }: LowerLease): Day | null => (term === 'fixedTerm' || endReason !== null ? endsOn : null)

const endedStep = (endsOn: Day, endReason: EndReason): Step =>
  step('endedAs', { endsOn, endReason }, endsOn, productChoice('last day as it was recorded'))

function cutOf(head: UpperLease, sub: LowerLease): Explained<Cut> | null {
  const { endsOn } = head
  const own = ownEnd(sub)
  if (endsOn === null || (own !== null && own <= endsOn)) return null
  const ownStep =
    own === null
      ? step('subleaseIsOpen', {}, null, tenancyAct('4 § 1 mom.'))
      : sub.endReason === null
        ? step('subleaseAgreedUntil', { endsOn: own }, own, tenancyAct('4 § 1 mom.'))
        : endedStep(own, sub.endReason)
  const { continuation } = continuationAfter(head, sub.scope)
  return explain({ endsOn, continuation }, [endWithHeadLeaseStep(head, endsOn, sub.scope, own, ownStep)])
}

/** An indefinite head lease the city gives up as soon as its tenant does, and with as short a time (52 § 1 mom.). */
function exposureOf(head: UpperLease, sub: LowerLease, servedOn: Day): Explained<Exposure> | null {
  const { endsOn: boundUntil, rentCents } = head
  if (head.term !== 'fixedTerm' || boundUntil === null) return null
  const gone = goneOf(sub, servedOn)
  if (gone === null || gone.on >= boundUntil) return null
  const emptyFrom = addDays(gone.on, 1)
  const months = begunMonths(emptyFrom, boundUntil)
  const cents = rentCents === null ? null : rentOfDays(rentCents, emptyFrom, boundUntil)
  return explain({ goneOn: gone.on, boundUntil, months, cents }, [
    gone.step,
    step('headLeaseBinds', { boundUntil }, boundUntil, tenancyAct('51 §, 55 §'), [headLeaseEndStep(head, boundUntil)]),
    ...(rentCents === null || cents === null
      ? []
      : [
          step(
            'emptyRent',
            { emptyFrom, boundUntil, monthlyRentCents: rentCents },
            cents,
            productChoice('rent of the head lease for the empty days'),
          ),
        ]),
  ])
}

interface Gone {
  readonly on: Day
  readonly step: Step
}

/** The day on which an open lease was set to end does not keep its tenant from giving notice before that. */
function goneOf(sub: LowerLease, servedOn: Day): Gone | null {
  const { term, endsOn, endReason } = sub
  const ended = endReason === null || endsOn === null ? null : { on: endsOn, step: endedStep(endsOn, endReason) }
  if (term === 'indefinite') {
    const noticed = noticedBy(sub, servedOn)
    return ended !== null && (noticed === null || ended.on <= noticed.on) ? ended : noticed
  }
  if (ended !== null || endsOn === null) return ended
  return { on: endsOn, step: step('subleaseRunsOut', { endsOn }, endsOn, tenancyAct('4 § 1 mom.')) }
}

function noticedBy({ term, startsOn }: LowerLease, servedOn: Day): Gone | null {
  const notice = noticeEnd({
    layer: 'sublease',
    givenBy: 'tenant',
    term,
    tenancyStartsOn: startsOn,
    servedOn,
    groundStated: true,
    endDateStated: true,
  })
  const { endsOn: on } = notice.result
  const counted = notice.steps.filter(({ rule }) => rule === 'leaseEnds')
  return on === null ? null : { on, step: step('tenantMayLeave', { servedOn }, on, tenancyAct('52 § 1 mom.'), counted) }
}

function begunMonths(from: Day, lastOn: Day): number {
  let months = 1
  while (addMonths(from, months) <= lastOn) months += 1
  return months
}

/** Whole months by the month's rent, others by their days. */
function rentOfDays(monthlyRentCents: number, from: Day, lastOn: Day): number {
  let cents = 0
  for (let day = from; day <= lastOn; day = addDays(endOfMonth(day), 1)) {
    const monthEndsOn = endOfMonth(day)
    const toOn = monthEndsOn < lastOn ? monthEndsOn : lastOn
    cents +=
      day === startOfMonth(day) && toOn === monthEndsOn
        ? monthlyRentCents
        : proratedRent({ monthlyRentCents, fromOn: day, toOn }).result.rentCents
  }
  return cents
}
