import type { EmptyNow, LandlordSublease, OwnHeadLease, OwnHome } from '@kotoisa/contracts'
import { describe, expect, test } from 'vitest'
import { dutiesOf } from './duties.ts'
import { shownHome } from './own-homes.ts'
import { emptyText, nextText } from './words.ts'

const today = '2026-11-24'

const rentPart = { id: 'p', kind: 'base', basis: 'fixed', label: null, cents: 60_000, startsOn: '2026-01-01', endsOn: null } as const
const head = (values: Partial<OwnHeadLease> = {}): OwnHeadLease =>
  ({
    id: 'h',
    status: 'active',
    startsOn: '2026-01-01',
    effectiveEndsOn: null,
    rentParts: [rentPart],
    dueDay: null,
    securityForm: 'none',
    securityCents: null,
    missing: [],
    ...values,
  }) as unknown as OwnHeadLease
const tenancy = (values: Partial<LandlordSublease> = {}): LandlordSublease =>
  ({ id: 's', status: 'active', startsOn: '2026-02-01', endsOn: null, tenantDisclosure: 'told', ...values }) as LandlordSublease
const emptyFrom = (values: Partial<EmptyNow> = {}): EmptyNow => ({
  startsOn: '2026-11-03',
  endsOn: null,
  reason: null,
  bornBy: null,
  ...values,
})

function home({ id = 'f', headLeases = [head()], ...rest }: Partial<Omit<OwnHome, 'flat'>> & { id?: string } = {}) {
  const flat = { id, address: `Esimerkkikatu 4 A ${id}` } as OwnHome['flat']
  return shownHome({ flat, headLeases, subleases: [], empty: null, ...rest }, today)
}
const missing = (...codes: readonly string[]) =>
  codes.map((code) => ({
    code,
    blocks: code === 'subletPermissionMissing' || code === 'rentMissing' ? 'sign' : null,
  })) as unknown as OwnHeadLease['missing']

describe('a home as its landlord is told of it', () => {
  test('its state: lived in, agreed, empty, to come, in draft, without a lease', () => {
    expect(home({ subleases: [tenancy()] }).state).toBe('livedIn')
    expect(home({ subleases: [tenancy({ status: 'signed', startsOn: '2026-12-01' })] }).state).toBe('agreed')
    expect(home({ empty: emptyFrom() }).state).toBe('empty')
    expect(home({ headLeases: [head({ status: 'signed', startsOn: '2027-01-01' })] }).state).toBe('toCome')
    expect(home({ headLeases: [head({ status: 'draft' })] }).state).toBe('draft')
    expect(home({ headLeases: [] }).state).toBe('noLease')
  })

  test.each([
    ['2026-11-24', 0],
    ['2026-12-23', 0],
    ['2026-12-24', 1],
    ['2027-05-31', 6],
    ['2027-06-23', 6],
    ['2027-06-24', null],
    [null, null],
  ])('a lease with the city that ends on %s: %s whole months left', (effectiveEndsOn, left) => {
    expect(home({ headLeases: [head({ effectiveEndsOn })], subleases: [tenancy()] }).monthsLeft).toBe(left)
  })

  test('what happens next is the nearest of what is agreed; a lease that goes on by another does not end', () => {
    const ending = head({ effectiveEndsOn: '2027-03-31' })
    expect(home({ headLeases: [ending], subleases: [tenancy()] }).next).toEqual({ kind: 'leaseEnds', on: '2027-03-31', cents: null })
    const next = head({ id: 'next', status: 'signed', startsOn: '2027-04-01' })
    expect(home({ headLeases: [ending, next], subleases: [tenancy()] }).next).toBeNull()
    const parts = [
      { ...rentPart, endsOn: '2026-12-31' },
      { ...rentPart, cents: 65_000, startsOn: '2027-01-01' },
    ]
    const dearer = home({ headLeases: [head({ effectiveEndsOn: '2027-03-31', rentParts: parts })], subleases: [tenancy()] })
    expect([dearer.next?.kind, nextText(dearer)]).toEqual(['rentChanges', expect.stringMatching(/^vuokra 650,00\s€ 1\.1\.2027 alkaen$/)])
    // The tenant's own days stand in its line.
    expect(nextText(home({ subleases: [tenancy({ endsOn: '2027-01-31' })] }))).toBe('')
  })

  test.each([
    ['municipality', 'repair', 'remontti, kaupunki maksaa vuokran 31.12.2026 asti'],
    ['landlord', 'turnover', 'asukas vaihtuu, tyhjä aika on teidän vastuullanne: kaupunki ei maksa siltä vuokraa'],
    ['shared', 'turnover', 'asukas vaihtuu, kaupunki maksaa puolet vuokrasta 31.12.2026 asti'],
    [null, null, 'syytä ei ole vielä kirjattu, ei ole sovittu, kuka maksaa tyhjältä ajalta'],
  ] as const)('an empty home that %s bears, for %s, says so', (bornBy, reason, said) => {
    expect(emptyText(home({ empty: emptyFrom({ bornBy, reason, endsOn: '2026-12-31' }) }))).toBe(said)
  })

  test('without a recorded end the city pays until its lease ends', () => {
    const ending = home({
      headLeases: [head({ effectiveEndsOn: '2027-03-31' })],
      empty: emptyFrom({ bornBy: 'municipality', reason: 'other' }),
    })
    expect(emptyText(ending)).toBe('muu syy, kaupunki maksaa vuokran 31.3.2027 asti')
    const open = home({ empty: emptyFrom({ bornBy: 'municipality', reason: 'other' }) })
    expect(emptyText(open)).toBe('muu syy, kaupunki maksaa vuokran')
  })
})

describe('what each side waits for', () => {
  const told = (...homes: readonly ReturnType<typeof home>[]) =>
    dutiesOf(homes, today).map(({ side, kind, dueOn, homes: of, cents }) => [side, kind, dueOn, of.length, cents])

  test('permission, signature and keys of the landlord; drafts in the making, security and rent of the city', () => {
    expect(
      told(home({ headLeases: [head({ missing: missing('subletPermissionMissing'), status: 'draft', startsOn: '2026-12-15' })] })),
    ).toEqual([
      ['landlord', 'permission', '2026-12-15', 1, null],
      ['landlord', 'signature', '2026-12-15', 1, null],
    ])
    expect(told(home({ headLeases: [head({ missing: missing('rentMissing'), status: 'draft', startsOn: '2026-12-15' })] }))).toEqual([
      ['city', 'preparing', '2026-12-15', 1, null],
    ])
    expect(told(home({ headLeases: [head({ status: 'signed', startsOn: '2026-12-08' })] }))).toEqual([
      ['landlord', 'keys', '2026-12-08', 1, null],
    ])
    expect(told(home({ headLeases: [head({ status: 'signed', startsOn: '2026-12-09' })] }))).toEqual([])
    const unsecured = head({ missing: missing('securityMissing'), securityForm: 'deposit', securityCents: 120_000 })
    expect(told(home({ headLeases: [unsecured], subleases: [tenancy()] }))).toEqual([
      ['city', 'security', '2026-01-01', 1, 120_000],
      ['city', 'rent', '2026-12-02', 1, 60_000],
    ])
  })

  test('a tenant not told of has no day: whom nobody may be told of looks the same', () => {
    const untold = (id: string) => home({ id, subleases: [tenancy({ tenantDisclosure: 'byCity' })] })
    expect(told(untold('1'), untold('2'))).toEqual([
      ['city', 'rent', '2026-12-02', 2, 120_000],
      ['city', 'tenantDetails', null, 2, null],
    ])
  })

  test('no rent is promised for empty time that the landlord bears, nor after the lease', () => {
    expect(told(home({ empty: emptyFrom({ bornBy: 'landlord' }) }), home({ empty: emptyFrom({ bornBy: 'shared' }) }))).toEqual([])
    expect(told(home({ empty: emptyFrom({ bornBy: 'landlord', endsOn: '2026-11-30' }) }))).toEqual([
      ['city', 'rent', '2026-12-02', 1, 60_000],
    ])
    expect(told(home({ headLeases: [head({ effectiveEndsOn: '2026-11-30' })], subleases: [tenancy()] }))).toEqual([])
    // Somebody moves in before the rent is due: then the city pays it.
    const until = { empty: emptyFrom({ bornBy: 'landlord' }), subleases: [tenancy({ status: 'signed', startsOn: '2026-12-01' })] }
    expect(told(home(until))).toContainEqual(['city', 'rent', '2026-12-02', 1, 60_000])
  })
})
