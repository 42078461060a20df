import { addDays, dayOf, partsOf, weekday, type Day } from './day.ts'

/** Days that are not working days beside Saturdays and Sundays (12 § 1 mom.). The names are keys of texts. */
export const holidayNames = [
  'newYear',
  'epiphany',
  'goodFriday',
  'easterSunday',
  'easterMonday',
  'mayDay',
  'ascension',
  'pentecost',
  'midsummerEve',
  'midsummerDay',
  'allSaints',
  'independenceDay',
  'christmasEve',
  'christmasDay',
  'boxingDay',
] as const
export type HolidayName = (typeof holidayNames)[number]

export interface Holiday {
  readonly on: Day
  readonly name: HolidayName
}

type When =
  | { readonly kind: 'date'; readonly month: number; readonly day: number }
  | { readonly kind: 'easter'; readonly offset: number }
  /** The Saturday within the seven days that begin on this date, moved by `offset` days. */
  | { readonly kind: 'saturday'; readonly month: number; readonly day: number; readonly offset: number }

interface HolidayRule {
  readonly name: HolidayName
  readonly when: When
  readonly source: string
  /** First and last year in which the rule holds; absent = the present calendar. */
  readonly fromYear?: number
  readonly untilYear?: number
}

const churchAct = 'kirkkolaki 4:3; 481/1995 12 §'

/**
 * The calendar as data: a change of law is a new row with its years and source. The Act holds since May 1995 and the
 * calendar has not changed since; earlier years are computed by the same rules.
 */
export const holidayRules: readonly HolidayRule[] = [
  { name: 'newYear', when: { kind: 'date', month: 1, day: 1 }, source: churchAct },
  { name: 'epiphany', when: { kind: 'date', month: 1, day: 6 }, source: churchAct },
  { name: 'goodFriday', when: { kind: 'easter', offset: -2 }, source: churchAct },
  { name: 'easterSunday', when: { kind: 'easter', offset: 0 }, source: churchAct },
  { name: 'easterMonday', when: { kind: 'easter', offset: 1 }, source: churchAct },
  { name: 'mayDay', when: { kind: 'date', month: 5, day: 1 }, source: '481/1995 12 §' },
  { name: 'ascension', when: { kind: 'easter', offset: 39 }, source: churchAct },
  { name: 'pentecost', when: { kind: 'easter', offset: 49 }, source: churchAct },
  { name: 'midsummerEve', when: { kind: 'saturday', month: 6, day: 20, offset: -1 }, source: '481/1995 12 §' },
  { name: 'midsummerDay', when: { kind: 'saturday', month: 6, day: 20, offset: 0 }, source: churchAct },
  { name: 'allSaints', when: { kind: 'saturday', month: 10, day: 31, offset: 0 }, source: churchAct },
  { name: 'independenceDay', when: { kind: 'date', month: 12, day: 6 }, source: '481/1995 12 §' },
  { name: 'christmasEve', when: { kind: 'date', month: 12, day: 24 }, source: '481/1995 12 §' },
  { name: 'christmasDay', when: { kind: 'date', month: 12, day: 25 }, source: churchAct },
  { name: 'boxingDay', when: { kind: 'date', month: 12, day: 26 }, source: churchAct },
]

/** Easter Sunday of a Gregorian year (the anonymous computus of Meeus). */
export function easterSunday(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1)
}

function dayIn(year: number, when: When): Day {
  if (when.kind === 'date') return dayOf(year, when.month, when.day)
  if (when.kind === 'easter') return addDays(easterSunday(year), when.offset)
  const first = dayOf(year, when.month, when.day)
  return addDays(first, ((6 - weekday(first) + 7) % 7) + when.offset)
}

/** A function of the year alone, so remembering it changes no answer. */
const remembered = new Map<number, { readonly list: readonly Holiday[]; readonly days: ReadonlySet<Day> }>()

function calendarOf(year: number): { readonly list: readonly Holiday[]; readonly days: ReadonlySet<Day> } {
  const known = remembered.get(year)
  if (known !== undefined) return known
  const list = holidayRules
    .filter(({ fromYear = 1900, untilYear = 2200 }) => fromYear <= year && year <= untilYear)
    .map(({ name, when }) => ({ on: dayIn(year, when), name }))
    .sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
  const made = { list, days: new Set(list.map(({ on }) => on)) }
  remembered.set(year, made)
  return made
}

/** Holidays of a year 1900..2200 in the order of days; those that fall on a weekend are there too. */
export function holidaysOf(year: number): readonly Holiday[] {
  return calendarOf(year).list
}

/** Not Saturday, Sunday, church holiday, 1 May, 6 December, Christmas Eve or Midsummer Eve (12 § 1 mom., TIME-1). */
export function isWorkingDay(value: Day): boolean {
  return weekday(value) <= 5 && !calendarOf(partsOf(value).year).days.has(value)
}

/**
 * The day itself when it is a working day, else the next one. For acts (notices, payments, moving out), never for the end
 * day of a lease: that stands where it falls (12 §, TIME-1 and TIME-5). There is no summer or closing-day rule (TIME-6).
 */
export function nextWorkingDay(value: Day): Day {
  let day = value
  while (!isWorkingDay(day)) day = addDays(day, 1)
  return day
}

/** The `count`th working day after `value` (negative: before), the starting day not counted; 0 gives `value` itself. */
export function addWorkingDays(value: Day, count: number): Day {
  if (!Number.isSafeInteger(count)) throw new RangeError('count must be a whole number')
  const direction = count < 0 ? -1 : 1
  let day = value
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, direction)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}
