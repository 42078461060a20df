import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultPlacementWeights,
  placementWeightBounds,
  rankFlats,
  type PlacementFlat,
  type PlacementNeed,
  type PlacementWeights,
} from './placement.ts'

const flat: PlacementFlat = {
  id: 'a',
  areaId: 'north',
  rooms: 3,
  monthlyRentCents: 68200,
  accessibility: ['lift', 'stepFree'],
  features: ['balcony'],
  freeFrom: '2026-03-01',
  headLease: { signed: true, endsOn: null, subletPermission: true },
}
const need: PlacementNeed = {
  persons: 4,
  rooms: 3,
  latestOn: '2026-03-15',
  rentCeilingCents: 72000,
  areaIds: ['north'],
  accessibility: ['lift'],
  features: ['balcony'],
}
const only = (change: Partial<PlacementFlat>, changedNeed: Partial<PlacementNeed> = {}) => {
  const [ranked] = rankFlats({ ...need, ...changedNeed }, [{ ...flat, ...change }])
  if (ranked === undefined) throw new Error('not ranked')
  return ranked
}

describe('the ranking of flats', () => {
  it('gives the reasons whose effects are the score', () => {
    const { score, reasons, blockers } = only({})
    expect(reasons).toEqual([
      { code: 'fits', params: { persons: 4, rooms: 3 }, effect: 30 },
      { code: 'rentUnderCeiling', params: { underCents: 3800 }, effect: 20 },
      { code: 'areaWished', params: { areaId: 'north' }, effect: 15 },
      { code: 'featureThere', params: { feature: 'balcony' }, effect: 5 },
      { code: 'freeInTime', params: { freeFrom: '2026-03-01' }, effect: 0 },
    ])
    expect([score, blockers]).toEqual([70, []])
  })
  it.each([
    ['too few rooms', { rooms: 1 }, 'tooSmall', 'largerFlat'],
    ['no lift where one is needed', { accessibility: ['stepFree'] }, 'accessibilityLacks', 'adaptFlat'],
    ['not free', { freeFrom: null }, 'notFree', 'freeFlat'],
    ['free too late', { freeFrom: '2026-03-16' }, 'freeTooLate', 'laterMove'],
    ['no head lease', { headLease: null }, 'headLeaseMissing', 'makeHeadLease'],
    [
      'a head lease not signed',
      { headLease: { signed: false, endsOn: null, subletPermission: true } },
      'headLeaseNotSigned',
      'signHeadLease',
    ],
    [
      'a head lease that ends before',
      { headLease: { signed: true, endsOn: '2026-03-14', subletPermission: true } },
      'headLeaseEndsBefore',
      'extendHeadLease',
    ],
    [
      'no sublet permission (72 §)',
      { headLease: { signed: true, endsOn: null, subletPermission: false } },
      'subletPermissionMissing',
      'askPermission',
    ],
  ] as const)('blocks for %s and says what would lift it', (_title, change, code, lifts) => {
    expect(only(change).blockers).toEqual([expect.objectContaining({ code, lifts })])
  })
  it.each([
    ['rent over the ceiling', { monthlyRentCents: 80000 }, 'rentOverCeiling'],
    ['an unknown rent', { monthlyRentCents: null }, 'rentUnknown'],
    ['another area', { areaId: 'south' }, 'areaOther'],
    ['a feature that lacks', { features: [] }, 'featureLacks'],
    ['a room too many', { rooms: 4 }, 'roomsMore'],
    ['a head lease that ends soon', { headLease: { signed: true, endsOn: '2026-10-31', subletPermission: true } }, 'headLeaseEndsSoon'],
  ] as const)('only lowers the rank for %s', (_title, change, code) => {
    const ranked = only(change)
    expect(ranked.blockers).toEqual([])
    expect(ranked.score).toBeLessThan(only({}).score)
    expect(ranked.reasons.find((reason) => reason.code === code)?.effect).toBeLessThan(0)
  })
  it('asks nothing that the need does not', () => {
    const [ranked] = rankFlats({ persons: 1, latestOn: '2026-03-15' }, [{ ...flat, accessibility: [], features: [], areaId: 'south' }])
    expect(ranked).toMatchObject({ blockers: [], score: 30 })
  })
  it('puts blocked flats last, however well they score', () => {
    const ranked = rankFlats(need, [
      { ...flat, id: 'blocked', freeFrom: null },
      { ...flat, id: 'dear', monthlyRentCents: 90000, areaId: 'south', features: [] },
    ])
    expect(ranked.map(({ flatId }) => flatId)).toEqual(['dear', 'blocked'])
  })
  it('follows the weights given and leaves the defaults alone', () => {
    const flats = [
      { ...flat, id: 'near', monthlyRentCents: 90000 },
      { ...flat, id: 'cheap', areaId: 'south' },
    ]
    const order = (areaOther: number) => rankFlats(need, flats, { ...defaultPlacementWeights, areaOther }).map(({ flatId }) => flatId)
    expect(order(0)).toEqual(['cheap', 'near'])
    expect(order(-100)).toEqual(['near', 'cheap'])
  })
  it('does not hang on the order in which flats come', () => {
    const flats = [
      flat,
      { ...flat, id: 'b' },
      { ...flat, id: 'c', freeFrom: '2026-02-01' },
      { ...flat, id: 'd', rooms: 1 },
      { ...flat, id: 'e', headLease: null },
    ]
    const expected = rankFlats(need, flats)
    expect(expected.map(({ flatId }) => flatId).slice(0, 3)).toEqual(['c', 'a', 'b'])
    fc.assert(
      fc.property(fc.shuffledSubarray(flats, { minLength: flats.length }), (shuffled) => {
        expect(rankFlats(need, shuffled)).toEqual(expected)
      }),
    )
  })
})

/** Or null: not known, not asked for. */
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null })

describe('the order answers the wishes', () => {
  const weights: fc.Arbitrary<PlacementWeights> = fc.record(
    Object.fromEntries(Object.entries(placementWeightBounds).map(([name, [min, max]]) => [name, fc.integer({ min, max })])) as unknown as {
      [Name in keyof PlacementWeights]: fc.Arbitrary<number>
    },
  )
  const days = ['2026-01-01', '2026-03-01', '2026-03-15', '2026-04-01', '2027-06-30'] as const
  const features = ['balcony', 'sauna', 'internet'] as const
  const anyFlat: fc.Arbitrary<PlacementFlat> = fc.record({
    id: fc.uuid(),
    areaId: fc.constantFrom('north', 'south'),
    rooms: fc.integer({ min: 1, max: 6 }),
    maxPersons: maybe(fc.integer({ min: 1, max: 12 })),
    monthlyRentCents: maybe(fc.integer({ min: 30_000, max: 120_000 })),
    accessibility: fc.subarray(['lift', 'stepFree'] as const),
    features: fc.subarray([...features]),
    freeFrom: maybe(fc.constantFrom(...days)),
    headLease: maybe(fc.record({ signed: fc.boolean(), endsOn: maybe(fc.constantFrom(...days)), subletPermission: fc.boolean() })),
  })
  const anyNeed: fc.Arbitrary<PlacementNeed> = fc.record({
    persons: fc.integer({ min: 1, max: 8 }),
    rooms: maybe(fc.integer({ min: 1, max: 6 })),
    latestOn: fc.constant('2026-03-15'),
    rentCeilingCents: maybe(fc.integer({ min: 30_000, max: 120_000 })),
    areaIds: fc.subarray(['north', 'south']),
    accessibility: fc.subarray(['lift'] as const),
    features: fc.subarray([...features]),
  })
  /** Each makes a flat better for a need in one way, or leaves it as it is. */
  const better: Record<string, (one: PlacementFlat, wanted: PlacementNeed) => PlacementFlat> = {
    'a wished feature more': (one, wanted) => ({ ...one, features: [...new Set([...one.features, ...(wanted.features ?? [])])] }),
    'a wished area': (one, wanted) => ({ ...one, areaId: wanted.areaIds?.[0] ?? one.areaId }),
    'a lower rent': (one) => ({ ...one, monthlyRentCents: one.monthlyRentCents === null ? null : one.monthlyRentCents - 10_000 }),
    'a room nearer to what is asked for, from above': (one, wanted) =>
      one.rooms > (wanted.rooms ?? Infinity) && one.rooms - 1 >= wanted.persons ? { ...one, rooms: one.rooms - 1 } : one,
    'a head lease without an end': (one) => ({ ...one, headLease: one.headLease && { ...one.headLease, endsOn: null } }),
    'what is needed': (one, wanted) => ({ ...one, accessibility: [...new Set([...one.accessibility, ...(wanted.accessibility ?? [])])] }),
    'an earlier day': (one) => ({ ...one, freeFrom: one.freeFrom === null ? null : '2026-01-01' }),
  }
  it.each(Object.keys(better))('never lower for %s', (name) => {
    fc.assert(
      fc.property(anyNeed, fc.array(anyFlat, { maxLength: 8 }), anyFlat, weights, (wanted, others, one, points) => {
        const placeOf = (flatAsked: PlacementFlat) =>
          rankFlats(wanted, [flatAsked, ...others], points).findIndex((r) => r.flatId === one.id)
        const improve = better[name]
        if (improve === undefined) throw new Error(name)
        expect(placeOf(improve(one, wanted))).toBeLessThanOrEqual(placeOf(one))
      }),
    )
  })
  it('gives ranks without a gap to what may be chosen, and none to what is blocked', () => {
    fc.assert(
      fc.property(anyNeed, fc.array(anyFlat, { maxLength: 12 }), weights, (wanted, flats, points) => {
        const ranked = rankFlats(wanted, flats, points)
        expect(ranked.length).toBe(flats.length)
        const free = ranked.filter(({ blockers }) => blockers.length === 0)
        expect(ranked.map(({ rank }) => rank)).toEqual([...free.map((_, index) => index + 1), ...ranked.slice(free.length).map(() => null)])
        for (const { score, reasons } of ranked) expect(score).toBe(reasons.reduce((sum, { effect }) => sum + effect, 0))
      }),
    )
  })
  it('blocks by the limit of the home itself', () => {
    expect(only({ maxPersons: 3 }).blockers).toEqual([{ code: 'tooSmall', params: { persons: 4, roomFor: 3 }, lifts: 'largerFlat' }])
  })
})
