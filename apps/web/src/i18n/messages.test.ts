import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { showLanguage, t } from './index.ts'

const folder = `${import.meta.dirname}/locales/`
const labels = `${import.meta.dirname}/../../../../packages/contracts/src/code-labels/`
interface Messages {
  readonly [key: string]: string | Messages
}

/** Every message of a language by its full key. */
function messagesOf(language: string): Map<string, string> {
  const found = new Map<string, string>()
  const collect = (messages: Messages, path: string): void => {
    for (const [key, value] of Object.entries(messages)) {
      if (typeof value === 'string') found.set(`${path}.${key}`, value)
      else collect(value, `${path}.${key}`)
    }
  }
  for (const file of readdirSync(`${folder}${language}`)) {
    collect(JSON.parse(readFileSync(`${folder}${language}/${file}`, 'utf8')) as Messages, file.replace('.json', ''))
  }
  if (existsSync(`${labels}${language}.json`))
    collect(JSON.parse(readFileSync(`${labels}${language}.json`, 'utf8')) as Messages, 'vocabulary')
  return found
}

const placeholders = (message: string): string[] => [...new Set(message.match(/\{\w+\}/g))].sort()
const source = messagesOf('fi')

afterEach(async () => {
  vi.unstubAllGlobals()
  await showLanguage('fi')
})

test.each(['sv', 'en'])('%s has the keys of the source language, no more and no fewer', (language) => {
  expect([...messagesOf(language).keys()].sort()).toEqual([...source.keys()].sort())
})

test('what is in Arabic is in the source language too', () => {
  expect([...messagesOf('ar').keys()].filter((key) => !source.has(key))).toEqual([])
})

test.each(['sv', 'en', 'ar'])('%s fills in the same values and leaves no text empty', (language) => {
  const wrong = [...messagesOf(language)].filter(
    ([key, text]) => text.trim() === '' || placeholders(text).join() !== placeholders(source.get(key) ?? '').join(),
  )
  // A plural form may say its number in words; then the value is left out and not another one.
  expect(wrong.filter(([, text]) => !text.includes('|'))).toEqual([])
})

test('texts are formatted without making code: the policy allows no eval', async () => {
  const refuse = (): never => {
    throw new EvalError('code from a string')
  }
  vi.stubGlobal('eval', refuse)
  vi.stubGlobal('Function', refuse)
  expect(t('landlords.editTitle', { name: 'Kotikulma Oy' })).toBe('Muokkaa: Kotikulma Oy')
  await showLanguage('en')
  expect(t('landlords.editTitle', { name: '<b>' })).toContain('<b>')
})

test('the page says which language it is in and which way it runs', async () => {
  await showLanguage('ar')
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl'])
  await showLanguage('sv')
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['sv', 'ltr'])
})
