import type { Day } from '@kotoisa/domain'
import { expect, test } from 'vitest'
import { placeText } from './bar-text.ts'
import { explainDueDay } from './explain.ts'

test.each<[what: string, dueDay: number | null, startsOn: Day, today: Day, dueOn: Day]>([
  ['this month’s, while it is not past', 5, '2025-01-01', '2026-11-03', '2026-11-05'],
  ['next month’s, on a working day', 5, '2025-01-01', '2026-11-24', '2026-12-07'],
  ['today', null, '2025-01-01', '2026-11-02', '2026-11-02'],
  ['none before the lease begins', null, '2026-12-01', '2026-11-24', '2026-12-02'],
  ['over the year', 2, '2026-01-15', '2026-12-31', '2027-01-04'],
])('the next due day: %s', (_, dueDay, startsOn, today, dueOn) => {
  expect(explainDueDay({ dueDay, startsOn }, today).dueOn).toBe(dueOn)
})

test('words in a bar: the longest that fit, and not under the line of today', () => {
  const [long, short] = ['Haddad, alkoi 1.8.2026', 'Haddad']
  expect(placeText([long, short], [0, 400], 900)).toEqual({ text: long, at: 8 })
  expect(placeText([long, short], [0, 400], 50)).toEqual({ text: long, at: 58 })
  expect(placeText([long, short], [0, 180], 50)).toEqual({ text: long, at: 8 })
  expect(placeText([long, short], [0, 80], 900)).toEqual({ text: short, at: 8 })
  expect(placeText([long, short], [0, 30], 900)).toBeNull()
})
