import type { HeadLeaseView, RentPart, Sublease } from '@kotoisa/contracts'
import {
  compareLeases,
  type Continuation,
  type Day,
  type EndReason,
  type LeaseComparison,
  type LeaseScope,
  type LeaseTerm,
  type RentPartKind,
  type SecurityForm,
} from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'
import { formatDay, formatMoney, formatRange } from '../../lib/format.ts'
import type { ShownStep } from '../../ui/detail/StepsTree.vue'
import { noticePeriod, shown } from './explain.ts'
import type { LeaseTerms } from './lease-view.ts'
import { rentText } from './rent-text.ts'

interface Part {
  readonly kind: RentPartKind | null
  readonly label: string | null
  readonly cents: number | null
}

/** One of the two leases, in force or about to be drafted; the parts of the rent are those of the day shown. */
export interface ComparedLease {
  readonly term: LeaseTerm
  readonly startsOn: Day
  readonly endsOn: Day | null
  /** Why it was ended; null where it was not. */
  readonly endReason: EndReason | null
  readonly rentCents: number | null
  readonly rentParts: readonly Part[]
  readonly dueDay: number | null
  readonly securityForm: SecurityForm | null
  readonly securityCents: number | null
}

export interface ComparedSublease extends ComparedLease {
  readonly scope: LeaseScope
}

export interface ComparisonRow {
  readonly name: string
  readonly head: string
  readonly sub: string
  readonly differs: boolean
  /** What the difference means for the city; without a title `text` tells why that is not known. */
  readonly title?: string
  readonly text?: string
  readonly steps?: readonly ShownStep[]
}

/** A sublease as its page has it: by its own end, not by that of its head lease. */
export const comparedSublease = (lease: Sublease, today: Day): ComparedSublease => ({
  ...lease,
  term: lease.effectiveTerm,
  endsOn: lease.endReason === null && lease.effectiveTerm === 'indefinite' ? null : lease.endsOn,
  rentParts: shownParts(lease, today),
})

/** Head leases come with their own end only: nothing stands above them. */
export const comparedHeadLease = (lease: HeadLeaseView, today: Day): ComparedLease => ({
  ...lease,
  term: lease.effectiveTerm,
  endsOn: lease.effectiveEndsOn,
  rentParts: shownParts(lease, today),
})

const shownParts = ({ rentParts, startsOn }: LeaseTerms, today: Day): RentPart[] => partsOn(rentParts, startsOn > today ? startsOn : today)

const partsOn = (parts: readonly RentPart[], day: Day): RentPart[] =>
  parts.filter(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn >= day))

const termText = ({ term, startsOn, endsOn }: ComparedLease): string =>
  `${t(`vocabulary.leaseTerm.${term}`)}, ${formatRange(startsOn, endsOn)}`

function noticeText(layer: 'headLease' | 'sublease', { term, startsOn }: ComparedLease, today: Day): string {
  const { months } = noticePeriod({ layer, term, startsOn }, today)
  return months === null ? t('leases.noNotice') : t(layer === 'headLease' ? 'leases.head.notice' : 'leases.sub.notice', months)
}

const securityText = ({ securityForm: form, securityCents: cents }: ComparedLease): string =>
  form === null
    ? t('leases.notAgreed')
    : [cents === null ? null : formatMoney(cents), t(`vocabulary.securityForm.${form}`)].filter((part) => part !== null).join(', ')

/** One row a term. `today` is the day from which a notice is counted, for a lease to come its first day. */
export function comparisonRows(head: ComparedLease, sub: ComparedSublease, today: Day, isSigned: boolean): ComparisonRow[] {
  const found = compareLeases(head, sub, today)
  return [
    termRow(head, sub, found, isSigned),
    noticeRow(head, sub, found, today),
    rentRow(head, sub, found),
    ...partRows(head, sub),
    dueRow(head, sub),
    {
      name: t('leases.field.security'),
      head: securityText(head),
      sub: securityText(sub),
      differs: found.lacksSecurity,
      ...(found.lacksSecurity ? { title: t('leases.compare.securityTitle'), text: t('leases.compare.securityText') } : {}),
    },
  ]
}

function termRow(head: ComparedLease, sub: ComparedLease, { cut }: LeaseComparison, isSigned: boolean): ComparisonRow {
  const row = { name: t('leases.field.term'), head: termText(head), sub: termText(sub), differs: cut !== null }
  if (cut === null) return row
  const { endsOn, continuation } = cut.result
  const { title, text } = cutWords[continuation]
  const words = [...(isSigned || continuation !== 'none' ? [t(text)] : []), ...(isSigned ? [] : [t('leases.compare.cutText')])]
  return { ...row, title: t(title, { day: formatDay(endsOn) }), text: words.join(' '), steps: cut.steps.map(shown) }
}

/** A tenant who may go on is told how; before the signing all are told. */
const cutWords = {
  none: { title: 'leases.compare.cutTitle', text: 'leases.compare.cutTextLater' },
  right: { title: 'leases.compare.mayContinueTitle', text: 'leases.compare.mayContinueText' },
  open: { title: 'leases.compare.continuationIsOpenTitle', text: 'leases.compare.continuationIsOpenText' },
} as const satisfies Record<Continuation, { readonly title: string; readonly text: string }>

function noticeRow(head: ComparedLease, sub: ComparedLease, { exposure }: LeaseComparison, today: Day): ComparisonRow {
  const row = {
    name: t('leases.field.notice'),
    head: noticeText('headLease', head, today),
    sub: noticeText('sublease', sub, today),
    differs: exposure !== null,
  }
  if (exposure === null) return row
  const { goneOn, boundUntil, months, cents } = exposure.result
  return {
    ...row,
    title: t('leases.compare.exposureTitle', { count: months }),
    text: t('leases.compare.exposureText', {
      gone: formatDay(goneOn),
      bound: formatDay(boundUntil),
      sum: cents === null ? t('leases.notAgreed') : formatMoney(cents),
    }),
    steps: exposure.steps.map(shown),
  }
}

function rentRow(head: ComparedLease, sub: ComparedLease, { rentGapCents: gap }: LeaseComparison): ComparisonRow {
  const row = { name: t('leases.section.rent'), head: rentText(head.rentCents), sub: rentText(sub.rentCents) }
  // Of a rent that nobody knows it cannot be told whether it adds to what the city answers for.
  if (gap === null) return { ...row, differs: false, text: t('leases.compare.rentUnknown') }
  if (gap === 0) return { ...row, differs: false }
  return {
    ...row,
    differs: true,
    title: t(gap < 0 ? 'leases.compare.rentLess' : 'leases.compare.rentMore', { sum: formatMoney(Math.abs(gap)) }),
  }
}

const partName = ({ kind, label }: Part): string => label ?? t(`vocabulary.rentPartKind.${kind ?? 'other'}`)

/** What the rent is made of, where that is more than the rent itself. */
function partRows(head: ComparedLease, sub: ComparedLease): ComparisonRow[] {
  const names = [...new Set([...head.rentParts, ...sub.rentParts].filter(({ kind }) => kind !== 'base').map(partName))]
  return names.map((name) => {
    const [one, other] = [head, sub].map((lease) => lease.rentParts.find((part) => part.kind !== 'base' && partName(part) === name))
    const differs = one?.cents !== other?.cents
    const text = (part: Part | undefined): string => (part === undefined ? t('leases.compare.noPart') : rentText(part.cents))
    return { name, head: text(one), sub: text(other), differs, ...(differs ? { title: t('leases.compare.partDiffers') } : {}) }
  })
}

function dueRow(head: ComparedLease, sub: ComparedLease): ComparisonRow {
  const [one, other] = [head.dueDay ?? 2, sub.dueDay ?? 2]
  const differs = one !== other
  return {
    name: t('leases.field.dueDay'),
    head: t('leases.dueDay', { day: one }),
    sub: t('leases.dueDay', { day: other }),
    differs,
    ...(differs ? { title: t('leases.compare.dueDiffers') } : {}),
  }
}
