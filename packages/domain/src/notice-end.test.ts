import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, endOfMonth, startOfMonth } from './day.ts'
import { noticeEnd, type NoticeEndInput } from './notice-end.ts'
import { isWorkingDay } from './working-days.ts'
import { anyDay } from '../test/arbitraries.ts'

const base: NoticeEndInput = {
  layer: 'sublease',
  givenBy: 'landlord',
  term: 'indefinite',
  tenancyStartsOn: '2023-01-01',
  servedOn: '2025-04-10',
  groundStated: true,
  endDateStated: true,
}
const result = (change: Partial<NoticeEndInput>) => noticeEnd({ ...base, ...change }).result

describe('a notice has no effect', () => {
  const none = { effective: false, noticeMonths: null, endsOn: null, movingDay: null, fullHandoverOn: null }
  it.each([
    ['when it was never provably served, whatever else it lacks', { servedOn: null, groundStated: false, term: 'fixedTerm' }, 'notServed'],
    [
      'when the subtenant of the head lease was not served',
      { layer: 'headLease', subtenantServedOn: null, groundStated: false },
      'subtenantNotServed',
    ],
    ['when nothing is said of the subtenant of the head lease', { layer: 'headLease' }, 'subtenantNotServed'],
    ['in a fixed term without a statutory ground', { term: 'fixedTerm', groundStated: false }, 'fixedTerm'],
    ['when the landlord states no ground', { groundStated: false, endDateStated: false }, 'groundMissing'],
    ['when the landlord states no end date', { endDateStated: false }, 'endDateMissing'],
  ] as const)('%s', (_title, change, reason) => expect(result(change)).toMatchObject({ ...none, reason }))

  it("but a tenant's notice needs neither ground nor end date (54 § 2 mom.)", () => {
    expect(result({ givenBy: 'tenant', groundStated: false, endDateStated: false })).toMatchObject({ effective: true, noticeMonths: 1 })
  })
  it('but the city as head tenant serves the landlord alone', () => {
    expect(result({ layer: 'headLease', givenBy: 'tenant' })).toMatchObject({ effective: true, endsOn: '2025-05-31' })
  })
})

describe('the notice period', () => {
  it('counts a year as full on the anniversary and says so on its eve', () => {
    expect(result({ tenancyStartsOn: '2024-04-11' })).toMatchObject({
      noticeMonths: 3,
      assumptions: ['yearIsFullOnAnniversary', 'nextDayMovesToWorkingDay'],
    })
    expect(result({ tenancyStartsOn: '2024-04-10' })).toMatchObject({ noticeMonths: 6, endsOn: '2025-10-31' })
  })
  it('of a fixed term with a ground is that of 52 §, and 55 § needs the court', () => {
    expect(result({ term: 'fixedTerm', fixedTermGround: 46, givenBy: 'tenant' })).toMatchObject({ effective: true, endsOn: '2025-05-31' })
    expect(result({ term: 'fixedTerm', fixedTermGround: 46 })).not.toHaveProperty('courtPermissionNeeded')
    expect(result({ term: 'fixedTerm', fixedTermGround: 55 })).toMatchObject({ effective: true, courtPermissionNeeded: true })
  })
  it('runs from the later of the two services of a head lease, whichever it is', () => {
    const head = { layer: 'headLease', servedOn: '2025-03-10', subtenantServedOn: '2025-04-03' } as const
    const swapped = { layer: 'headLease', servedOn: '2025-04-03', subtenantServedOn: '2025-03-10' } as const
    expect(result(head).endsOn).toBe('2025-10-31')
    expect(result(swapped).endsOn).toBe('2025-10-31')
    expect(result(head).assumptions).toContain('laterServiceCounts')
  })
  it('ends the lease with a month even on a Saturday, and only the moving day shifts (TIME-5)', () => {
    expect(result({ givenBy: 'tenant' })).toMatchObject({ endsOn: '2025-05-31', movingDay: '2025-06-02', fullHandoverOn: '2025-06-03' })
    expect(result({ givenBy: 'tenant', servedOn: '2025-11-15' })).toMatchObject({
      endsOn: '2025-12-31',
      movingDay: '2026-01-02',
      fullHandoverOn: '2026-01-05',
    })
  })
  it('always ends on a month end, at least the whole months later, and moving days are working days', () => {
    fc.assert(
      fc.property(
        anyDay(2000, 2150),
        anyDay(1995, 2150),
        fc.constantFrom('landlord' as const, 'tenant' as const),
        (servedOn, tenancyStartsOn, givenBy) => {
          const { endsOn, noticeMonths, movingDay, fullHandoverOn } = result({ servedOn, tenancyStartsOn, givenBy })
          if (endsOn === null || noticeMonths === null || movingDay === null || fullHandoverOn === null) throw new Error('ineffective')
          expect(endsOn).toBe(endOfMonth(endsOn))
          expect(startOfMonth(endsOn)).toBe(addMonths(startOfMonth(servedOn), noticeMonths))
          expect(noticeMonths).toBe(givenBy === 'tenant' ? 1 : addMonths(tenancyStartsOn, 12) <= servedOn ? 6 : 3)
          expect(isWorkingDay(movingDay) && isWorkingDay(fullHandoverOn) && endsOn < movingDay && movingDay < fullHandoverOn).toBe(true)
        },
      ),
    )
  })
  it('beyond the calendar is refused', () => {
    expect(() => result({ servedOn: '2200-12-01' })).toThrow(expect.objectContaining({ code: 'calculation.outOfRange' }))
  })
  it('leads in its steps to the end day', () => {
    const { steps } = noticeEnd(base)
    expect(steps.map(({ rule, value }) => [rule, value])).toEqual([
      ['noticeEffective', true],
      ['leaseEnds', '2025-10-31'],
      ['movingDay', '2025-11-03'],
      ['fullHandover', '2025-11-04'],
    ])
    expect(steps[1]?.steps.map(({ rule, value }) => [rule, value])).toEqual([
      ['periodStarts', '2025-04-30'],
      ['noticeMonths', 6],
    ])
  })
})
