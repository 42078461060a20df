import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf } from './day.ts'
import { formatApartment, parseApartment, parseCents, parseDay, tidyBusinessId, tidyCode, tidyPostalCode } from './forms.ts'
import { anyDay, cents } from '../test/arbitraries.ts'

describe('a day as typed', () => {
  it.each([
    ['1.3.26', '2026-03-01'],
    ['1.3.2026', '2026-03-01'],
    ['01.03.2026', '2026-03-01'],
    [' 1. 3. 2026 ', '2026-03-01'],
    ['010326', '2026-03-01'],
    ['01032026', '2026-03-01'],
    ['2026-03-01', '2026-03-01'],
    ['29.2.2024', '2024-02-29'],
  ])('%s is %s', (text, day) => expect(parseDay(text)).toBe(day))
  it.each([
    '29.2.2025',
    '31.4.2025',
    '1.13.2026',
    '0.1.2026',
    '1.3.',
    '1.3',
    '1.3.202',
    '1.3.1899',
    '1.1.2201',
    'tomorrow',
    '',
    '1/3/2026',
  ])('%j is none', (text) => expect(parseDay(text)).toBeNull())
  it('of birth is never after today', () => {
    expect(parseDay('13.10.52', { notAfter: '2026-01-01' })).toBe('1952-10-13')
    expect(parseDay('13.10.15', { notAfter: '2026-01-01' })).toBe('2015-10-13')
  })
  it('in the Finnish form reads back as itself', () => {
    fc.assert(
      fc.property(anyDay(1900, 2200), (day) => {
        const { year, month, day: number } = partsOf(day)
        expect(parseDay(`${number}.${month}.${year}`)).toBe(day)
      }),
    )
  })
})

describe('euros as typed', () => {
  it.each([
    ['1 234,5', 123450],
    ['1234.50', 123450],
    ['1.234,50 €', 123450],
    ['1\u00a0234,56', 123456],
    ['682', 68200],
    ['0', 0],
    ['0,05', 5],
    ['612,50e'.replace('e', ' EUR'), 61250],
    ['10 000 000', 1_000_000_000],
    ['650,-', 65000],
    ['1 200.– euroa', 120000],
  ])('%s is %i cents', (text, value) => expect(parseCents(text)).toBe(value))
  it.each(['1.234', '1,234', '12,345', '-5', '', '€', 'abc', '1,2,3', '10 000 000,01', '1e3', '.5', '5.'])(
    '%j is no amount, not zero',
    (text) => expect(parseCents(text)).toBeNull(),
  )
  it('in the Finnish form reads back as itself', () => {
    fc.assert(
      fc.property(cents(), (value) => {
        const euros = String(Math.trunc(value / 100)).replace(/\B(?=(\d{3})+$)/g, '\u202f')
        expect(parseCents(`${euros},${String(value % 100).padStart(2, '0')} €`)).toBe(value)
      }),
    )
  })
})

describe('a flat id as typed', () => {
  it.each([
    ['A12b', 'A', '12', 'b', 'A 12 b'],
    ['a 12 B', 'A', '12', 'b', 'A 12 b'],
    ['A 014', 'A', '14', null, 'A 14'],
    ['12', null, '12', null, '12'],
    ['B', 'B', null, null, 'B'],
    ['as. 5', null, '5', null, '5'],
    ['as 5 c', null, '5', 'c', '5 c'],
    ['Ö 3', 'Ö', '3', null, 'Ö 3'],
  ])('%s keeps its three parts', (text, letter, number, splitter, shown) => {
    const parts = parseApartment(text)
    expect(parts).toEqual({ letter, number, splitter })
    expect(parts === null ? null : formatApartment(parts)).toBe(shown)
  })
  it.each(['', '  ', 'AB12', 'A-12', '1234', '0', 'A 12 bc', 'A b'])('%j is none', (text) => expect(parseApartment(text)).toBeNull())
})

describe('codes as typed', () => {
  it('lose their spaces and become capitals', () => {
    expect(tidyCode('fi21 1234\u00a05600 0007 85')).toBe('FI2112345600000785')
    expect(tidyCode(' 010190-901a ')).toBe('010190-901A')
  })
  it.each(['2077474-0', '20774740', '2077474 0', '2077474–0', ' fi2077474-0 '])('%j is the business id 2077474-0', (text) =>
    expect(tidyBusinessId(text)).toBe('2077474-0'),
  )
  it.each(['40100', '40 100', 'FI-40100', 'fi 40100'])('%j is the postal code 40100', (text) => expect(tidyPostalCode(text)).toBe('40100'))
  it('stay as they are where they are none', () => {
    expect([tidyBusinessId('123'), tidyPostalCode('4010'), tidyPostalCode('SE-111 22')]).toEqual(['123', '4010', 'SE-111 22'])
  })
})
