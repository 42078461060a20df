import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../web/dist', import.meta.url))
const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
const texts = new Map(
  // The licences of others are shown as text, and name whatever their authors named.
  names
    .filter((name) => /[.](html|js|css|svg|json)$/.test(name) && name !== 'licences.json')
    .map((name) => [name, readFileSync(join(dist, name), 'utf8')]),
)

/** Where a text stands, with some of what is around it. */
const found = (pattern: RegExp): string[] =>
  [...texts].flatMap(([name, text]) => [...text.matchAll(pattern)].map((match) => `${name}: ${text.slice(match.index, match.index + 60)}`))

/** Names that no request is made of: namespaces of XML, explanations named in messages, the supervisory authority for who wants to go there. */
const namesOnly =
  /^https?:\/\/(www\.w3\.org\/(1998|1999|2000)\/|vuejs\.org\/error-reference\/|www\.(saavutettavuusvaatimukset|tillganglighetskrav|webaccessibility)\.fi["'`])/

describe('the built web app (HD-05)', () => {
  test('there is one', () => {
    expect(names).toContain('index.html')
    expect(texts.size).toBeGreaterThan(20)
  })

  test('names no other origin that a page could ask', () => {
    expect(found(/https?:\/\/[^\s"'`)\\]+/g).filter((place) => !namesOnly.test(place.replace(/^[^:]+: /, '')))).toEqual([])
    expect(found(/(src|href|action)="\/\/|url\(["']?\/\/|@import|["'`]\/\/[a-z0-9-]+\.[a-z]{2,}/g)).toEqual([])
    expect(found(/\bwss?:\/\/|EventSource\(|sendBeacon|importScripts/g)).toEqual([])
  })

  test('HD-03 has no source maps and no text of a source', () => {
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([])
    expect(found(/sourceMappingURL/g)).toEqual([])
    expect(found(/\/(work|home|Users|root)\/|[A-Z]:\\\\|node_modules/g)).toEqual([])
  })

  test('HD-01 makes no code of text: no eval, no Function, no script or style in the page', () => {
    expect(found(/\beval\(|new Function\b|[^.\w]Function\(|set(Timeout|Interval)\(["'`]/g)).toEqual([])
    const page = texts.get('index.html') ?? ''
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|data:/)
    expect([...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)].map(([tag]) => tag)).toEqual([])
  })

  test('knows no secret and nobody of the demo', () => {
    expect(found(/kotoisa-demo-2026|demo-integration|koordinaattori@|-----BEGIN|eyJ[\w-]{20,}|postgres(ql)?:\/\/|\bDATA_DIR\b/g)).toEqual(
      [],
    )
  })
})
