import { daysInMonth, isDay, type Day } from './day.ts'
import { maximumCents } from './money.ts'

/** Forgiving readers of what people type into forms. None guesses: what cannot be read is null. */

export interface ParseDayOptions {
  /** With a two-digit year: a 2000s day after this one is read as the 1900s. Birth dates pass today. */
  readonly notAfter?: Day
}

/**
 * `1.3.2026`, `01.03.2026`, `1.3.26`, `01032026`, `010326` or `2026-03-01` as a day; null where it is none, or outside
 * 1900..2200. Two-digit years are 2000s unless `notAfter` says otherwise.
 */
export function parseDay(text: string, { notAfter }: ParseDayOptions = {}): Day | null {
  const compact = text.replace(/[\s\u00a0\u202f]+/g, '')
  if (isDay(compact)) return compact
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(compact) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(compact)
  if (match === null) return null
  const [, day = '', month = '', year = ''] = match
  const inYear = (fullYear: number): Day | null => {
    const dayNumber = Number(day)
    if (dayNumber < 1 || dayNumber > daysInMonth(fullYear, Number(month))) return null
    const value = `${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    return isDay(value) ? value : null
  }
  if (year.length === 4) return inYear(Number(year))
  const recent = inYear(2000 + Number(year))
  return notAfter !== undefined && (recent === null || recent > notAfter) ? inYear(1900 + Number(year)) : recent
}

/**
 * Euros as typed (`1 234,5`, `1234.50`, `1.234,50 €`, `650,-`) to cents; null where it is no amount, has more than two decimals,
 * is negative or above ten million euros. `1.234` is null: nobody can tell thousands from decimals.
 */
export function parseCents(text: string): number | null {
  const compact = text
    .replace(/[\s\u00a0\u202f]+/g, '')
    .replace(/(?:€|eur|euroa)$/i, '')
    .replace(/[.,][-–]$/, '')
  const match = /^(\d{1,9}|\d{1,3}(?:\.\d{3})+(?=,))(?:[.,](\d{1,2}))?$/.exec(compact)
  if (match === null) return null
  const cents = Number(`${(match[1] ?? '').replaceAll('.', '')}${(match[2] ?? '').padEnd(2, '0')}`)
  return cents <= maximumCents ? cents : null
}

/** The three parts of a flat id (128/2010 26 §); letter or number may be missing, never both. Never a number to count with. */
export interface Apartment {
  readonly letter: string | null
  readonly number: string | null
  readonly splitter: string | null
}

/**
 * `A12b`, `a 12 B`, `12`, `as. 5`, `B` into letter, number and splitting letter; null where it is none. The stair letter
 * becomes a capital, the splitter small, leading zeros of the number go.
 */
export function parseApartment(text: string): Apartment | null {
  const plain = text
    .trim()
    .replace(/^(?:as|bst|lgh|apt)(?:\.\s*|\s+)/i, '')
    .replace(/[\s\u00a0]+/g, '')
  const match = /^([a-zåäö])?(?:0*([1-9]\d{0,2})([a-zåäö])?)?$/i.exec(plain)
  if (match === null || plain === '') return null
  const [, letter, number, splitter] = match
  return {
    letter: letter?.toUpperCase() ?? null,
    number: number ?? null,
    splitter: splitter?.toLowerCase() ?? null,
  }
}

/** `A 12 b`. */
export function formatApartment({ letter, number, splitter }: Apartment): string {
  return [letter, number, splitter].filter((part) => part !== null).join(' ')
}

/** A code without the spaces that people put into it, in capitals: `fi21 1234 5600 0007 85`, `131052-308t`. */
export const tidyCode = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, '').toUpperCase()

/** `20774740`, `2077474 0` or `2077474–0` as `2077474-0`; what cannot be a business id stays as it is, for the server to refuse. */
export function tidyBusinessId(text: string): string {
  const match = /^(?:FI)?(\d{7})[-–—−]?(\d)$/.exec(tidyCode(text))
  return match === null ? text : `${match[1]}-${match[2]}`
}

/** `FI-40 100` as `40100`; what cannot be a Finnish postal code stays as it is. */
export const tidyPostalCode = (text: string): string => /^(?:FI-?)?(\d{5})$/.exec(tidyCode(text))?.[1] ?? text
