import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, startOfMonth } from './day.ts'
import { costRentIncrease } from './cost-rent-increase.ts'
import { deathContinuation } from './death-continuation.ts'
import { stateReimbursement, type StateReimbursementInput } from './state-reimbursement.ts'
import { termChain, type AgreedTerm } from './term-chain.ts'
import { isWorkingDay } from './working-days.ts'
import { anyDay } from '../test/arbitraries.ts'

const term = (startsOn: string, endsOn: string | null, written = true): AgreedTerm => ({ startsOn, endsOn, written })
const q1 = term('2025-01-01', '2025-03-31')
const q2 = term('2025-04-01', '2025-06-30')
const q3 = term('2025-07-01', '2025-09-30')
const q4 = term('2025-10-01', '2025-12-31')

describe('a chain of terms', () => {
  it.each([
    ['one short term stays fixed', [q1], 'fixedTerm'],
    ['two short terms stay fixed', [q1, q2], 'fixedTerm'],
    ['the third short term in a row is indefinite', [q1, q2, q3], 'indefinite'],
    ['and so is the fourth', [q1, q2, q3, q4], 'indefinite'],
    ['in whatever order they are told', [q3, q1, q2], 'indefinite'],
    ['a gap of a day breaks the row', [q1, q2, term('2025-07-02', '2025-09-30')], 'fixedTerm'],
    [
      'a term of a day over three months is not short',
      [term('2025-01-01', '2025-04-01'), term('2025-04-02', '2025-06-30'), q3],
      'fixedTerm',
    ],
    ['a longer term between breaks the row', [q1, term('2025-04-01', '2025-12-31'), term('2026-01-01', '2026-03-31')], 'fixedTerm'],
    ['an unwritten term is indefinite', [term('2025-01-01', '2025-12-31', false)], 'indefinite'],
    ['and what follows it as well', [term('2025-01-01', '2025-12-31', false), term('2026-01-01', '2026-12-31')], 'indefinite'],
    ['a term without an end is indefinite', [term('2025-01-01', null)], 'indefinite'],
  ] as const)('%s', (_title, terms, effectiveTerm) => expect(termChain({ terms }).result.effectiveTerm).toBe(effectiveTerm))

  it('says which term made it indefinite', () => {
    expect(termChain({ terms: [q1, q2, q3, q4] }).result.indefiniteFrom).toBe(2)
    expect(termChain({ terms: [q3, q2, q1] }).result.indefiniteFrom).toBe(0)
  })
  it('says when the answer hangs on a longer term between', () => {
    const long = term('2025-07-01', '2025-12-31')
    expect(termChain({ terms: [q1, q2, long, term('2026-01-01', '2026-03-31')] }).result.assumptions).toEqual(['longerTermBreaksChain'])
    expect(termChain({ terms: [q1, q2] }).result.assumptions).toEqual([])
  })
  it('names every reversed term', () => {
    expect(() => termChain({ terms: [term('2025-02-01', '2025-01-01'), q1, term('2025-02-02', '2025-02-01')] })).toThrow(
      expect.objectContaining({
        code: 'request.invalid',
        faults: [expect.objectContaining({ pointer: '/terms/0/endsOn' }), expect.objectContaining({ pointer: '/terms/2/endsOn' })],
      }),
    )
  })
  it('of n short terms without a gap is indefinite from the third on', () => {
    fc.assert(
      fc.property(anyDay(2000, 2100), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 8 }), (start, months) => {
        let startsOn = startOfMonth(start)
        const terms = months.map((count) => {
          const made = term(startsOn, addDays(addMonths(startsOn, count), -1))
          startsOn = addMonths(startsOn, count)
          return made
        })
        expect(termChain({ terms }).result.effectiveTerm).toBe(months.length >= 3 ? 'indefinite' : 'fixedTerm')
      }),
    )
  })
})

describe('a raised cost rent', () => {
  it.each([
    ['2024-12-31', '2025-03-01'],
    ['2025-01-02', '2025-04-01'],
    ['2025-11-30', '2026-02-01'],
    ['2025-12-30', '2026-03-01'],
  ])('told on %s holds from %s', (servedOn, inForceOn) =>
    expect(costRentIncrease({ servedOn }).result).toEqual({ inForceOn, assumptions: ['rentPeriodIsMonth'] }),
  )
  it('whose two months end on a first day waits for the next period and says so', () => {
    expect(costRentIncrease({ servedOn: '2025-01-01' }).result).toEqual({
      inForceOn: '2025-04-01',
      assumptions: ['rentPeriodIsMonth', 'firstOfMonthUsesNextPeriod'],
    })
  })
  it('always begins with a month, after two whole months', () => {
    fc.assert(
      fc.property(anyDay(2000, 2150), (servedOn) => {
        const { inForceOn } = costRentIncrease({ servedOn }).result
        expect(inForceOn).toBe(startOfMonth(inForceOn))
        expect(inForceOn > addMonths(servedOn, 2)).toBe(true)
      }),
    )
  })
})

describe('the notice of continuing after a death', () => {
  it('is due three months from the death, on a working day', () => {
    expect(deathContinuation({ diedOn: '2025-01-18' }).result.continuationNoticeDueOn).toBe('2025-04-22')
    expect(deathContinuation({ diedOn: '2024-11-30' }).result.continuationNoticeDueOn).toBe('2025-02-28')
    fc.assert(
      fc.property(anyDay(2000, 2150), (diedOn) => {
        const due = deathContinuation({ diedOn }).result.continuationNoticeDueOn
        expect(isWorkingDay(due) && due >= addMonths(diedOn, 3)).toBe(true)
      }),
    )
  })
})

describe('the calculated reimbursement', () => {
  const result = (change: Partial<StateReimbursementInput>) =>
    stateReimbursement({ ground: 'quotaRefugee', ageAtStart: 34, homeMunicipalityFrom: '2025-03-15', ...change }).result
  it('lasts three years for quota refugees and two for others', () => {
    expect(result({}).until).toBe('2028-03-14')
    expect(result({ ground: 'asylum' })).toMatchObject({ until: '2027-03-14', totalCents: 2 * 205_200 + 774_100 })
  })
  it('of a small child is higher, by the age at the start of each year', () => {
    expect(result({ ageAtStart: 2 })).toMatchObject({ totalCents: 3 * 274_100 })
    expect(result({ ageAtStart: 6 }).rows.map(({ rule }) => rule)).toEqual(['underSeven', 'sevenOrOver', 'sevenOrOver'])
    expect(result({ ageAtStart: 6 }).assumptions).toContain('ageAtStartDecides')
  })
  it('adds the first adult year once, when it comes', () => {
    expect(result({ ageAtStart: 17 })).toMatchObject({ totalCents: 3 * 205_200 + 774_100 })
    expect(result({ ageAtStart: 17 }).rows[2]).toEqual({ fromOn: '2026-03-15', toOn: '2027-03-14', rule: 'firstAdultYear', cents: 774_100 })
    expect(result({ ageAtStart: 12 })).toMatchObject({ totalCents: 3 * 205_200 })
  })
  it('that began before 2025 keeps its old length and has no total here', () => {
    expect(result({ homeMunicipalityFrom: '2024-12-31' })).toMatchObject({
      until: '2028-12-30',
      totalCents: null,
      assumptions: ['oldAmountsNotEntered'],
    })
    expect(result({ ground: 'asylum', homeMunicipalityFrom: '2024-12-31' }).until).toBe('2027-12-30')
  })
  it('has rows that follow each other through the period and sum to the total', () => {
    fc.assert(
      fc.property(
        anyDay(2025, 2100),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom('quotaRefugee' as const, 'asylum' as const),
        (homeMunicipalityFrom, ageAtStart, ground) => {
          const { rows, totalCents, until } = result({ homeMunicipalityFrom, ageAtStart, ground })
          expect(rows.reduce((sum, { cents }) => sum + (cents ?? Number.NaN), 0)).toBe(totalCents)
          const yearly = rows.filter(({ rule }) => rule !== 'firstAdultYear')
          expect(yearly[0]?.fromOn).toBe(homeMunicipalityFrom)
          expect(yearly.at(-1)?.toOn).toBe(until)
          for (const [index, one] of yearly.entries()) if (index > 0) expect(one.fromOn).toBe(addDays(yearly[index - 1]?.toOn ?? '', 1))
        },
      ),
    )
  })
  it('is not guessed for temporary protection, nor before the first rule', () => {
    expect(() => result({ ground: 'temporaryProtection' })).toThrow(
      expect.objectContaining({ code: 'calculation.ruleUnknown', pointer: '/ground' }),
    )
    expect(() => result({ homeMunicipalityFrom: '2011-08-31' })).toThrow(expect.objectContaining({ code: 'calculation.ruleUnknown' }))
    expect(() => result({ ageAtStart: 1.5 })).toThrow(expect.objectContaining({ code: 'calculation.outOfRange', pointer: '/ageAtStart' }))
  })
})
