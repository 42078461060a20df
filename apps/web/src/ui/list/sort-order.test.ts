import { expect, test } from 'vitest'
import { isSortOf, nextSort } from './sort-order.ts'

test.each([
  ['startsOn', 'name', false, 'name'],
  ['name', 'name', false, '-name'],
  ['-name', 'name', false, 'name'],
  ['name,startsOn', 'startsOn', false, 'startsOn'],
  ['name', 'startsOn', true, 'name,startsOn'],
  ['name,startsOn', 'startsOn', true, 'name,-startsOn'],
  ['name,-startsOn', 'startsOn', true, 'name'],
  ['-name', 'name', true, 'name'],
  ['a,b,c,d,e', 'f', true, 'a,b,c,d,e'],
])('%s, then %s (adding: %s) is %s', (sort, property, isAdding, next) => {
  expect(nextSort(sort, property, isAdding)).toBe(next)
})

test.each([
  ['name', true],
  ['-name,startsOn', true],
  ['name,name', false],
  ['name,-name', false],
  ['other', false],
  ['', false],
  [['name'], false],
  [undefined, false],
])('%j is an order of the list: %s', (text, is) => {
  expect(isSortOf(['name', 'startsOn'], text)).toBe(is)
})
