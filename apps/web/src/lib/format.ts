import { daysBetween, helsinkiDay, partsOf, type Day } from '@kotoisa/domain'
import { direction, language, t } from '../i18n/index.ts'

// Finnish forms in every language of the product: the readers live in Finland, and figures are quoted on paper.
const euros = new Intl.NumberFormat('fi-FI', { style: 'currency', currency: 'EUR' })
const plain = new Intl.NumberFormat('fi-FI', { maximumFractionDigits: 2 })
const cents = new Intl.NumberFormat('fi-FI', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const time = new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki', hour: 'numeric', minute: '2-digit' })

/** Figures keep their order inside a text that is read from the right. */
const figures = (text: string): string => (direction.value === 'rtl' ? `\u2066${text}\u2069` : text)

/** `1 234,56 €`. */
export const formatMoney = (value: number): string => figures(euros.format(value / 100))

/** `1234,56`, as it stands in a field. */
export const formatCents = (value: number): string => cents.format(value / 100)

export const formatNumber = (value: number): string => plain.format(value)

const round = new Intl.NumberFormat('fi-FI', { maximumFractionDigits: 1 })

/** How big a file is: `84 kt`, `1,2 Mt`, in the language's own units. */
export const formatBytes = (bytes: number): string =>
  bytes < 1_000_000
    ? t('format.kilobytes', { size: round.format(Math.ceil(bytes / 1_000)) })
    : t('format.megabytes', { size: round.format(bytes / 1_000_000) })

/** `1.3.2026`. */
export function formatDay(day: Day): string {
  const { year, month, day: date } = partsOf(day)
  return `${date}.${month}.${year}`
}

/** A day that may be missing, for a column. */
export const dayText = (day: Day | null): string => (day === null ? '' : formatDay(day))

/** `sunnuntai 1.3.2026`. */
export function formatWeekday(day: Day): string {
  const { year, month, day: date } = partsOf(day)
  const name = new Intl.DateTimeFormat(language.value, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, date))
  return `${name} ${formatDay(day)}`
}

/** `1.2.2026–31.1.2027`; an open range: from `1.2.2026` on, until further notice. */
export function formatRange(startsOn: Day, endsOn: Day | null): string {
  return endsOn === null ? t('format.from', { day: formatDay(startsOn) }) : figures(`${formatDay(startsOn)}–${formatDay(endsOn)}`)
}

/** `1.3.2026 klo 9.15`. */
export function formatInstant(instant: string): string {
  const date = new Date(instant)
  return t('format.instant', { day: formatDay(helsinkiDay(date)), time: time.format(date) })
}

/** `9.15`. */
export const formatClock = (date: Date): string => time.format(date)

/** As people say it: today, tomorrow, in 5 days, 3 days ago; from two weeks on the day itself. */
export function formatNearDay(day: Day, today: Day): string {
  const days = daysBetween(today, day)
  if (days === 0) return t('format.today')
  if (days === 1) return t('format.tomorrow')
  if (days === -1) return t('format.yesterday')
  if (days > 1 && days <= 14) return t('format.inDays', { count: days })
  if (days < -1 && days >= -14) return t('format.daysAgo', { count: -days })
  return formatDay(day)
}

/** Account numbers in fours: `FI21 1234 5600 0007 85`. */
export const formatIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ')

/** `+358401234567` as `040 123 4567`; other countries' numbers as they are. */
export function formatPhone(phone: string): string {
  const match = /^\+358(\d{2})(\d{3})(\d+)$/.exec(phone)
  return figures(match === null ? phone : `0${match[1]} ${match[2]} ${match[3]}`)
}

/** A phone number as typed, in the form that is stored; what cannot be one stays as it is, for the server to refuse. */
export function parsePhone(text: string): string {
  const compact = text.replace(/[\s().-]+/g, '')
  if (/^0\d{4,}$/.test(compact) && !compact.startsWith('00')) return `+358${compact.slice(1)}`
  return compact.replace(/^00/, '+')
}
