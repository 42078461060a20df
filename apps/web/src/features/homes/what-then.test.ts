import type { SubleaseView } from '@kotoisa/contracts'
import { expect, test } from 'vitest'
import { whatThen } from './what-then.ts'

const lease = (startsOn: string, effectiveEndsOn: string | null, scope = 'wholeFlat') =>
  ({ masked: false, scope, startsOn, endsOn: effectiveEndsOn, effectiveEndsOn }) as SubleaseView

test.each([
  ['an open lease', lease('2026-01-01', null), null, [], { kind: 'open' }],
  ['with its head lease', lease('2026-01-01', '2027-05-31'), '2027-05-31', [], { kind: 'withHead', on: '2027-05-31' }],
  ['nobody after it', lease('2026-01-01', '2027-05-31'), null, [], { kind: 'empty', on: '2027-05-31' }],
  ['a part of the home', lease('2026-01-01', '2027-05-31', 'partOfFlat'), null, [], { kind: 'emptyPart', on: '2027-05-31' }],
] as const)('what happens then: %s', (_, living, headEndsOn, coming, expected) => {
  expect(whatThen(living, { effectiveEndsOn: headEndsOn }, coming)).toEqual(expected)
})

test('what happens then: somebody moves in, unless that is long after', () => {
  const living = lease('2026-01-01', '2027-05-31')
  const next = lease('2027-06-01', null)
  expect(whatThen(living, { effectiveEndsOn: null }, [next])).toEqual({ kind: 'next', on: '2027-05-31', next })
  expect(whatThen(living, { effectiveEndsOn: null }, [lease('2027-09-01', null)])).toEqual({ kind: 'empty', on: '2027-05-31' })
})
