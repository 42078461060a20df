import fc from 'fast-check'
import { addDays, daysBetween, type Day } from '../src/day.ts'

/** Any day of the years. */
export const anyDay = (fromYear: number, untilYear: number): fc.Arbitrary<Day> =>
  fc.integer({ min: 0, max: daysBetween(`${fromYear}-01-01`, `${untilYear}-12-31`) }).map((count) => addDays(`${fromYear}-01-01`, count))

export const cents = (max = 1_000_000_000): fc.Arbitrary<number> => fc.integer({ min: 0, max })

/** Digits of the given length, the first one chosen apart. */
export const digits = (length: number, first = '0123456789'): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...first), fc.array(fc.constantFrom(...'0123456789'), { minLength: length - 1, maxLength: length - 1 }))
    .map(([head, rest]) => `${head}${rest.join('')}`)
