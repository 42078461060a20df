import { expect, test } from 'vitest'
import { monthlyRentOf, newRentPart, rentPartBody } from './lease-form.ts'

test('a rent without an amount is nothing that the API would take, and no sum', () => {
  expect(JSON.parse(JSON.stringify(rentPartBody(newRentPart())))).toMatchObject({ cents: null })
  expect(rentPartBody({ ...newRentPart(), cents: 0 }).cents).toBe(0)
  expect(monthlyRentOf([])).toBeNull()
  expect(monthlyRentOf([{ cents: 60_000 }, { cents: null }])).toBeNull()
  expect(monthlyRentOf([{ cents: 60_000 }, { cents: 2_500 }])).toBe(62_500)
})
