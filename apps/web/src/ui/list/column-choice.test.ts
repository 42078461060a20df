import { expect, test } from 'vitest'
import { choiceOf, chosenColumns } from './column-choice.ts'

const columns = [{ key: 'name' }, { key: 'status' }, { key: 'rent' }, { key: 'note', isOptional: true as const }]
const shown = (keys: string[] | null) => chosenColumns(columns, keys).map(({ key }) => key)

test('shows the usual columns where nothing was chosen', () => {
  expect(shown(null)).toEqual(['name', 'status', 'rent'])
})

test('keeps the chosen order, the one that leads to the record first, and leaves out what is no column any more', () => {
  expect(shown(['rent', 'gone', 'name', 'note'])).toEqual(['name', 'rent', 'note'])
  expect(shown(['rent'])).toEqual(['name', 'rent'])
})

test('is no choice where it is what would be shown anyway', () => {
  expect(choiceOf(columns, ['name', 'status', 'rent'])).toBeNull()
  expect(choiceOf(columns, ['name', 'rent', 'status'])).toEqual(['name', 'rent', 'status'])
  expect(choiceOf(columns, ['name', 'status', 'rent', 'note'])).toEqual(['name', 'status', 'rent', 'note'])
})
