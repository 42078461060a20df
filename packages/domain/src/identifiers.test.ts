import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessIdCheck, mod31Check, mod97Check, referenceCheck } from './check-digits.ts'
import { identifier } from './identifier.ts'
import { checkIdentifier, groupIdentifier, maskIdentityCode } from './identifiers.ts'
import { paymentReference } from './payment-reference.ts'
import { digits } from '../test/arbitraries.ts'

describe('a personal identity code', () => {
  it.each([
    ['131052-308T', undefined],
    // the administration's examples of the signs of 2023
    ['010594Y9032', true],
    ['010594Y9021', true],
    ['020594X903P', true],
    ['020594X902N', true],
    ['030594W903B', true],
    ['030694W9024', true],
    ['040594V9030', true],
    ['040594V902Y', true],
    ['050594U903M', true],
    ['050594U902L', true],
    ['010516B903X', true],
    ['010516B902W', true],
    ['020516C903K', true],
    ['020516C902J', true],
    ['030516D9037', true],
    ['030516D9026', true],
    ['010501E9032', true],
    ['020502E902X', true],
    ['020503F9037', true],
    ['020504A902E', true],
    ['020504B904H', true],
  ])('%s is valid', (value, artificial) => {
    expect(checkIdentifier('personalIdentityCode', value)).toEqual({
      valid: true,
      normalised: value,
      ...(artificial ? { artificial } : {}),
    })
  })
  it.each([
    ['131052-308U', 'checkDigit'],
    ['131052–308T', 'format'],
    ['131052308T', 'format'],
    ['131052-001A', 'format'],
    ['131052-000A', 'format'],
    ['311152-308T', 'date'],
    ['131352-308T', 'date'],
    ['290201A002M', 'date'],
    ['000190-900P', 'date'],
    ['131052G308T', 'format'],
    ['131052Z308T', 'format'],
    ['', 'format'],
    ['131052-308TT', 'format'],
  ])('%s is refused: %s', (value, reason) => expect(checkIdentifier('personalIdentityCode', value)).toEqual({ valid: false, reason }))
  it('keeps its sign, since the sign tells two people apart', () => {
    expect(checkIdentifier('personalIdentityCode', ' 010190y900p ')).toEqual({ valid: true, normalised: '010190Y900P', artificial: true })
    expect(checkIdentifier('personalIdentityCode', '010190-900P')).toEqual({ valid: true, normalised: '010190-900P', artificial: true })
  })
  it('of the 1800s has a plus and its own leap years', () => {
    const check = mod31Check('290296002')
    expect(checkIdentifier('personalIdentityCode', `290296+002${check}`)).toMatchObject({ valid: true })
    expect(checkIdentifier('personalIdentityCode', `290200-002${mod31Check('290200002')}`)).toEqual({ valid: false, reason: 'date' })
  })
  it('is masked with its sign, whatever is typed', () => {
    expect(maskIdentityCode('131052-308T')).toBe('131052-****')
    expect(maskIdentityCode('010190Y900P')).toBe('010190Y****')
    expect(maskIdentityCode('not a code')).toBe('***********')
  })
  it('never stands in the explanation', () => {
    const told = JSON.stringify(identifier({ kind: 'personalIdentityCode', value: '131052-308T' }).steps)
    expect(told).not.toContain('131052')
    expect(told).not.toContain('308T')
  })
  it('with one wrong character never passes (mod 31)', () => {
    fc.assert(
      fc.property(digits(9), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const changed = `${body.slice(0, place)}${(Number(body[place]) + shift) % 10}${body.slice(place + 1)}`
        expect(mod31Check(changed)).not.toBe(mod31Check(body))
      }),
    )
  })
})

describe('other identifiers', () => {
  it.each([
    ['businessId', '2077474-0', '2077474-0'],
    ['businessId', ' 0112038-9', '0112038-9'],
    ['buildingId', '100012345n', '100012345N'],
    ['iban', 'fi21 1234 5600 0007 85', 'FI2112345600000785'],
    ['iban', 'DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['iban', 'GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['iban', 'NO93 8601 1117 947', 'NO9386011117947'],
    ['paymentReference', '12 34561', '1234561'],
    ['creditorReference', 'RF34 1234 561', 'RF341234561'],
    ['creditorReference', 'RF18 5390 0754 7034', 'RF18539007547034'],
  ] as const)('%s %s is stored as %s', (kind, value, normalised) => {
    expect(checkIdentifier(kind, value)).toEqual({ valid: true, normalised })
  })
  it.each([
    ['businessId', '2077474-1', 'checkDigit'],
    ['businessId', '20774740', 'format'],
    ['businessId', '207747-4', 'format'],
    ['buildingId', '200012345N', 'format'],
    ['buildingId', '100012345A', 'checkDigit'],
    ['iban', 'FI2112345600000786', 'checkDigit'],
    ['iban', 'FI211234560000078', 'format'],
    ['iban', 'FI21123456000007855', 'format'],
    ['iban', '2112345600000785', 'format'],
    ['paymentReference', '1234562', 'checkDigit'],
    ['paymentReference', '01234561', 'format'],
    ['paymentReference', '123', 'format'],
    ['paymentReference', '123456789012345678901', 'format'],
    ['creditorReference', 'RF351234561', 'checkDigit'],
    ['creditorReference', '1234561', 'format'],
  ] as const)('%s %s is refused: %s', (kind, value, reason) => expect(checkIdentifier(kind, value)).toEqual({ valid: false, reason }))

  it('a business id whose remainder is 1 is not given out', () => {
    fc.assert(
      fc.property(digits(7), (body) => {
        const check = businessIdCheck(body)
        const accepted = [...'0123456789'].filter((digit) => checkIdentifier('businessId', `${body}-${digit}`).valid)
        expect(accepted).toEqual(check === null ? [] : [check])
      }),
    )
  })
  it('an IBAN has one pair of check digits, 02..98', () => {
    fc.assert(
      fc.property(digits(14), (body) => {
        const check = mod97Check('FI', body)
        expect(Number(check)).toBeGreaterThanOrEqual(2)
        expect(Number(check)).toBeLessThanOrEqual(98)
        const accepted = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).filter(
          (pair) => checkIdentifier('iban', `FI${pair}${body}`).valid,
        )
        expect(accepted).toEqual([check])
      }),
    )
  })
  it('are grouped as people read them', () => {
    expect(groupIdentifier('paymentReference', '20250001473')).toBe('2 02500 01473')
    expect(groupIdentifier('iban', 'FI2112345600000785')).toBe('FI21 1234 5600 0007 85')
    expect(groupIdentifier('creditorReference', 'RF8620250001473')).toBe('RF86 2025 0001 473')
  })
})

describe('a payment reference', () => {
  it('made from any base is one that the check takes, and so is its RF form', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 19 }).chain((length) => digits(length, '123456789')),
        (base) => {
          const { reference, rf } = paymentReference({ base }).result
          expect(reference).toBe(`${base}${referenceCheck(base)}`)
          expect(checkIdentifier('paymentReference', reference).valid).toBe(true)
          expect(checkIdentifier('creditorReference', rf)).toEqual({ valid: true, normalised: rf })
        },
      ),
    )
  })
  it('with one wrong digit never passes', () => {
    fc.assert(
      fc.property(digits(8, '123456789'), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }), (base, place, shift) => {
        const changed = `${base.slice(0, place)}${(Number(base[place]) + shift) % 10}${base.slice(place + 1)}`
        expect(referenceCheck(changed)).not.toBe(referenceCheck(base))
      }),
    )
  })
  it.each(['12', '0123456', '12345678901234567890', '12a', '', '１２３'])('is not made from %j', (base) => {
    expect(() => paymentReference({ base })).toThrow(expect.objectContaining({ code: 'calculation.baseInvalid', pointer: '/base' }))
  })
})
