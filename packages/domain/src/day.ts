import { DomainError } from './problems.ts'

/** A civil day in Europe/Helsinki, `YYYY-MM-DD`, within 1900-01-01..2200-12-31. Compares as text. */
export type Day = string

export const firstDay: Day = '1900-01-01'
export const lastDay: Day = '2200-12-31'

const form = /^(\d{4})-(\d{2})-(\d{2})$/
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const millisecondsInDay = 86_400_000

/** Days of a month, 1..12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)) return 29
  return lengths[month - 1] ?? 0
}

/** True for an existing day in the range; `2025-02-30`, `infinity`, year 10000 or a time of day are not. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string') return false
  const match = form.exec(value)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export interface DayParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Year, month 1..12, day 1..31. Throws RangeError where `value` is not a day. */
export function partsOf(value: Day): DayParts {
  if (!isDay(value)) throw new RangeError(`not a day: ${JSON.stringify(value)}`)
  return { year: Number(value.slice(0, 4)), month: Number(value.slice(5, 7)), day: Number(value.slice(8, 10)) }
}

/**
 * The day of a year, a month 1..12 and a day of the month. A computed year outside 1900..2200 is DomainError
 * `calculation.outOfRange` (422: the rules do not reach there); a day that does not exist is RangeError.
 */
export function dayOf(year: number, month: number, day: number): Day {
  if (year < 1900 || year > 2200) throw new DomainError('calculation.outOfRange', { firstDay, lastDay })
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (!isDay(text)) throw new RangeError(`not a day: ${text}`)
  return text
}

/** Days since 1970-01-01; whole, since UTC has no daylight saving. */
function serial(value: Day): number {
  const { year, month, day } = partsOf(value)
  return Date.UTC(year, month - 1, day) / millisecondsInDay
}

/** `count` days later (negative: earlier). `calculation.outOfRange` outside 1900..2200. */
export function addDays(value: Day, count: number): Day {
  const moved = new Date((serial(value) + count) * millisecondsInDay)
  return dayOf(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** The same-numbered day `count` months later or earlier; where it does not exist, that month's last day (12 §, TIME-3). */
export function addMonths(value: Day, count: number): Day {
  const { year, month, day } = partsOf(value)
  const index = year * 12 + (month - 1) + count
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12 + 1
  return dayOf(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)))
}

/** First day of the day's month. */
export function startOfMonth(value: Day): Day {
  const { year, month } = partsOf(value)
  return dayOf(year, month, 1)
}

/** Last day of the day's month. */
export function endOfMonth(value: Day): Day {
  const { year, month } = partsOf(value)
  return dayOf(year, month, daysInMonth(year, month))
}

/** Days from `from` to `to`, the starting day not counted (12 §, TIME-2); negative where `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return serial(to) - serial(from)
}

/** -1, 0 or 1. */
export function compareDays(left: Day, right: Day): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0
}

export function earlierOf(left: Day, right: Day): Day {
  return left < right ? left : right
}

export function laterOf(left: Day, right: Day): Day {
  return left > right ? left : right
}

/** ISO weekday, 1 Monday .. 7 Sunday. */
export function weekday(value: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday
  return (((((serial(value) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}

const helsinki = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Helsinki',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The last answer: a program asks for now again and again, and a day turns with a minute. */
let lastAnswer: { readonly minute: number; readonly day: Day } | undefined

/** The civil day in Helsinki at an instant; `calculation.outOfRange` outside 1900..2200. */
export function helsinkiDay(instant: Date): Day {
  const minute = Math.floor(instant.getTime() / 60_000)
  if (lastAnswer?.minute !== minute) lastAnswer = { minute, day: readHelsinkiDay(instant) }
  return lastAnswer.day
}

function readHelsinkiDay(instant: Date): Day {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of helsinki.formatToParts(instant)) parts[type] = value
  return dayOf(Number(parts.year), Number(parts.month), Number(parts.day))
}

/** The instant at which a civil day of Helsinki is over; its clock is two or three hours ahead of UTC. */
export function endOfHelsinkiDay(value: Day): Date {
  const midnight = Date.parse(`${addDays(value, 1)}T00:00:00Z`)
  const inWinter = new Date(midnight - 2 * 3_600_000)
  const inSummer = new Date(midnight - 3 * 3_600_000)
  return helsinkiDay(inSummer) === value ? inWinter : inSummer
}
