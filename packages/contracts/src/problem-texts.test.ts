import { problems } from '@kotoisa/domain'
import { expect, test } from 'vitest'
import { problemText, problemTexts } from './problem-texts.ts'

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()

test('every code has a text in every language, with the same values in it', () => {
  const codes = Object.keys(problems).toSorted()
  for (const texts of Object.values(problemTexts)) expect(Object.keys(texts).toSorted()).toEqual(codes)
  for (const code of codes as (keyof typeof problems)[]) {
    for (const texts of Object.values(problemTexts)) {
      expect(texts[code].trim()).not.toBe('')
      expect(placeholders(texts[code])).toEqual(placeholders(problemTexts.fi[code]))
    }
  }
})

test('a text tells the values that it was given', () => {
  expect(problemText('fi', 'value.tooLong', { limit: 40 })).toBe('Arvossa saa olla enintään 40 merkkiä.')
})
