import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { anyDay } from '../test/arbitraries.ts'
import { addDays, daysBetween } from './day.ts'
import { unrecordedEmptyTimes, without, type DaySpan } from './vacancies.ts'

const span = (startsOn: string, endsOn: string | null): DaySpan => ({ startsOn, endsOn })
const held = { ...span('2026-01-01', null), bornBy: 'municipality' }
const today = '2026-11-24'

describe('an empty time that nobody recorded', () => {
  test.each([
    ['before the first household', [span('2026-02-01', null)], [], [['2026-01-01', '2026-01-31']]],
    ['that goes on', [span('2026-01-01', '2026-09-30')], [], [['2026-10-01', null]]],
    ['between two', [span('2026-01-01', '2026-03-31'), span('2026-05-01', null)], [], [['2026-04-01', '2026-04-30']]],
    ['and none where one is recorded', [span('2026-02-01', null)], [span('2026-01-01', '2026-01-31')], []],
    ['but for its first days', [span('2026-02-01', null)], [span('2026-01-10', '2026-01-31')], [['2026-01-01', '2026-01-09']]],
    ['none while two rooms are let in turn', [span('2026-01-01', '2026-06-30'), span('2026-03-01', null)], [], []],
  ] as const)('%s', (_name, lets, recorded, expected) => {
    const found = unrecordedEmptyTimes({ held: [held], let: lets, recorded }, today)
    expect(found.map(({ startsOn, endsOn }) => [startsOn, endsOn])).toEqual(expected)
  })
  it('is none before the city has the home, and none of days to come', () => {
    expect(unrecordedEmptyTimes({ held: [{ ...held, startsOn: '2026-12-01' }], let: [], recorded: [] }, today)).toEqual([])
    expect(unrecordedEmptyTimes({ held: [held], let: [span('2026-01-01', '2027-03-31')], recorded: [] }, today)).toEqual([])
  })
  it('ends with the head lease and says who pays by its terms', () => {
    const over = { ...span('2026-01-01', '2026-02-28'), bornBy: 'landlord' }
    expect(unrecordedEmptyTimes({ held: [held, over], let: [span('2026-01-01', null)], recorded: [] }, today)).toEqual([])
    expect(unrecordedEmptyTimes({ held: [over], let: [], recorded: [] }, today)).toEqual([over])
  })
})

const anySpan = fc
  .tuple(anyDay(2026, 2026), fc.option(fc.integer({ min: 0, max: 200 })))
  .map(([startsOn, days]) => span(startsOn, days === null ? null : addDays(startsOn, days)))
const has = (spans: readonly DaySpan[], day: string) => spans.some((s) => s.startsOn <= day && (s.endsOn === null || s.endsOn >= day))

test('a day is left exactly where it is in the span and in none of the others', () => {
  fc.assert(
    fc.property(anySpan, fc.array(anySpan, { maxLength: 6 }), anyDay(2026, 2027), (whole, others, day) => {
      const rest = without(whole, others)
      expect(has(rest, day)).toBe(has([whole], day) && !has(others, day))
      for (const [index, one] of rest.entries()) {
        if (one.endsOn !== null) expect(daysBetween(one.startsOn, one.endsOn)).toBeGreaterThanOrEqual(0)
        const before = rest[index - 1]
        // Two pieces never touch: they would be one.
        if (before) expect(daysBetween(before.endsOn as string, one.startsOn)).toBeGreaterThan(1)
      }
    }),
  )
})
