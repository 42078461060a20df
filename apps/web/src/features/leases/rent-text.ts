import type { RentPart } from '@kotoisa/contracts'
import { t } from '../../i18n/index.ts'
import { formatMoney } from '../../lib/format.ts'
import type { RentPartValues } from './lease-form.ts'

/** `vuokra 682,00 €, vesi 20,00 €`. */
export const rentPartsText = (parts: readonly (RentPart | RentPartValues)[]): string =>
  parts
    .map(({ kind, label, cents }) => {
      const name = label ?? t(`vocabulary.rentPartKind.${kind ?? 'other'}`)
      return `${name} ${cents === null ? t('leases.notAgreed') : formatMoney(cents)}`
    })
    .join(', ')

export const rentText = (cents: number | null): string =>
  cents === null ? t('leases.notAgreed') : t('format.perMonth', { sum: formatMoney(cents) })
