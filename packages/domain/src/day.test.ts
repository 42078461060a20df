import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  compareDays,
  dayOf,
  daysBetween,
  daysInMonth,
  endOfMonth,
  helsinkiDay,
  isDay,
  partsOf,
  startOfMonth,
  weekday,
} from './day.ts'
import { anyDay } from '../test/arbitraries.ts'

describe('a day', () => {
  it.each(['1900-01-01', '2200-12-31', '2024-02-29', '2000-02-29', '2025-12-31'])('takes %s', (text) => expect(isDay(text)).toBe(true))
  it.each([
    '2025-02-29',
    '1900-02-29',
    '2100-02-29',
    '2025-02-30',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '1899-12-31',
    '2201-01-01',
    '10000-01-01',
    '-001-01-01',
    '2025-1-1',
    '2025-01-01T00:00:00Z',
    ' 2025-01-01',
    '2025-01-01\n',
    'infinity',
    'now',
    '0044-03-15 BC',
    '',
    '２０２５-01-01',
  ])('refuses %j', (text) => expect(isDay(text)).toBe(false))
  it.each([null, undefined, 20250101, new Date()])('refuses what is no text: %s', (value) => expect(isDay(value)).toBe(false))
})

describe('months (TIME-3)', () => {
  it.each([
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2025-01-15', -13, '2023-12-15'],
  ])('%s and %i months is %s', (from, count, to) => expect(addMonths(from, count)).toBe(to))

  it('keep the number of the day, or end with the month', () => {
    fc.assert(
      fc.property(anyDay(1950, 2150), fc.integer({ min: -500, max: 500 }), (day, count) => {
        const moved = addMonths(day, count)
        const [from, to] = [partsOf(day), partsOf(moved)]
        expect(to.year * 12 + to.month - (from.year * 12 + from.month)).toBe(count)
        if (to.day !== from.day) expect(moved).toBe(endOfMonth(moved))
        expect(to.day).toBeLessThanOrEqual(from.day)
      }),
    )
  })

  it('never change the order of days', () => {
    fc.assert(
      fc.property(anyDay(1950, 2150), anyDay(1950, 2150), fc.integer({ min: -500, max: 500 }), (one, other, count) => {
        if (one <= other) expect(addMonths(one, count) <= addMonths(other, count)).toBe(true)
      }),
    )
  })

  it('begin and end around each of their days', () => {
    fc.assert(
      fc.property(anyDay(1900, 2199), (day) => {
        expect(startOfMonth(day) <= day && day <= endOfMonth(day)).toBe(true)
        expect(endOfMonth(endOfMonth(day))).toBe(endOfMonth(day))
        expect(addDays(endOfMonth(day), 1)).toBe(startOfMonth(addMonths(startOfMonth(day), 1)))
        const { year, month } = partsOf(day)
        expect(daysBetween(startOfMonth(day), endOfMonth(day)) + 1).toBe(daysInMonth(year, month))
      }),
    )
  })
})

describe('days', () => {
  it('added and taken away come back, and are counted without the starting day (TIME-2)', () => {
    fc.assert(
      fc.property(anyDay(1950, 2150), fc.integer({ min: -15000, max: 15000 }), (day, count) => {
        const moved = addDays(day, count)
        expect(addDays(moved, -count)).toBe(day)
        expect(daysBetween(day, moved)).toBe(count)
        expect(compareDays(day, moved)).toBe(Math.sign(-count) === 0 ? 0 : Math.sign(-count))
      }),
    )
  })
  it('know their weekday, also across the clock changes', () => {
    expect([weekday('1970-01-01'), weekday('2025-03-30'), weekday('2025-10-26'), weekday('1900-01-01'), weekday('2025-10-27')]).toEqual([
      4, 7, 7, 1, 1,
    ])
    fc.assert(
      fc.property(anyDay(1900, 2199), (day) => {
        expect(weekday(addDays(day, 1))).toBe((weekday(day) % 7) + 1)
      }),
    )
  })
  it('outside 1900..2200 are a refusal, not a wrong day', () => {
    expect(() => addDays('2200-12-31', 1)).toThrow(expect.objectContaining({ code: 'calculation.outOfRange' }))
    expect(() => addMonths('1900-01-15', -1)).toThrow(expect.objectContaining({ code: 'calculation.outOfRange' }))
  })
  it('that do not exist are a fault of the program', () => {
    expect(() => dayOf(2025, 2, 30)).toThrow(RangeError)
    expect(() => addDays('2025-02-30', 1)).toThrow(RangeError)
  })
})

describe('the civil day in Helsinki', () => {
  it.each([
    ['2025-01-01T21:59:59Z', '2025-01-01'],
    ['2025-01-01T22:00:00Z', '2025-01-02'],
    ['2025-06-30T20:59:59Z', '2025-06-30'],
    ['2025-06-30T21:00:00Z', '2025-07-01'],
    // clocks go forward at 03:00 on 30.3. and back at 04:00 on 26.10.: 23 and 25 hours
    ['2025-03-29T22:00:00Z', '2025-03-30'],
    ['2025-03-30T20:59:59Z', '2025-03-30'],
    ['2025-03-30T21:00:00Z', '2025-03-31'],
    ['2025-10-25T21:00:00Z', '2025-10-26'],
    ['2025-10-26T21:59:59Z', '2025-10-26'],
    ['2025-10-26T22:00:00Z', '2025-10-27'],
  ])('at %s is %s', (instant, day) => expect(helsinkiDay(new Date(instant))).toBe(day))
})
