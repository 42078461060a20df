import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPlacementWeights, rankFlats, type PlacementFlat, type PlacementNeed } from './placement.ts'

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
