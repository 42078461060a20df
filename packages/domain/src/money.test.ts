import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText, divideHalfUp, exactCents, maximumCents, splitCents, toCents } from './money.ts'
import { cents } from '../test/arbitraries.ts'

describe('money', () => {
  it.each([0.1 + 0.2, 1e21, 2 ** 53 + 1, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, maximumCents + 1])(
    'refuses %s instead of rounding it',
    (value) => {
      expect(() => exactCents(value, '/rentCents')).toThrow(
        expect.objectContaining({ code: 'calculation.outOfRange', pointer: '/rentCents' }),
      )
    },
  )
  it('does not come back as an inexact number', () => {
    expect(() => toCents(2n ** 53n)).toThrow(expect.objectContaining({ code: 'calculation.outOfRange' }))
  })
  it.each([
    [1n, 2n, 1n],
    [3n, 2n, 2n],
    [49n, 100n, 0n],
    [50n, 100n, 1n],
    [0n, 7n, 0n],
    [22n, 7n, 3n],
  ])('rounds %s/%s half up to %s', (a, b, rounded) => {
    expect(divideHalfUp(a, b)).toBe(rounded)
  })
  it('rounds to the nearest, never further than half', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 30n), fc.bigInt(1n, 10n ** 15n), (a, b) => {
        const twice = 2n * (divideHalfUp(a, b) * b - a)
        expect(twice > -b && twice <= b).toBe(true)
      }),
    )
  })
  it('shows an unrounded part with its decimals', () => {
    expect(decimalText(1n, 3n, 6)).toBe('0.333333')
    expect(decimalText(2n, 3n, 2)).toBe('0.67')
    expect(decimalText(5n, 1n, 2)).toBe('5.00')
  })
  it('split into parts always sums to the whole, no part negative (IN-08)', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 12 }).filter((list) => list.some((one) => one > 0))
    fc.assert(
      fc.property(cents(), weights, (total, list) => {
        const parts = splitCents(total, list)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
        expect(parts.every((part) => part >= 0)).toBe(true)
      }),
    )
    expect(splitCents(65000, [14, 14])).toEqual([32500, 32500])
    expect(splitCents(100, [1, 1, 1])).toEqual([33, 33, 34])
    expect(splitCents(2, [1, 1, 1, 1])).toEqual([1, 1, 0, 0])
  })
})
