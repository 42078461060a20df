import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, endOfMonth, startOfMonth } from './day.ts'
import { defaultInterest } from './default-interest.ts'
import { indexRent } from './index-rent.ts'
import { paymentAllocation } from './payment-allocation.ts'
import { proratedRent } from './prorated-rent.ts'
import { referenceRateOn, referenceRates } from './rates.ts'
import { reminderFee } from './reminder-fee.ts'
import { rentDue } from './rent-due.ts'
import { securityCap } from './security-cap.ts'
import { isWorkingDay } from './working-days.ts'
import { anyDay, cents } from '../test/arbitraries.ts'

const refused = (code: string, pointer?: string) => expect.objectContaining(pointer === undefined ? { code } : { code, pointer })

describe('default interest', () => {
  const interest = (principalCents: number, dueOn: string, paidOn: string) =>
    defaultInterest({ principalCents, dueOn, paidOn, debtor: 'residentialTenant' }).result

  it('is cut at half-years, each with its rate, and rounded once', () => {
    expect(interest(65000, '2024-12-02', '2025-01-15').segments).toEqual([
      { fromOn: '2024-12-03', toOn: '2024-12-31', days: 29, ratePercent: 11.5, interestCents: '593.904110' },
      { fromOn: '2025-01-01', toOn: '2025-01-15', days: 15, ratePercent: 10.5, interestCents: '280.479452' },
    ])
  })
  it('counts the day of payment, not the due day', () => {
    expect(interest(365000, '2025-01-02', '2025-01-03')).toMatchObject({ days: 1, interestCents: 105 })
  })
  it.each(['2025-01-02', '2024-12-31'])('is nothing when paid on time (%s), even where no rate is known', (paidOn) => {
    expect(interest(65000, '2025-01-02', paidOn)).toMatchObject({ interestCents: 0, days: 0, segments: [] })
    expect(interest(65000, '2030-01-02', '2030-01-02').interestCents).toBe(0)
  })
  it('of a commercial debt is one point higher and says that it was assumed', () => {
    const { result } = defaultInterest({ principalCents: 365000, dueOn: '2025-01-02', paidOn: '2025-01-03', debtor: 'commercial' })
    expect(result).toMatchObject({
      interestCents: 115,
      segments: [{ ratePercent: 11.5 }],
      assumptions: ['actualDaysOver365', 'commercialRateApplies'],
    })
  })
  it('says when a rate was computed and not read', () => {
    expect(interest(65000, '2025-07-02', '2025-08-01').assumptions).toContain('referenceRateDerived')
    expect(interest(65000, '2026-01-02', '2026-02-02').assumptions).not.toContain('referenceRateDerived')
  })
  it.each([
    ['2016-06-29', '2016-07-05'],
    ['2026-06-02', '2026-07-01'],
    ['2027-01-04', '2027-02-01'],
  ])('of a half-year without a known rate is refused (%s)', (dueOn, paidOn) => {
    expect(() => interest(65000, dueOn, paidOn)).toThrow(refused('calculation.rateUnknown'))
  })
  it('grows with every day and its parts add up', () => {
    const days = anyDay(2016, 2026).filter((day) => day >= '2016-07-02' && day <= '2025-06-30')
    fc.assert(
      fc.property(cents(), days, fc.integer({ min: 0, max: 300 }), (principal, dueOn, late) => {
        const paidOn = addDays(dueOn, late)
        const { interestCents, segments, days: counted } = interest(principal, dueOn, paidOn)
        expect(counted).toBe(late)
        expect(segments.reduce((sum, one) => sum + one.days, 0)).toBe(late)
        const parts = segments.reduce((sum, one) => sum + Number(one.interestCents), 0)
        expect(Math.abs(parts - interestCents)).toBeLessThanOrEqual(0.5001)
        expect(interest(principal, dueOn, addDays(paidOn, 1)).interestCents).toBeGreaterThanOrEqual(interestCents)
        for (const [index, one] of segments.entries()) {
          expect(one.fromOn).toBe(index === 0 ? addDays(dueOn, 1) : addDays(segments[index - 1]?.toOn ?? '', 1))
          expect(one.fromOn <= one.toOn).toBe(true)
        }
        expect(segments.at(-1)?.toOn).toBe(late === 0 ? undefined : paidOn)
      }),
    )
  })
  it('split at any day is the same to a cent', () => {
    fc.assert(
      fc.property(cents(), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }), (principal, first, second) => {
        const dueOn = '2022-06-01'
        const middle = addDays(dueOn, first)
        const end = addDays(middle, second)
        const whole = interest(principal, dueOn, end).interestCents
        const parts = interest(principal, dueOn, middle).interestCents + interest(principal, middle, end).interestCents
        expect(Math.abs(whole - parts)).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('has a table without holes or overlaps', () => {
    for (const [index, rate] of referenceRates.entries()) {
      const next = referenceRates[index + 1]
      if (next !== undefined) expect(next.effectiveFrom).toBe(addDays(rate.effectiveUntil, 1))
      expect(rate.tenthsOfPercent % 5).toBe(0)
      expect(referenceRateOn(rate.effectiveUntil)).toBe(rate)
    }
  })
})

describe('a payment', () => {
  it('goes to interest, then principal, costs last, and every cent is somewhere', () => {
    fc.assert(
      fc.property(cents(), cents(1_000_000), cents(100_000), cents(), (principalCents, interestCents, costsCents, paymentCents) => {
        const r = paymentAllocation({ principalCents, interestCents, costsCents, paymentCents }).result
        expect(r.interestPaidCents + r.principalPaidCents + r.costsPaidCents + r.surplusCents).toBe(paymentCents)
        expect(r.interestPaidCents + r.interestLeftCents).toBe(interestCents)
        expect(r.principalPaidCents + r.principalLeftCents).toBe(principalCents)
        expect(r.costsPaidCents + r.costsLeftCents).toBe(costsCents)
        if (r.principalPaidCents > 0) expect(r.interestLeftCents).toBe(0)
        if (r.costsPaidCents > 0) expect(r.principalLeftCents).toBe(0)
        if (r.surplusCents > 0) expect(r.costsLeftCents).toBe(0)
        expect(Math.min(...Object.values(r))).toBeGreaterThanOrEqual(0)
      }),
    )
  })
  it('that is no whole number of cents is refused', () => {
    const input = { principalCents: 100, interestCents: 0, costsCents: 0, paymentCents: 0.5 }
    expect(() => paymentAllocation(input)).toThrow(refused('calculation.outOfRange', '/paymentCents'))
  })
})

describe('rent of a part of a month', () => {
  it('is never more than the month, and the two halves of a month are the month to a cent', () => {
    fc.assert(
      fc.property(cents(), anyDay(2000, 2150), (monthlyRentCents, day) => {
        const [first, last] = [startOfMonth(day), endOfMonth(day)]
        const until = proratedRent({ monthlyRentCents, fromOn: first, toOn: day }).result.rentCents
        expect(until).toBeLessThanOrEqual(monthlyRentCents)
        expect(proratedRent({ monthlyRentCents, fromOn: first, toOn: last }).result.rentCents).toBe(monthlyRentCents)
        if (day === last) return
        const after = proratedRent({ monthlyRentCents, fromOn: addDays(day, 1), toOn: last }).result.rentCents
        expect(Math.abs(until + after - monthlyRentCents)).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('refuses reversed days and two months', () => {
    expect(() => proratedRent({ monthlyRentCents: 1, fromOn: '2025-02-02', toOn: '2025-02-01' })).toThrow(refused('date.reversed', '/toOn'))
    expect(() => proratedRent({ monthlyRentCents: 1, fromOn: '2025-02-01', toOn: '2025-03-01' })).toThrow(
      refused('calculation.notOneMonth', '/toOn'),
    )
    expect(() => proratedRent({ monthlyRentCents: 1, fromOn: '2024-02-01', toOn: '2025-02-01' })).toThrow(
      refused('calculation.notOneMonth', '/toOn'),
    )
  })
})

describe('the due day of rent', () => {
  it.each([
    ['2025-02', 31, '2025-02-28'],
    ['2025-05', 31, '2025-06-02'],
    ['2025-06', null, '2025-06-02'],
    ['2026-01', null, '2026-01-02'],
    ['2026-01', 1, '2026-01-02'],
    ['2025-12', 24, '2025-12-29'],
    ['2025-04', 18, '2025-04-22'],
  ])('of %s agreed on %s is %s', (month, agreedDay, dueOn) => expect(rentDue({ month, agreedDay }).result.dueOn).toBe(dueOn))
  it('is always a working day', () => {
    fc.assert(
      fc.property(anyDay(2000, 2150), fc.integer({ min: 1, max: 31 }), (day, agreedDay) => {
        expect(isWorkingDay(rentDue({ month: day.slice(0, 7), agreedDay }).result.dueOn)).toBe(true)
      }),
    )
  })
  it('is not made up from a month or a day that does not exist', () => {
    expect(() => rentDue({ month: '2025-13', agreedDay: 1 })).toThrow(refused('calculation.outOfRange', '/month'))
    expect(() => rentDue({ month: '2025-12', agreedDay: 32 })).toThrow(refused('calculation.outOfRange', '/agreedDay'))
  })
})

describe('a reminder fee', () => {
  const fee = (change: object) =>
    reminderFee({ dueOn: '2024-12-02', previousReminderOn: null, sentOn: '2024-12-16', feeCents: 500, ...change }).result
  it.each([
    [{ sentOn: '2024-12-15', feeCents: 600 }, 'tooEarly'],
    [{ previousReminderOn: '2024-12-10', sentOn: '2024-12-23', feeCents: 600 }, 'tooSoonAfterPrevious'],
    [{ feeCents: 501 }, 'feeTooHigh'],
  ])('is refused with %j: %s', (change, reason) => expect(fee(change)).toMatchObject({ allowed: false, reason }))
  it('is allowed on the fourteenth day from the due day and from the last reminder', () => {
    expect(fee({})).toEqual({ allowed: true, earliestOn: '2024-12-16', maximumCents: 500, assumptions: ['dueDateFixedByContract'] })
    expect(fee({ previousReminderOn: '2024-12-16', sentOn: '2024-12-30' })).toMatchObject({ allowed: true, earliestOn: '2024-12-30' })
  })
  it('before the present rule is not judged', () => {
    expect(() => fee({ dueOn: '2013-01-02', sentOn: '2013-03-15' })).toThrow(refused('calculation.ruleUnknown'))
  })
})

describe('index rent', () => {
  const rent = (baseRentCents: number, baseIndex: number, newIndex: number, araRestricted = false) =>
    indexRent({ baseRentCents, baseIndex, newIndex, araRestricted }).result
  it('is rounded half up once from the agreed rent, with decimals of the index taken exactly', () => {
    expect(rent(60000, 1935, 1959).newRentCents).toBe(60744)
    expect(rent(100, 200, 201).newRentCents).toBe(101)
    expect(rent(100000, 100.1, 100.2).newRentCents).toBe(100100)
    expect(rent(1_000_000_00, 1.15, 1.16).newRentCents).toBe(100869565)
  })
  it('is refused for a flat under subsidised rent rules (32 §)', () => {
    expect(rent(60000, 1935, 1959, true)).toEqual({ allowed: false, newRentCents: null })
  })
  it.each([
    [0, 1, '/baseIndex'],
    [1, 0, '/newIndex'],
    [1.005, 1, '/baseIndex'],
    [1, Number.NaN, '/newIndex'],
    [1e21, 1, '/baseIndex'],
    [-1, 1, '/baseIndex'],
  ])('refuses the index points %s and %s at %s', (baseIndex, newIndex, pointer) =>
    expect(() => rent(60000, baseIndex, newIndex)).toThrow(refused('calculation.outOfRange', pointer)),
  )
  it('stays with an unchanged index and never falls with a rising one', () => {
    const points = fc.integer({ min: 1, max: 999_999 }).map((value) => value / 100)
    fc.assert(
      fc.property(cents(), points, points, (base, one, other) => {
        expect(rent(base, one, one).newRentCents).toBe(base)
        if (other >= one) expect(rent(base, one, other).newRentCents).toBeGreaterThanOrEqual(base)
      }),
    )
  })
})

describe('a security', () => {
  it('of exactly three months is allowed, a cent more is not (8 §)', () => {
    fc.assert(
      fc.property(cents(300_000_000), (monthlyRentCents) => {
        const maximum = 3 * monthlyRentCents
        expect(securityCap({ monthlyRentCents, demandedCents: maximum }).result).toEqual({ maximumCents: maximum, allowed: true })
        expect(securityCap({ monthlyRentCents, demandedCents: maximum + 1 }).result.allowed).toBe(false)
      }),
    )
  })
})
