import { describe, expect, it } from 'vitest'
import { birthDateOf, maskMigriNumber, settlePersonIdentity } from './person-identity.ts'

const rules = { today: '2026-11-24', artificialAllowed: true }
const nobody = { identityCode: null, migriNumber: null, birthDate: null }
const codes = (identity: Partial<typeof nobody | { identityCode: string; migriNumber: string; birthDate: string }>, change = {}) =>
  settlePersonIdentity({ ...nobody, ...identity }, { ...rules, ...change }).faults.map(({ code, pointer }) => `${pointer} ${code}`)

describe('birth date of an identity code', () => {
  it.each([
    ['010190-900P', '1990-01-01'],
    ['010190Y900P', '1990-01-01'],
    ['010516B903X', '2016-05-01'],
    ['290296+002P', null],
  ])('%s: %s', (code, day) => expect(birthDateOf(code)).toBe(day))
})

describe('identity of a person', () => {
  it('takes a code and finds the birth date', () => {
    expect(settlePersonIdentity({ ...nobody, identityCode: '010190y900p' }, rules)).toEqual({
      identity: { identityCode: '010190Y900P', migriNumber: null, birthDate: '1990-01-01' },
      faults: [],
    })
  })
  it('takes a Migri number with a birth date', () => {
    expect(settlePersonIdentity({ ...nobody, migriNumber: 'ab1234567', birthDate: '1990-01-01' }, rules)).toEqual({
      identity: { identityCode: null, migriNumber: 'AB1234567', birthDate: '1990-01-01' },
      faults: [],
    })
  })
  it('refuses a person without either, and a Migri number alone', () => {
    expect(codes({})).toEqual(['/identityCode person.identifierMissing'])
    expect(codes({ migriNumber: '1234567' })).toEqual(['/birthDate person.birthDateMissing'])
  })
  it('refuses a birth date that the code denies, and one to come', () => {
    expect(codes({ identityCode: '010190-900P', birthDate: '1990-01-02' })).toEqual(['/birthDate person.birthDateDiffers'])
    expect(codes({ migriNumber: '1234567', birthDate: '2026-11-25' })).toEqual(['/birthDate person.birthDateInFuture'])
    expect(codes({ identityCode: '010190-900P' }, { today: '1989-12-31' })).toEqual(['/identityCode identifier.date'])
  })
  it('refuses artificial codes unless they are allowed (IN-10)', () => {
    expect(codes({ identityCode: '010190-900P' }, { artificialAllowed: false })).toEqual(['/identityCode identifier.artificial'])
  })
  it('tells format, date and check character apart', () => {
    expect(codes({ identityCode: '010190G900P' })).toEqual(['/identityCode identifier.format'])
    expect(codes({ identityCode: '300290-900P' })).toEqual(['/identityCode identifier.date'])
    expect(codes({ identityCode: '010190-9001' })).toEqual(['/identityCode identifier.checkDigit'])
  })
})

it('a Migri number shows its end only', () => expect(maskMigriNumber('AB1234567')).toBe('****567'))
