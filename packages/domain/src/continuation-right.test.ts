import { describe, expect, it } from 'vitest'
import { continuationRight, headLeaseEndCauses, type ContinuationRightInput } from './continuation-right.ts'

const base: ContinuationRightInput = {
  scope: 'wholeFlat',
  cause: 'headTenantNotice',
  groundKnownOn: '2025-04-16',
  termsKnownOn: '2025-04-20',
  headLeaseEndsOn: '2025-05-31',
  subleaseEndsOn: null,
  landlordMayRescind: false,
}
const result = (change: Partial<ContinuationRightInput>) => continuationRight({ ...base, ...change }).result

describe('the right to continue (76 §)', () => {
  it('arises in the four cases of the section and in no other', () => {
    const arising = headLeaseEndCauses.filter((cause) => result({ cause }).arises)
    expect(arising).toEqual([
      'agreement',
      'headTenantNotice',
      'headTenantRescission',
      'landlordRescissionUnpaidRent',
      'landlordRescissionSecurity',
      'landlordRescissionBankruptcy',
      'headTenantDissolution',
    ])
  })
  it('never arises for a part of a flat, nor where the landlord may rescind the sublease', () => {
    expect(result({ scope: 'partOfFlat' })).toMatchObject({
      arises: false,
      noticeDueOn: null,
      endsNotBefore: '2025-05-31',
      directLeaseFrom: null,
    })
    expect(result({ landlordMayRescind: true })).toMatchObject({ arises: false, directLeaseFrom: null, directLeaseUntil: null })
  })
  it('without it the sublease ends with whichever ends first, known terms or not (78 §)', () => {
    expect(result({ cause: 'landlordNotice', termsKnownOn: null })).toMatchObject({ arises: false, endsNotBefore: '2025-05-31' })
    expect(result({ cause: 'fixedTermExpiry', subleaseEndsOn: '2025-05-10' })).toMatchObject({ endsNotBefore: '2025-05-10' })
    expect(result({ cause: 'fixedTermExpiry', subleaseEndsOn: '2025-12-31' })).toMatchObject({ endsNotBefore: '2025-05-31' })
  })
})

describe('the month of 77 §', () => {
  it('starts with the later knowledge, whichever it is', () => {
    expect(result({}).noticeDueOn).toBe('2025-05-20')
    expect(result({ groundKnownOn: '2025-05-02', termsKnownOn: '2025-04-01' }).noticeDueOn).toBe('2025-06-02')
  })
  it('moves to a working day and holds both leases', () => {
    expect(result({ groundKnownOn: '2025-05-20', termsKnownOn: '2025-05-21' })).toMatchObject({
      noticeDueOn: '2025-06-23',
      endsNotBefore: '2025-06-23',
      directLeaseFrom: '2025-06-24',
    })
  })
  it.each([[{ groundKnownOn: null }], [{ termsKnownOn: null }], [{ groundKnownOn: null, termsKnownOn: null }]])(
    'does not run with %j',
    (change) => {
      expect(result(change)).toMatchObject({
        arises: true,
        noticeDueOn: null,
        endsNotBefore: null,
        directLeaseFrom: null,
        directLeaseUntil: null,
      })
    },
  )
})

describe('the direct lease', () => {
  it('lasts at most to the end of a fixed sublease (77 § 4)', () => {
    expect(result({ subleaseEndsOn: '2025-12-31' })).toMatchObject({ directLeaseFrom: '2025-06-01', directLeaseUntil: '2025-12-31' })
  })
  it('does not come about where the fixed sublease ends before it could begin', () => {
    expect(result({ subleaseEndsOn: '2025-05-31' })).toMatchObject({
      arises: true,
      endsNotBefore: '2025-05-31',
      directLeaseFrom: null,
      directLeaseUntil: null,
    })
    expect(result({ subleaseEndsOn: '2025-06-01' })).toMatchObject({ directLeaseFrom: '2025-06-01', directLeaseUntil: '2025-06-01' })
  })
  it('may be contested for a month from the notice, moved by 12 §', () => {
    expect(result({ continuationNoticeReceivedOn: '2025-05-20' })).toMatchObject({
      noticeInTime: true,
      landlordMayContestUntil: '2025-06-23',
      directLeaseFrom: '2025-06-01',
    })
    expect(result({})).toMatchObject({ noticeInTime: null, landlordMayContestUntil: null })
  })
  it('is lost by a notice after the month', () => {
    expect(result({ continuationNoticeReceivedOn: '2025-05-21' })).toMatchObject({
      noticeInTime: false,
      directLeaseFrom: null,
      directLeaseUntil: null,
    })
  })
})
