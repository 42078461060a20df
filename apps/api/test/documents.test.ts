import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Titles are written in single quotes, or in backquotes with values in them. */
const plain = (text: string) => text.replaceAll("\\'", "'")

test.each(['docs/features.md', 'docs/trust.md'])('every test that %s names is there', (document) => {
  const named = readFileSync(`${root}${document}`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => line.split(' | ').at(-1)?.split('<br>') ?? [])
    .flatMap((cell) =>
      [...cell.matchAll(/^(.+) \(`((?:apps|packages)\/[^`]+)`\)/g)].map(([, title = '', file = '']) => ({ title: title.trim(), file })),
    )
  expect(named.length).toBeGreaterThan(50)
  const missing = named.filter(
    ({ title, file }) => !existsSync(`${root}${file}`) || !plain(readFileSync(`${root}${file}`, 'utf8')).includes(title.replace(/^… /, '')),
  )
  expect(missing).toEqual([])
})
