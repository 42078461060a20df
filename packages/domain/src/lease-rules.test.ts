import { describe, expect, it } from 'vitest'
import {
  leaseSpan,
  leaseTransitions,
  mayRun,
  requireTransition,
  statusOn,
  subleaseDayFaults,
  subleaseSpan,
  subleaseWarnings,
  termFaults,
  effectiveTerm,
} from './lease-rules.ts'
import { missingOnHeadLease, missingOnSublease, requireNothingMissing, type SubleaseFacts } from './lease-missing.ts'
import { leaseStatuses, type EndReason, type LeaseScope } from './vocabulary.ts'

describe('states of a lease', () => {
  it('allow only the named transitions', () => {
    const allowed = Object.keys(leaseTransitions).flatMap((command) =>
      leaseStatuses.filter((status) => mayRun(command as keyof typeof leaseTransitions, status)).map((status) => `${status} ${command}`),
    )
    expect(allowed).toEqual([
      'draft sign',
      'signed activate',
      'signed end',
      'active end',
      'signed extend',
      'active extend',
      'draft withdraw',
    ])
  })
  it.each([
    ['sign', 'active', 'lease.alreadySigned'],
    ['withdraw', 'signed', 'lease.notDraft'],
    ['activate', 'draft', 'lease.wrongState'],
    ['end', 'ended', 'lease.wrongState'],
  ] as const)('refuse %s from %s as %s', (command, status, code) =>
    expect(() => requireTransition(command, status)).toThrow(expect.objectContaining({ code, status: 409 })),
  )
  it('read as ended after the last day, not on it', () => {
    const span = { startsOn: '2025-01-01', endsOn: '2025-03-31' }
    expect(statusOn('active', span, '2025-03-31')).toBe('active')
    expect(statusOn('active', span, '2025-04-01')).toBe('ended')
    expect(statusOn('signed', span, '2025-04-01')).toBe('ended')
    expect(statusOn('draft', span, '2025-04-01')).toBe('draft')
    expect(statusOn('active', { startsOn: '2025-01-01', endsOn: null }, '2199-01-01')).toBe('active')
  })
})

describe('the span of a lease', () => {
  const fixed = { startsOn: '2025-01-01', endsOn: '2025-12-31', effectiveTerm: 'fixedTerm', endedOn: null } as const
  it('of a fixed term ends with it, or earlier where it was ended', () => {
    expect(leaseSpan(fixed)).toEqual({ startsOn: '2025-01-01', endsOn: '2025-12-31' })
    expect(leaseSpan({ ...fixed, endedOn: '2025-06-30' })?.endsOn).toBe('2025-06-30')
  })
  it('deemed indefinite does not run out', () => {
    expect(leaseSpan({ ...fixed, effectiveTerm: 'indefinite' })?.endsOn).toBeNull()
    expect(effectiveTerm([{ startsOn: '2025-01-01', endsOn: '2025-12-31', written: false }])).toBe('indefinite')
  })
  it('of a sublease is cut where the head lease ends (78 §)', () => {
    expect(subleaseSpan({ ...fixed, endsOn: null, effectiveTerm: 'indefinite' }, { startsOn: '2024-01-01', endsOn: '2025-05-31' })).toEqual(
      { startsOn: '2025-01-01', endsOn: '2025-05-31' },
    )
    expect(subleaseSpan(fixed, { startsOn: '2024-01-01', endsOn: null })?.endsOn).toBe('2025-12-31')
  })
  it('is nothing where the head lease ends before it', () => {
    expect(subleaseSpan(fixed, { startsOn: '2024-01-01', endsOn: '2024-12-31' })).toBeNull()
  })
})

describe('days of a sublease', () => {
  const head = { startsOn: '2025-01-01', endsOn: '2026-12-31' }
  const codes = (startsOn: string, endsOn: string | null, term: 'fixedTerm' | 'indefinite') =>
    subleaseDayFaults({ startsOn, endsOn, term }, head).map(({ code, pointer }) => `${pointer} ${code}`)
  it.each([
    ['the same days as the head lease', '2025-01-01', '2026-12-31', 'fixedTerm', []],
    ['indefinite under a fixed head lease', '2025-06-01', null, 'indefinite', []],
    ['starting before the head lease', '2024-12-31', '2026-12-31', 'fixedTerm', ['/startsOn date.outsideHeadLease']],
    ['starting after it', '2027-01-01', null, 'indefinite', ['/startsOn date.outsideHeadLease']],
    ['ending after it', '2025-01-01', '2027-01-01', 'fixedTerm', ['/endsOn date.outsideHeadLease']],
    ['reversed', '2025-06-01', '2025-05-31', 'fixedTerm', ['/endsOn date.reversed']],
    ['fixed without an end', '2025-06-01', null, 'fixedTerm', ['/endsOn lease.endMissing']],
    ['indefinite with an end', '2025-06-01', '2025-12-31', 'indefinite', ['/endsOn lease.endNotAllowed']],
    ['outside and without an end', '2024-06-01', null, 'fixedTerm', ['/endsOn lease.endMissing', '/startsOn date.outsideHeadLease']],
  ] as const)('%s', (_title, startsOn, endsOn, term, faults) => expect(codes(startsOn, endsOn, term)).toEqual(faults))
  it('of one day are fine', () => expect(termFaults({ startsOn: '2025-01-01', endsOn: '2025-01-01', term: 'fixedTerm' })).toEqual([]))
  it('warn where law or the head lease ends it otherwise than agreed', () => {
    const sublease = {
      startsOn: '2025-06-01',
      endsOn: null,
      term: 'indefinite',
      effectiveTerm: 'indefinite',
      endedOn: null,
      scope: 'wholeFlat',
    } as const
    const above = { term: 'fixedTerm', endsOn: '2026-12-31', endReason: null } as const
    expect(subleaseWarnings(sublease, above)).toMatchObject([
      { code: 'indefiniteUnderFixedHeadLease', params: { endsOn: '2026-12-31' }, citation: { section: '78 §' } },
    ])
    expect(subleaseWarnings({ ...sublease, term: 'fixedTerm', endsOn: '2025-08-31' }, above).map(({ code }) => code)).toEqual([
      'termIsIndefiniteByLaw',
      'indefiniteUnderFixedHeadLease',
    ])
    expect(subleaseWarnings(sublease, { ...above, endsOn: null })).toEqual([])
    const fixed = { ...sublease, term: 'fixedTerm', effectiveTerm: 'fixedTerm', endsOn: '2027-06-30' } as const
    expect(subleaseWarnings(fixed, above).map(({ code }) => code)).toEqual(['endsWithHeadLease'])
    expect(subleaseWarnings(sublease, null)).toEqual([])
  })
  it('warn of what the tenant may do when the head lease was ended (76 §)', () => {
    const sublease = { startsOn: '2025-06-01', endsOn: null, term: 'indefinite', effectiveTerm: 'indefinite', endedOn: null } as const
    const warned = (endReason: EndReason, scope: LeaseScope = 'wholeFlat') =>
      subleaseWarnings({ ...sublease, scope }, { term: 'indefinite', endsOn: '2026-12-31', endReason }).map(
        ({ code, citation }) => `${code} ${citation.section}`,
      )
    expect(warned('agreement')).toEqual(['mayContinueWithLandlord 76 § 1 mom. 1 kohta, 77 § 1 mom.'])
    expect(warned('agreement', 'partOfFlat')).toEqual(['indefiniteUnderFixedHeadLease 72 § 2 mom., 78 §'])
    expect(warned('corrected')).toEqual(['continuationIsOpen 76 § 1 mom., 78 §'])
    expect(warned('landlordNotice')).toEqual(['indefiniteUnderFixedHeadLease 78 §'])
  })
})

describe('what is missing', () => {
  const complete: SubleaseFacts = {
    status: 'draft',
    startsOn: '2025-06-01',
    today: '2025-06-01',
    hasRent: true,
    subletPermission: true,
    security: { form: 'kelaCommitment', lodged: true },
    tenantCount: 1,
    headLeaseStatus: 'active',
    tenantDisclosed: true,
    landlordDisclosed: true,
    homeInsurance: true,
  }
  const told = (change: Partial<SubleaseFacts>) =>
    missingOnSublease({ ...complete, ...change }).map(({ code, blocks }) => `${code} ${blocks}`)
  it.each([
    ['nothing on a complete sublease', {}, []],
    ['a tenant stops signing', { tenantCount: 0 }, ['tenantMissing sign']],
    ['rent stops signing', { hasRent: false }, ['rentMissing sign']],
    ['a sublet permission stops signing (72 §)', { subletPermission: false }, ['subletPermissionMissing sign']],
    [
      'a signed head lease stops signing, an active one the keys',
      { headLeaseStatus: 'draft' },
      ['headLeaseNotSigned sign', 'headLeaseNotActive activate'],
    ],
    ['an active head lease stops the keys', { headLeaseStatus: 'signed' }, ['headLeaseNotActive activate']],
    ['the first day stops the keys', { today: '2025-05-31' }, ['notStarted activate']],
    [
      'disclosures of 73 § only show',
      { tenantDisclosed: false, landlordDisclosed: false },
      ['tenantDisclosureMissing null', 'landlordDisclosureMissing null'],
    ],
    ['a security agreed and not lodged only shows', { security: { form: 'deposit', lodged: false } }, ['securityMissing null']],
    ['a security not yet agreed only shows', { security: { form: null, lodged: false } }, ['securityMissing null']],
    ['no security where none was agreed', { security: { form: 'none', lodged: false } }, []],
    ['insurance only shows', { homeInsurance: false }, ['homeInsuranceMissing null']],
    ['nothing of the keys once they are handed over', { status: 'active', today: '2025-05-31', headLeaseStatus: 'signed' }, []],
    ['nothing on an ended lease', { status: 'ended', tenantCount: 0 }, []],
  ] as const)('%s', (_title, change, missing) => expect(told(change)).toEqual(missing))

  it('on a head lease: rent stops signing, the first day the keys, a permission only shows', () => {
    const { status, startsOn, security } = complete
    expect(
      missingOnHeadLease({ status, startsOn, today: '2025-05-01', hasRent: false, subletPermission: false, security }).map(
        ({ code, blocks }) => `${code} ${blocks}`,
      ),
    ).toEqual(['rentMissing sign', 'subletPermissionMissing null', 'notStarted activate'])
  })
  it('refuses a command with every thing that stops it, cited, and only those', () => {
    const missing = missingOnSublease({ ...complete, tenantCount: 0, subletPermission: false, today: '2025-05-01', homeInsurance: false })
    expect(() => requireNothingMissing(missing, 'sign')).toThrow(
      expect.objectContaining({
        status: 409,
        code: 'lease.tenantMissing',
        faults: [{ code: 'lease.tenantMissing' }, { code: 'lease.subletPermissionMissing' }],
        citations: [expect.objectContaining({ statute: '481/1995' }), expect.objectContaining({ section: '72 § 1 mom.' })],
      }),
    )
    expect(() => requireNothingMissing(missing, 'activate')).toThrow(expect.objectContaining({ code: 'lease.notStarted' }))
    expect(() => requireNothingMissing(missingOnSublease(complete), 'sign')).not.toThrow()
  })
})
