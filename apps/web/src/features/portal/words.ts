import type { EmptyNow } from '@kotoisa/contracts'
import { t } from '../../i18n/index.ts'
import { formatDay, formatMoney } from '../../lib/format.ts'
import type { ShownHome } from './own-homes.ts'

type Payer = EmptyNow['bornBy']

/** Who pays for empty days, as the landlord reads it; `until` is the last day that is known. */
export function payerText(bornBy: Payer, until: EmptyNow['endsOn']): string {
  if (bornBy === null) return t('portal.payer.notAgreed')
  if (bornBy === 'landlord') return t('portal.payer.landlord')
  const day = until === null ? null : formatDay(until)
  if (bornBy === 'shared') return day === null ? t('portal.payer.shared') : t('portal.payer.sharedUntil', { day })
  return day === null ? t('portal.payer.municipality') : t('portal.payer.municipalityUntil', { day })
}

export const reasonText = (reason: EmptyNow['reason']): string =>
  reason === null ? t('portal.reason.unknown') : t(`portal.reason.${reason}`)

/** `remontti, kaupunki maksaa vuokran 31.12.2026 asti`. */
export const emptyText = ({ empty, lease }: ShownHome): string =>
  empty === null ? '' : `${reasonText(empty.reason)}, ${payerText(empty.bornBy, empty.endsOn ?? lease?.effectiveEndsOn ?? null)}`

/** What happens next; empty where the line of the one tenancy tells it already. */
export function nextText({ next, subleases }: ShownHome): string {
  if (next === null) return ''
  if (subleases.length === 1 && (next.kind === 'movesIn' || next.kind === 'tenancyEnds')) return ''
  return t(`portal.next.${next.kind}`, { day: formatDay(next.on), sum: next.cents === null ? '' : formatMoney(next.cents) })
}
