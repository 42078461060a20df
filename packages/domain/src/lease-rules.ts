import { earlierOf, type Day } from './day.ts'
import type { Citation } from './explain.ts'
import { continuationAfter, type HeadLeaseEnd } from './head-lease-end.ts'
import { tenancyAct } from './law.ts'
import { DomainError, type Fault } from './problems.ts'
import { termChain, type AgreedTerm } from './term-chain.ts'
import type { LeaseScope, LeaseStatus, LeaseTerm } from './vocabulary.ts'

/** Commands on a lease: the states each may start from, and the state it leads to (null: the state stays). */
export const leaseTransitions = {
  sign: { from: ['draft'], to: 'signed' },
  activate: { from: ['signed'], to: 'active' },
  end: { from: ['signed', 'active'], to: null },
  extend: { from: ['signed', 'active'], to: null },
  withdraw: { from: ['draft'], to: null },
} as const satisfies Record<string, { readonly from: readonly LeaseStatus[]; readonly to: LeaseStatus | null }>

export type LeaseCommand = keyof typeof leaseTransitions

/** One state back, on the day the step was taken; an ended lease goes back to active. A draft has nothing to take back. */
export const leaseReversions = { signed: 'draft', active: 'signed', ended: 'active' } as const

/** Whether a command may start from a state; what a role may do is not asked here. */
export function mayRun(command: LeaseCommand, status: LeaseStatus): boolean {
  const from: readonly LeaseStatus[] = leaseTransitions[command].from
  return from.includes(status)
}

/**
 * Refuses a command from a wrong state (all 409): `lease.alreadySigned` for a second signing, `lease.notDraft` for
 * withdrawing what is no draft, else `lease.wrongState`.
 */
export function requireTransition(command: LeaseCommand, status: LeaseStatus): void {
  if (mayRun(command, status)) return
  const code = command === 'sign' ? 'lease.alreadySigned' : command === 'withdraw' ? 'lease.notDraft' : 'lease.wrongState'
  throw new DomainError(code, { command, status })
}

/** First and last day, inclusive; `endsOn` null = open. */
export interface Span {
  readonly startsOn: Day
  readonly endsOn: Day | null
}

export interface LeaseDays extends Span {
  readonly effectiveTerm: LeaseTerm
  /** Last day set by the end command, null while the lease has not been ended. */
  readonly endedOn: Day | null
}

/**
 * What the law makes of a lease's last agreed term, with the earlier terms of the same tenant and flat (4, 5 §).
 * `terms` as in `termChain`, which explains the answer.
 */
export function effectiveTerm(terms: readonly AgreedTerm[]): LeaseTerm {
  return termChain({ terms }).result.effectiveTerm
}

/**
 * The days a lease holds by itself. The agreed end counts only where the term is fixed in law: a lease deemed indefinite
 * does not run out. An end command cuts either. Null where nothing is left.
 */
export function leaseSpan({ startsOn, endsOn, effectiveTerm: term, endedOn }: LeaseDays): Span | null {
  const agreed = term === 'fixedTerm' ? endsOn : null
  return cut({ startsOn, endsOn: agreed }, endedOn)
}

/**
 * The days a sublease holds: its own, cut where the head lease's span ends, since it ends at that moment (78 §). Null
 * where nothing is left. Overlaps are judged on this.
 */
export function subleaseSpan(sublease: LeaseDays, headLease: Span): Span | null {
  const own = leaseSpan(sublease)
  return own === null ? null : cut(own, headLease.endsOn)
}

function cut(span: Span, lastOn: Day | null): Span | null {
  if (lastOn === null) return span
  if (lastOn < span.startsOn) return null
  return { startsOn: span.startsOn, endsOn: span.endsOn === null ? lastOn : earlierOf(span.endsOn, lastOn) }
}

/** A lease reads as ended when it was signed and its span is past, without a job; a draft stays a draft. */
export function statusOn(stored: LeaseStatus, span: Span | null, today: Day): LeaseStatus {
  if (stored !== 'signed' && stored !== 'active') return stored
  return span === null || (span.endsOn !== null && span.endsOn < today) ? 'ended' : stored
}

export interface AgreedDays extends Span {
  readonly term: LeaseTerm
}

/** Faults of a lease's own days (422): a fixed term without an end, an agreed end on an indefinite one, reversed days. */
export function termFaults({ startsOn, endsOn, term }: AgreedDays): Fault[] {
  if (term === 'fixedTerm' && endsOn === null) return [{ code: 'lease.endMissing', pointer: '/endsOn' }]
  if (term === 'indefinite' && endsOn !== null) return [{ code: 'lease.endNotAllowed', pointer: '/endsOn' }]
  if (endsOn !== null && endsOn < startsOn) {
    return [{ code: 'date.reversed', params: { from: startsOn, to: endsOn }, pointer: '/endsOn' }]
  }
  return []
}

/**
 * Faults of a sublease's days (422): its own, and those outside the head lease. It starts inside the head lease and a fixed
 * one ends inside it; an indefinite one may stand under a fixed head lease (a warning, 78 §).
 */
export function subleaseDayFaults(sublease: AgreedDays, headLease: Span): Fault[] {
  const params = { headLeaseStartsOn: headLease.startsOn, headLeaseEndsOn: headLease.endsOn }
  const outside = (day: Day): boolean => day < headLease.startsOn || (headLease.endsOn !== null && day > headLease.endsOn)
  const faults = termFaults(sublease)
  if (outside(sublease.startsOn)) faults.push({ code: 'date.outsideHeadLease', params, pointer: '/startsOn' })
  const fixedEnd = sublease.term === 'fixedTerm' ? sublease.endsOn : null
  if (faults.length === 0 && fixedEnd !== null && outside(fixedEnd)) {
    faults.push({ code: 'date.outsideHeadLease', params, pointer: '/endsOn' })
  }
  return faults
}

export const leaseWarnings = [
  'indefiniteUnderFixedHeadLease',
  'termIsIndefiniteByLaw',
  'endsWithHeadLease',
  'mayContinueWithLandlord',
  'continuationIsOpen',
] as const
export type LeaseWarningCode = (typeof leaseWarnings)[number]

export interface LeaseWarning {
  readonly code: LeaseWarningCode
  readonly params: { readonly endsOn: Day | null }
  readonly citation: Citation
}

/** What a reader of a sublease must know though it refuses nothing: what ends it earlier or later than was agreed. */
export function subleaseWarnings(
  sublease: AgreedDays & { readonly effectiveTerm: LeaseTerm; readonly endedOn: Day | null; readonly scope: LeaseScope },
  headLease: HeadLeaseEnd | null,
): LeaseWarning[] {
  const warnings: LeaseWarning[] = []
  if (sublease.term === 'fixedTerm' && sublease.effectiveTerm === 'indefinite') {
    warnings.push({ code: 'termIsIndefiniteByLaw', params: { endsOn: sublease.endsOn }, citation: tenancyAct('4 § 1 mom., 5 § 1 mom.') })
  }
  const own = leaseSpan(sublease)
  if (own === null || headLease === null || headLease.endsOn === null) return warnings
  if (own.endsOn !== null && own.endsOn <= headLease.endsOn) return warnings
  const { continuation, section } = continuationAfter(headLease, sublease.scope)
  const ends = own.endsOn === null ? 'indefiniteUnderFixedHeadLease' : 'endsWithHeadLease'
  const codes = { none: ends, right: 'mayContinueWithLandlord', open: 'continuationIsOpen' } as const
  warnings.push({ code: codes[continuation], params: { endsOn: headLease.endsOn }, citation: tenancyAct(section) })
  return warnings
}
