import type { HeadLeaseView } from '@kotoisa/contracts'
import {
  addMonths,
  earlierOf,
  isDay,
  laterOf,
  leaseEnd,
  monthlyRent,
  nextRentChange,
  noticeEnd,
  rentDue,
  securityCap,
  startOfMonth,
  termChain,
  type Day,
  type LeaseLayer,
  type LeaseTerm,
  type Step,
  type StepValue,
} from '@kotoisa/domain'
import { isMessageKey, t } from '../../i18n/index.ts'
import { formatDay, formatMoney } from '../../lib/format.ts'
import type { ShownStep } from '../../ui/detail/StepsTree.vue'
import { headLeaseEndOf, type LeaseTerms } from './lease-view.ts'

/** The rules behind a lease's terms, told step by step; the same functions that the API decides by. */

/** Whose codes a step may hold. */
const codeLists = ['leaseTerm', 'rentPartKind', 'endReason'] as const
/** What these rules give is a sum. */
const sums = new Set(['threeMonthsRent', 'emptyRent', 'rentOnDay', 'rentPart'])

function told(name: string, value: StepValue): string {
  if (typeof value === 'string') {
    if (isDay(value)) return formatDay(value)
    const key = codeLists.map((list) => `vocabulary.${list}.${value}`).find(isMessageKey)
    return key === undefined ? value : t(key)
  }
  if (typeof value === 'number') return /cents$/i.test(name) ? formatMoney(value) : String(value)
  if (typeof value === 'boolean') return t(value ? 'format.yes' : 'format.no')
  return t('steps.open')
}

export function shown({ rule, inputs, value, citation, steps }: Step): ShownStep {
  const key = [`steps.${rule}_${String(value)}`, `steps.${rule}`].find(isMessageKey) ?? 'steps.other'
  const params = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, told(name, input)]))
  // A part that has a name of its own goes by it.
  if (typeof inputs['label'] === 'string') params['kind'] = inputs['label']
  return { text: t(key, { ...params, value: told(sums.has(rule) ? 'valueCents' : 'value', value) }), citation, steps: steps.map(shown) }
}

const withRule = (steps: readonly Step[], rule: string): Step[] =>
  steps.flatMap((step) => (step.rule === rule ? [step] : withRule(step.steps, rule)))

export const explainTerm = (terms: readonly { readonly startsOn: Day; readonly endsOn: Day | null }[], written: boolean): ShownStep[] =>
  termChain({ terms: terms.map(({ startsOn, endsOn }) => ({ startsOn, endsOn, written })) }).steps.map(shown)

export interface NoticePeriod {
  /** Months for the tenant and the landlord of this lease; null: it cannot be ended by notice. */
  readonly months: { readonly tenant: number; readonly landlord: number } | null
  readonly steps: ShownStep[]
}

/** How long a notice served today would take (52 §); a fixed term cannot be ended by notice but on few grounds (51 §). */
export function noticePeriod(
  lease: { readonly layer: LeaseLayer; readonly term: LeaseTerm; readonly startsOn: Day },
  today: Day,
): NoticePeriod {
  const servedOn = today < lease.startsOn ? lease.startsOn : today
  const by = (givenBy: 'tenant' | 'landlord') =>
    noticeEnd({
      layer: lease.layer,
      term: lease.term,
      tenancyStartsOn: lease.startsOn,
      givenBy,
      servedOn,
      subtenantServedOn: servedOn,
      groundStated: true,
      endDateStated: true,
    })
  const [tenant, landlord] = [by('tenant'), by('landlord')]
  const { noticeMonths: tenantMonths } = tenant.result
  const { noticeMonths: landlordMonths } = landlord.result
  if (tenantMonths === null || landlordMonths === null) return { months: null, steps: withRule(tenant.steps, 'noticeEffective').map(shown) }
  return {
    months: { tenant: tenantMonths, landlord: landlordMonths },
    steps: [
      ...withRule(tenant.steps, 'noticeMonths'),
      ...withRule(landlord.steps, 'noticeMonths'),
      ...withRule(landlord.steps, 'periodStarts'),
    ].map(shown),
  }
}

/** The first due day that is not past, of this month or the next; a lease that has not begun has none before it. */
export function explainDueDay(
  { dueDay, startsOn }: { readonly dueDay: number | null; readonly startsOn: Day },
  today: Day,
): { readonly dueOn: Day; readonly steps: ShownStep[] } {
  const from = laterOf(startsOn, today)
  const due = (day: Day) => rentDue({ month: day.slice(0, 7), agreedDay: dueDay })
  const inMonth = due(from)
  const { result, steps } = inMonth.result.dueOn < from ? due(addMonths(startOfMonth(from), 1)) : inMonth
  return { dueOn: result.dueOn, steps: steps.map(shown) }
}

export const explainSecurity = (monthlyRentCents: number, demandedCents: number): ShownStep[] =>
  securityCap({ monthlyRentCents, demandedCents }).steps.map(shown)

/** Why a lease ends when it does, or does not end by itself; of a sublease with the head lease above it. */
export const explainEnd = (lease: LeaseTerms, headLease: HeadLeaseView | null): ShownStep[] =>
  leaseEnd({
    ...lease,
    scope: 'scope' in lease ? lease.scope : 'wholeFlat',
    headLease: headLease === null ? null : headLeaseEndOf(headLease),
  }).steps.map(shown)

/** The rent of the day that the lease is shown on, and the next one that is agreed. */
export function explainRent(
  lease: LeaseTerms,
  today: Day,
): { readonly next: ReturnType<typeof nextRentChange>; readonly steps: ShownStep[] } {
  const notBefore = laterOf(today, lease.startsOn)
  const day = lease.effectiveEndsOn === null ? notBefore : earlierOf(notBefore, lease.effectiveEndsOn)
  const next = nextRentChange(lease.rentParts, day)
  // What ends with the lease is no change of the rent.
  const isChange = next !== null && next.cents !== null
  return {
    next: isChange ? next : null,
    steps: [day, ...(isChange ? [next.on] : [])].flatMap((one) => monthlyRent(lease.rentParts, one).steps).map(shown),
  }
}
