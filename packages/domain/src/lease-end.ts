import type { Day } from './day.ts'
import { explain, step, type Explained } from './explain.ts'
import { endWithHeadLeaseStep, type HeadLeaseEnd } from './head-lease-end.ts'
import { productChoice, tenancyAct } from './law.ts'
import type { EndReason, LeaseScope, LeaseTerm } from './vocabulary.ts'

export interface LeaseEndInput {
  readonly effectiveTerm: LeaseTerm
  /** As agreed, or as set by the end command. */
  readonly endsOn: Day | null
  /** Why it was ended; null where it was not. */
  readonly endReason: EndReason | null
  readonly scope: LeaseScope
  /** The lease above; null: there is none. */
  readonly headLease: HeadLeaseEnd | null
}

/** The last day that a lease holds and what makes it so (4, 51, 52, 76-78 §); null: open. */
export function leaseEnd({ effectiveTerm, endsOn, endReason, scope, headLease }: LeaseEndInput): Explained<Day | null> {
  const isSet = endsOn !== null && (endReason !== null || effectiveTerm === 'fixedTerm')
  const own = isSet ? endsOn : null
  const ownStep =
    own === null
      ? step('endsByNotice', {}, null, tenancyAct('51 §, 52 §'))
      : endReason === null
        ? step('fixedTermRunsOut', { endsOn: own }, own, tenancyAct('4 § 1 mom.'))
        : step('endedAs', { endsOn: own, endReason }, own, productChoice('last day as it was recorded'))
  const headLeaseEndsOn = headLease?.endsOn ?? null
  if (headLease === null || headLeaseEndsOn === null || (own !== null && own <= headLeaseEndsOn)) return explain(own, [ownStep])
  return explain<Day | null>(headLeaseEndsOn, [endWithHeadLeaseStep(headLease, headLeaseEndsOn, scope, own, ownStep)])
}
