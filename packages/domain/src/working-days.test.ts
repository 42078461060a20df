import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, weekday } from './day.ts'
import { addWorkingDays, easterSunday, holidayNames, holidaysOf, isWorkingDay, nextWorkingDay } from './working-days.ts'
import { anyDay } from '../test/arbitraries.ts'

describe('holidays', () => {
  it.each([
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2018, '2018-04-01'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
    [2100, '2100-03-28'],
  ])('Easter of %i is %s', (year, day) => expect(easterSunday(year)).toBe(day))

  it('of 2025 are the fifteen of 12 §', () => {
    expect(holidaysOf(2025).map(({ on, name }) => `${on} ${name}`)).toEqual([
      '2025-01-01 newYear',
      '2025-01-06 epiphany',
      '2025-04-18 goodFriday',
      '2025-04-20 easterSunday',
      '2025-04-21 easterMonday',
      '2025-05-01 mayDay',
      '2025-05-29 ascension',
      '2025-06-08 pentecost',
      '2025-06-20 midsummerEve',
      '2025-06-21 midsummerDay',
      '2025-11-01 allSaints',
      '2025-12-06 independenceDay',
      '2025-12-24 christmasEve',
      '2025-12-25 christmasDay',
      '2025-12-26 boxingDay',
    ])
  })

  it('fall on their weekdays in every year', () => {
    for (let year = 1900; year <= 2200; year += 1) {
      const on = new Map(holidaysOf(year).map((holiday) => [holiday.name, holiday.on]))
      expect([...on.keys()].sort()).toEqual([...holidayNames].sort())
      const days = (
        ['goodFriday', 'easterSunday', 'easterMonday', 'ascension', 'pentecost', 'midsummerEve', 'midsummerDay', 'allSaints'] as const
      ).map((name) => weekday(on.get(name) ?? ''))
      expect(days).toEqual([5, 7, 1, 4, 7, 5, 6, 6])
      expect((on.get('midsummerDay') ?? '').slice(5) >= '06-20' && (on.get('midsummerDay') ?? '').slice(5) <= '06-26').toBe(true)
      expect((on.get('allSaints') ?? '').slice(5) >= '10-31' && (on.get('allSaints') ?? '').slice(5) <= '11-06').toBe(true)
    }
  })
})

describe('working days (TIME-1)', () => {
  it.each([
    ['2025-06-19', true],
    ['2025-06-20', false],
    ['2025-06-21', false],
    ['2025-12-23', true],
    ['2025-12-24', false],
    ['2025-12-31', true],
    ['2025-04-17', true],
    ['2025-05-01', false],
    ['2025-05-02', true],
    ['2024-12-06', false],
    ['2025-01-06', false],
    ['2025-07-15', true],
  ])('%s: %s', (day, working) => expect(isWorkingDay(day)).toBe(working))

  it('an act moves to the first working day on or after its day, and nothing working is skipped', () => {
    fc.assert(
      fc.property(anyDay(1995, 2190), (day) => {
        const next = nextWorkingDay(day)
        expect(next >= day && isWorkingDay(next)).toBe(true)
        expect(nextWorkingDay(next)).toBe(next)
        for (let between = day; between < next; between = addDays(between, 1)) expect(isWorkingDay(between)).toBe(false)
        expect(daysBetween(day, next)).toBeLessThanOrEqual(5)
      }),
    )
  })

  it('are counted without the starting day', () => {
    fc.assert(
      fc.property(anyDay(2000, 2150), fc.integer({ min: 0, max: 60 }), (day, count) => {
        const moved = addWorkingDays(day, count)
        let counted = 0
        for (let at = addDays(day, 1); at <= moved; at = addDays(at, 1)) counted += isWorkingDay(at) ? 1 : 0
        expect(counted).toBe(count)
        if (count > 0) expect(isWorkingDay(moved)).toBe(true)
        expect(addWorkingDays(addWorkingDays(day, count), 1)).toBe(addWorkingDays(day, count + 1))
        if (isWorkingDay(day)) expect(addWorkingDays(moved, -count)).toBe(day)
      }),
    )
    expect(addWorkingDays('2025-12-23', 1)).toBe('2025-12-29')
    expect(addWorkingDays('2025-04-17', 1)).toBe('2025-04-22')
  })
})
