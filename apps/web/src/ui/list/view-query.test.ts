import { expect, test } from 'vitest'
import { addressOfView, isSameLook, looksOf } from './view-query.ts'

const filters = ['status', 'areaId']

test('keeps filters, order and columns of the address, and nothing else of it', () => {
  const looks = looksOf({ status: 'active,signed', areaId: '', q: 'Rahimi', lang: 'fi', sort: '-startsOn,name' }, filters, ['name', 'rent'])
  expect(looks).toEqual({ query: 'status=active%2Csigned', sort: '-startsOn,name', columns: ['name', 'rent'] })
})

test('leads back to the same look, and takes away what the view does not have', () => {
  const looks = looksOf({ areaId: '1', status: 'draft' }, filters, null)
  expect(addressOfView(looks, filters)).toEqual({ status: 'draft', areaId: '1', sort: undefined, columns: undefined })
  expect(addressOfView({ query: '', sort: null, columns: ['a', 'b'] }, filters)).toEqual({
    status: undefined,
    areaId: undefined,
    sort: undefined,
    columns: 'a,b',
  })
})

test('is the same however it came about', () => {
  const one = looksOf({ areaId: '1', status: 'draft' }, ['areaId', 'status'], null)
  const other = looksOf({ status: 'draft', areaId: '1' }, ['status', 'areaId'], null)
  expect(isSameLook(one, other)).toBe(true)
  expect(isSameLook(one, { ...other, columns: ['a'] })).toBe(false)
  expect(isSameLook(one, { ...other, sort: 'a' })).toBe(false)
})
