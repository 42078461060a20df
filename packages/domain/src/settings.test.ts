import { describe, expect, test } from 'vitest'
import { defaultPlacementWeights } from './placement.ts'
import { ceilingFor, faultsOfSettings } from './settings.ts'

const ceilings = { source: 'Kela', checkedOn: '2026-01-01', cents: [500_00, 600_00] }

describe('the rent ceiling', () => {
  test.each([
    [1, 500_00],
    [2, 600_00],
    [9, 600_00],
  ])('for %i persons', (persons, cents) => {
    expect(ceilingFor(ceilings, persons)).toEqual({ cents, source: 'Kela', checkedOn: '2026-01-01' })
  })
  test('is none where nothing is set', () => expect(ceilingFor(null, 1)).toBe(null))
})

describe('settings', () => {
  const placementWeights = defaultPlacementWeights
  test('may be as the product has them, with ceilings that stay or rise', () => {
    expect(faultsOfSettings({ placementWeights, rentCeilings: null }, '2026-01-01')).toEqual([])
    expect(faultsOfSettings({ placementWeights, rentCeilings: { ...ceilings, cents: [5, 5, 6] } }, '2026-01-01')).toEqual([])
  })
  test('tell each fault at its place', () => {
    const crowded = { ...placementWeights, personsPerRoomComfortable: 5, personsPerRoomAtMost: 2 }
    expect(faultsOfSettings({ placementWeights: crowded, rentCeilings: { ...ceilings, cents: [6, 5] } }, '2025-12-31')).toEqual([
      { code: 'settings.comfortAboveMost', params: { most: 2 }, pointer: '/placementWeights/personsPerRoomComfortable' },
      { code: 'date.inFuture', pointer: '/rentCeilings/checkedOn' },
      { code: 'settings.ceilingFalls', pointer: '/rentCeilings/cents/1' },
    ])
  })
})
