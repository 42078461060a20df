import { continuationSection, type HeadLeaseEndCause } from './continuation-right.ts'
import type { Day } from './day.ts'
import { step, type Step } from './explain.ts'
import { productChoice, tenancyAct } from './law.ts'
import type { EndReason, LeaseScope, LeaseTerm } from './vocabulary.ts'

/** The end of the lease above a sublease. */
export interface HeadLeaseEnd {
  /** What the law makes of it. */
  readonly term: LeaseTerm
  /** Last day that it holds; null: open. */
  readonly endsOn: Day | null
  /** Why it was ended; null where it was not. */
  readonly endReason: EndReason | null
}

/** Whether the subtenant may go on as the landlord's tenant. `open`: what is recorded of the end does not tell. */
export type Continuation = 'none' | 'right' | 'open'

/** The causes that a reason tells. Of a rescission nobody recorded whose it was and what for; a corrected day has no cause of its own. */
const causes: Partial<Record<EndReason, HeadLeaseEndCause>> = {
  agreement: 'agreement',
  tenantNotice: 'headTenantNotice',
  landlordNotice: 'landlordNotice',
  fixedTermExpired: 'fixedTermExpiry',
}

const causeOf = ({ term, endReason }: HeadLeaseEnd): HeadLeaseEndCause | undefined =>
  endReason === null ? (term === 'fixedTerm' ? 'fixedTermExpiry' : undefined) : causes[endReason]

/**
 * What the end of the head lease means for the sublease (72, 76-78 §; SUB-2, SUB-7, SUB-11). A right stands only while the
 * landlord has no ground to rescind the sublease (76 §), which nobody knows beforehand.
 */
export function continuationAfter(
  head: HeadLeaseEnd,
  scope: LeaseScope,
): { readonly continuation: Continuation; readonly section: string } {
  if (scope === 'partOfFlat') return { continuation: 'none', section: '72 § 2 mom., 78 §' }
  const cause = causeOf(head)
  if (cause === undefined) return { continuation: 'open', section: '76 § 1 mom., 78 §' }
  const section = continuationSection(cause)
  return section === null ? { continuation: 'none', section: '78 §' } : { continuation: 'right', section: `${section}, 77 § 1 mom.` }
}

/** Why the head lease ends on its last day. */
export function headLeaseEndStep({ term, endReason }: HeadLeaseEnd, endsOn: Day): Step {
  if (endReason === null && term === 'fixedTerm') return step('headLeaseEnds', { endsOn }, endsOn, tenancyAct('4 § 1 mom.'))
  const recorded = productChoice('last day as it was recorded')
  return endReason === null
    ? step('headLeaseEndsUnexplained', { endsOn }, endsOn, recorded)
    : step('headLeaseEndedAs', { endsOn, endReason }, endsOn, recorded)
}

const rules: Record<Continuation, string> = {
  none: 'subleaseEndsWithHeadLease',
  right: 'subtenantMayContinue',
  open: 'continuationIsOpen',
}

/** What the head lease's end does to a sublease that would last longer; `ownStep` tells of the sublease's own end. */
export function endWithHeadLeaseStep(head: HeadLeaseEnd, endsOn: Day, scope: LeaseScope, ownEndsOn: Day | null, ownStep: Step): Step {
  const { continuation, section } = continuationAfter(head, scope)
  return step(rules[continuation], { headLeaseEndsOn: endsOn, ownEndsOn }, endsOn, tenancyAct(section), [
    headLeaseEndStep(head, endsOn),
    ownStep,
  ])
}
