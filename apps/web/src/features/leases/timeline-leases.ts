import type { EmptyTimes, HeadLeaseView, SubleaseView } from '@kotoisa/contracts'
import type { Day } from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'
import { formatRange } from '../../lib/format.ts'
import { isOpen } from './lease-view.ts'
import type { TimelineEmptyTimes, TimelineLease } from './timeline.ts'

/** A lease as the timeline draws it. */
export const toHeadBar = (lease: HeadLeaseView): TimelineLease => ({
  id: lease.id,
  reference: lease.reference,
  status: lease.status,
  term: lease.effectiveTerm,
  startsOn: lease.startsOn,
  endsOn: lease.effectiveEndsOn,
  agreedEndsOn: lease.effectiveEndsOn,
  name: lease.landlord.name,
  persons: null,
  vacancyBornBy: lease.vacancyBornBy,
  endReason: lease.endReason,
  scope: 'wholeFlat',
  headLeaseId: null,
})

export const toSubBar = (lease: Extract<SubleaseView, { readonly masked: boolean }>): TimelineLease => ({
  id: lease.id,
  reference: lease.reference,
  status: lease.status,
  term: lease.effectiveTerm,
  startsOn: lease.startsOn,
  endsOn: lease.effectiveEndsOn,
  agreedEndsOn: lease.effectiveTerm === 'indefinite' && lease.endReason === null ? null : lease.endsOn,
  name: isOpen(lease) ? lease.household.name : t('leases.maskedName'),
  persons: lease.householdSize,
  vacancyBornBy: null,
  endReason: lease.endReason,
  scope: lease.scope,
  headLeaseId: lease.headLease?.id ?? null,
})

export const toEmptyTimes = ({ recorded, unrecorded, complete }: EmptyTimes): TimelineEmptyTimes => ({
  times: [...recorded.map(({ startsOn, effectiveEndsOn, bornBy }) => ({ startsOn, endsOn: effectiveEndsOn, bornBy })), ...unrecorded],
  isComplete: complete,
})

/** The drawing in words, for who does not see it. */
export const timelineText = (
  heads: readonly TimelineLease[],
  subs: readonly TimelineLease[],
  empty: readonly { readonly from: Day; readonly to: Day }[],
): string =>
  [
    ...heads.map((lease) => t('leases.timeline.headSummary', { name: lease.name, period: formatRange(lease.startsOn, lease.endsOn) })),
    ...subs.map((lease) => t('leases.timeline.subSummary', { name: lease.name, period: formatRange(lease.startsOn, lease.endsOn) })),
    ...empty.map(({ from, to }) => t('leases.timeline.emptySummary', { period: formatRange(from, to) })),
  ].join(' ')
