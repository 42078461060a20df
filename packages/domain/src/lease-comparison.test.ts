import { describe, expect, it } from 'vitest'
import { compareLeases, type LowerLease, type UpperLease } from './lease-comparison.ts'
import { continuationAfter } from './head-lease-end.ts'
import { leaseEnd } from './lease-end.ts'
import { monthlyRent, nextRentChange } from './monthly-rent.ts'
import type { Step } from './explain.ts'

const head: UpperLease = { term: 'fixedTerm', endsOn: '2027-05-31', endReason: null, rentCents: 68200 }
const sub: LowerLease = {
  scope: 'wholeFlat',
  term: 'indefinite',
  startsOn: '2026-12-01',
  endsOn: null,
  endReason: null,
  rentCents: 68200,
  securityForm: 'kelaCommitment',
}
const rules = (steps: readonly Step[]): string[] =>
  steps.flatMap(({ rule, citation, steps: below }) => [`${rule} ${citation.section}`, ...rules(below)])

describe('the two leases side by side', () => {
  it('tells where the sublease ends with the head lease (78 §), with the steps', () => {
    const { cut } = compareLeases(head, sub, '2026-11-24')
    expect(cut?.result).toEqual({ endsOn: '2027-05-31', continuation: 'none' })
    expect(rules(cut?.steps ?? [])).toEqual(['subleaseEndsWithHeadLease 78 §', 'headLeaseEnds 4 § 1 mom.', 'subleaseIsOpen 4 § 1 mom.'])
  })
  it.each<[what: string, head: Partial<UpperLease>, sub: Partial<LowerLease>, cutOn: string | null]>([
    ['a fixed term inside the head lease is not cut', {}, { term: 'fixedTerm', endsOn: '2027-05-31' }, null],
    ['one that is longer is', {}, { term: 'fixedTerm', endsOn: '2027-06-30' }, '2027-05-31'],
    ['an end agreed on an open term does not keep it from being cut', {}, { endsOn: '2027-01-31' }, '2027-05-31'],
    ['an open head lease cuts nothing', { term: 'indefinite', endsOn: null }, {}, null],
  ])('%s', (_, above, below, cutOn) => {
    expect(compareLeases({ ...head, ...above }, { ...sub, ...below }, '2026-11-24').cut?.result.endsOn ?? null).toBe(cutOn)
  })
  it('an agreed end of the head lease lets the tenant go on (76 §): neither 78 § nor a fixed term is told', () => {
    const { cut } = compareLeases({ ...head, term: 'indefinite', endsOn: '2027-06-30', endReason: 'agreement' }, sub, '2026-11-24')
    expect(cut?.result).toEqual({ endsOn: '2027-06-30', continuation: 'right' })
    expect(rules(cut?.steps ?? [])).toEqual([
      'subtenantMayContinue 76 § 1 mom. 1 kohta, 77 § 1 mom.',
      'headLeaseEndedAs last day as it was recorded',
      'subleaseIsOpen 4 § 1 mom.',
    ])
  })
  it('an end of an open head lease without a reason leaves it open, and no fixed term is told', () => {
    const { cut } = compareLeases({ ...head, term: 'indefinite', endsOn: '2027-06-30' }, sub, '2026-11-24')
    expect(cut?.result).toEqual({ endsOn: '2027-06-30', continuation: 'open' })
    expect(rules(cut?.steps ?? [])).toEqual([
      'continuationIsOpen 76 § 1 mom., 78 §',
      'headLeaseEndsUnexplained last day as it was recorded',
      'subleaseIsOpen 4 § 1 mom.',
    ])
  })
  it('a fixed head lease that was ended binds until the recorded day', () => {
    const { exposure } = compareLeases({ ...head, endsOn: '2027-03-31', endReason: 'agreement' }, sub, '2026-11-24')
    expect(exposure?.result).toMatchObject({ goneOn: '2027-01-31', boundUntil: '2027-03-31' })
    expect(rules(exposure?.steps ?? [])).toEqual(
      expect.arrayContaining(['headLeaseBinds 51 §, 55 §', 'headLeaseEndedAs last day as it was recorded']),
    )
  })
  it('an ended open sublease keeps its term and ends on the recorded day, unless its tenant gives notice before', () => {
    const ended = { ...sub, endsOn: '2027-01-15', endReason: 'agreement' } as const
    const { cut, exposure } = compareLeases(head, ended, '2026-11-24')
    expect(cut).toBeNull()
    expect(exposure?.result.goneOn).toBe('2027-01-15')
    expect(exposure?.steps[0]).toMatchObject({ rule: 'endedAs', inputs: { endsOn: '2027-01-15', endReason: 'agreement' } })
    expect(rules(exposure?.steps ?? [])).not.toContain('subleaseRunsOut 4 § 1 mom.')
    const later = compareLeases(head, { ...ended, endsOn: '2027-04-30' }, '2026-11-24').exposure
    expect([later?.result.goneOn, later?.steps[0]?.rule]).toEqual(['2027-01-31', 'tenantMayLeave'])
    const fixed = compareLeases(head, { ...ended, term: 'fixedTerm' }, '2026-11-24').exposure
    expect([fixed?.result.goneOn, fixed?.steps[0]?.rule]).toEqual(['2027-01-15', 'endedAs'])
  })

  it('counts what the city pays for an empty home when the tenant leaves first (52 §)', () => {
    const { exposure } = compareLeases(head, sub, '2026-11-24')
    expect(exposure?.result).toEqual({ goneOn: '2027-01-31', boundUntil: '2027-05-31', months: 4, cents: 4 * 68200 })
    expect(rules(exposure?.steps ?? [])).toEqual([
      'tenantMayLeave 52 § 1 mom.',
      'leaseEnds 52 § 1 mom.',
      'periodStarts 52 § 1 mom.',
      'noticeMonths 52 § 1 mom.',
      'headLeaseBinds 51 §, 55 §',
      'headLeaseEnds 4 § 1 mom.',
      'emptyRent rent of the head lease for the empty days',
    ])
  })
  it('counts it from today while the tenancy goes on, and begun months as whole ones', () => {
    expect(compareLeases(head, sub, '2027-02-10').exposure?.result).toEqual({
      goneOn: '2027-03-31',
      boundUntil: '2027-05-31',
      months: 2,
      cents: 136400,
    })
    const fixed = { ...sub, term: 'fixedTerm', endsOn: '2027-05-16' } as const
    expect(compareLeases(head, fixed, '2026-11-24').exposure?.result).toEqual({
      goneOn: '2027-05-16',
      boundUntil: '2027-05-31',
      months: 1,
      cents: 33000,
    })
  })
  it.each<[what: string, head: Partial<UpperLease>, sub: Partial<LowerLease>]>([
    ['none where the city can give notice as well', { term: 'indefinite', endsOn: null }, {}],
    ['none where both run out together', {}, { term: 'fixedTerm', endsOn: '2027-05-31' }],
    ['none where nobody knows when a fixed term ends', {}, { term: 'fixedTerm', endsOn: null }],
  ])('%s', (_, above, below) => {
    expect(compareLeases({ ...head, ...above }, { ...sub, ...below }, '2026-11-24').exposure).toBeNull()
  })
  it('tells no sum without a rent above', () => {
    const { exposure, rentGapCents } = compareLeases({ ...head, rentCents: null }, sub, '2026-11-24')
    expect([exposure?.result.cents, rentGapCents]).toEqual([null, null])
    expect(rules(exposure?.steps ?? []).some((rule) => rule.startsWith('emptyRent'))).toBe(false)
  })
  it('tells the gap of the rents and a lacking security', () => {
    expect(compareLeases(head, { ...sub, rentCents: 65000, securityForm: 'none' }, '2026-11-24')).toMatchObject({
      rentGapCents: -3200,
      lacksSecurity: true,
    })
    expect(compareLeases(head, { ...sub, securityForm: null }, '2026-11-24').lacksSecurity).toBe(true)
    expect(compareLeases(head, sub, '2026-11-24')).toMatchObject({ rentGapCents: 0, lacksSecurity: false })
  })
})

describe('what the end of the head lease means for the sublease', () => {
  it.each([
    ['fixedTerm', null, 'none', '78 §'],
    ['fixedTerm', 'fixedTermExpired', 'none', '78 §'],
    ['indefinite', 'landlordNotice', 'none', '78 §'],
    ['fixedTerm', 'agreement', 'right', '76 § 1 mom. 1 kohta, 77 § 1 mom.'],
    ['indefinite', 'tenantNotice', 'right', '76 § 1 mom. 2 kohta, 77 § 1 mom.'],
    ['indefinite', 'rescission', 'open', '76 § 1 mom., 78 §'],
    ['indefinite', 'corrected', 'open', '76 § 1 mom., 78 §'],
    ['fixedTerm', 'corrected', 'open', '76 § 1 mom., 78 §'],
    ['indefinite', 'handover', 'open', '76 § 1 mom., 78 §'],
    ['indefinite', null, 'open', '76 § 1 mom., 78 §'],
  ] as const)('%s, ended by %s: %s', (term, endReason, continuation, section) => {
    expect(continuationAfter({ term, endsOn: '2027-06-30', endReason }, 'wholeFlat')).toEqual({ continuation, section })
  })
  it('a part of a flat gives no right, however it ends (72 § 2)', () => {
    expect(continuationAfter({ term: 'indefinite', endsOn: '2027-06-30', endReason: 'agreement' }, 'partOfFlat')).toEqual({
      continuation: 'none',
      section: '72 § 2 mom., 78 §',
    })
  })
})

describe('the end of a lease', () => {
  const open = { effectiveTerm: 'indefinite', endsOn: null, endReason: null, scope: 'wholeFlat', headLease: null } as const
  const above = { term: 'fixedTerm', endsOn: '2027-05-31', endReason: null } as const
  it.each([
    ['open: by notice', {}, null, ['endsByNotice 51 §, 52 §']],
    ['a fixed term runs out', { effectiveTerm: 'fixedTerm', endsOn: '2027-05-31' }, '2027-05-31', ['fixedTermRunsOut 4 § 1 mom.']],
    ['one deemed indefinite does not', { endsOn: '2027-05-31' }, null, ['endsByNotice 51 §, 52 §']],
    ['ended', { endsOn: '2027-01-31', endReason: 'agreement' }, '2027-01-31', ['endedAs last day as it was recorded']],
    [
      'with the head lease',
      { headLease: above },
      '2027-05-31',
      ['subleaseEndsWithHeadLease 78 §', 'headLeaseEnds 4 § 1 mom.', 'endsByNotice 51 §, 52 §'],
    ],
    [
      'with a head lease that was ended by agreement',
      { headLease: { ...above, endReason: 'agreement' } },
      '2027-05-31',
      ['subtenantMayContinue 76 § 1 mom. 1 kohta, 77 § 1 mom.', 'headLeaseEndedAs last day as it was recorded', 'endsByNotice 51 §, 52 §'],
    ],
    [
      'before the head lease',
      { effectiveTerm: 'fixedTerm', endsOn: '2027-05-31', headLease: above },
      '2027-05-31',
      ['fixedTermRunsOut 4 § 1 mom.'],
    ],
  ] as const)('%s', (_, change, day, steps) => {
    const end = leaseEnd({ ...open, ...change })
    expect(end.result).toBe(day)
    expect(rules(end.steps)).toEqual(steps)
  })
})

describe('a month’s rent', () => {
  const parts = [
    { kind: 'base', label: null, cents: 66200, startsOn: '2025-12-01', endsOn: '2026-12-31' },
    { kind: 'base', label: null, cents: 68500, startsOn: '2027-01-01', endsOn: null },
    { kind: 'water', label: null, cents: 2000, startsOn: '2025-12-01', endsOn: null },
  ] as const
  it('is the sum of the parts that hold, each told', () => {
    const rent = monthlyRent(parts, '2026-11-24')
    expect(rent.result).toBe(68200)
    expect(rules(rent.steps)).toEqual(['rentOnDay 27 § 1 mom.', 'rentPart as the lease agrees', 'rentPart as the lease agrees'])
    expect(monthlyRent(parts, '2025-11-30').result).toBeNull()
  })
  it('changes on the day on which the sum does', () => {
    expect(nextRentChange(parts, '2026-11-24')).toEqual({ on: '2027-01-01', cents: 70500 })
    expect(nextRentChange(parts, '2027-01-01')).toBeNull()
    expect(nextRentChange([{ cents: 1, startsOn: '2026-01-01', endsOn: '2026-06-30' }], '2026-01-01')).toEqual({
      on: '2026-07-01',
      cents: null,
    })
  })
})
