import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { startProduct, type Product } from '../app.ts'
import { accounts, addressesOf, type Who } from '../every-address.ts'
import { exceptKnown } from '../known-gaps.ts'
import { addLogin } from '../logins.ts'
import { axe, overflow, spaceText, unlabelledTables } from '../page-checks.ts'
import { noteMoves, settled, visit, type Visit } from '../visit.ts'

interface Walked extends Visit {
  readonly route: string
  readonly path: string
  readonly axe: readonly string[]
  readonly overflow: readonly string[]
  readonly tables: readonly string[]
  readonly phone: Visit
}

const everybody = Object.keys(accounts) as Who[]
let product: Product
/** Each person walks once, two at a time; the tests look at what was seen. */
let walks: Record<Who, Promise<Walked[]>>
beforeAll(async () => {
  product = await startProduct()
  await addLogin(product, { email: accounts.auditor, name: 'Taru Tarkastaja', roles: ['auditor'], landlordId: null })
  const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()]
  walks = Object.fromEntries(
    everybody.map((who, index) => {
      const lane = index % 2
      const walk = (lanes[lane] as Promise<unknown>).then(() => walkOf(who))
      lanes[lane] = walk.catch(() => undefined)
      return [who, walk]
    }),
  ) as typeof walks
})

async function pageOf(who: Who): Promise<Page> {
  const email = accounts[who]
  const first = email === null ? await product.open() : await product.signIn(email)
  await noteMoves(first.context())
  const page = await first.context().newPage()
  page.setDefaultTimeout(20_000)
  await first.close()
  return page
}

async function walkOf(who: Who): Promise<Walked[]> {
  const page = await pageOf(who)
  const seen: Walked[] = []
  for (const { route, path } of await addressesOf(product, who)) {
    const url = product.server.url + path
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    const wide = await visit(page, url)
    const found = await axe(page, `${route} 1280`)
    const tables = await unlabelledTables(page, route)
    // As a phone, and as a desk window at 400 %.
    await page.setViewportSize({ width: 320, height: 640 })
    await page.emulateMedia({ colorScheme: 'dark' })
    const phone = await visit(page, url)
    found.push(...(await axe(page, `${route} 320`)))
    const outside = await overflow(page, `${route} 320`)
    await spaceText(page)
    outside.push(...(await overflow(page, `${route} 320, spaced`)))
    seen.push({ ...wide, route, path, phone, axe: found, overflow: outside, tables })
  }
  await page.context().close()
  return seen
}

describe.each(everybody)('%s', (who) => {
  test('AC-01, I7 axe finds nothing on any page, wide and light, narrow and dark', async () => {
    const walked = await walks[who]
    expect(walked.length).toBeGreaterThan(3)
    expect(exceptKnown(walked.flatMap((one) => one.axe))).toEqual([])
    // Whoever is first in a line waits for the walk, on a busy machine too.
  }, 400_000)

  test('AC-05 every page fits a width of 320 px, also with wider text, and nothing is cut', async () => {
    expect(exceptKnown((await walks[who]).flatMap((one) => one.overflow))).toEqual([])
  })

  test('AC-04 each page says its language and has a title of its own', async () => {
    const walked = await walks[who]
    expect(walked.filter(({ language }) => language !== 'fi')).toEqual([])
    const titles = walked.map(({ title, route }) => `${title} ← ${route}`)
    expect(titles.filter((one) => !/^.{3,} · Kotoisa ←/.test(one))).toEqual([])
    const twice = walked.filter(({ title }, index) => walked.findIndex((other) => other.title === title) !== index)
    expect(twice.map(({ title, route }) => `${title} ← ${route}`)).toEqual([])
  })

  test('AC-06 every table has a caption and headers, every picture a table that says the same', async () => {
    expect((await walks[who]).flatMap(({ tables }) => tables)).toEqual([])
  })

  test('a page asks the API three times at the most, and nothing on it moves by itself', async () => {
    const walked = (await walks[who]).flatMap((one) => [
      { ...one, where: `${one.route} 1280` },
      { ...one.phone, where: `${one.route} 320` },
    ])
    expect(walked.filter(({ asked }) => asked.length > 3).map(({ where, asked }) => `${where}: ${asked.join(', ')}`)).toEqual([])
    expect(walked.filter(({ moved }) => moved >= 0.02).map(({ where, moved }) => `${where}: ${moved.toFixed(3)}`)).toEqual([])
  })
})

/** Of the built files, as they travel. */
const sizes = new Map<string, number>()
const kilobytes = (names: Iterable<string>): number => {
  let bytes = 0
  for (const name of new Set(names)) {
    const known = sizes.get(name) ?? gzipSync(readFileSync(new URL(`../../web/dist${name}`, import.meta.url))).length
    sizes.set(name, known)
    bytes += known
  }
  return Math.ceil(bytes / 1000)
}

test('the first page needs 250 kB of script at the most, every other route 60 kB more', async () => {
  const signIn = (await walks.nobody).find(({ route }) => route === '/sign-in')?.scripts ?? []
  const tooMuch: string[] = []
  for (const [who, home] of [
    ['coordinator', '/today'],
    ['landlord', '/portal'],
  ] as const) {
    const walked = await walks[who]
    const first = new Set([...signIn, ...(walked.find(({ route }) => route === home)?.scripts ?? [])])
    expect(first.size).toBeGreaterThan(10)
    if (kilobytes(first) > 250) tooMuch.push(`${home} after signing in: ${kilobytes(first)} kB`)
    for (const { route, scripts } of walked) {
      const more = kilobytes(scripts.filter((name) => !first.has(name)))
      if (more > 60) tooMuch.push(`${route}: ${more} kB more`)
    }
  }
  expect(tooMuch).toEqual([])
})

test('HD-01, HD-05 no page of anybody asks anybody else, breaks the policy or tells of an error', async () => {
  await Promise.all(Object.values(walks))
  expect(product.faults).toEqual([])
  expect(product.server.output()).not.toContain('csp.violation')
})

test('right to left: Arabic mirrors the page and nothing sticks out', async () => {
  const page = await product.signIn(accounts.coordinator, { width: 360 })
  for (const path of ['/leases', '/homes', '/placements']) {
    await page.goto(`${product.server.url}${path}?lang=ar`)
    await settled(page)
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl'])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  }
})

test('AU-09 after sign-in the browser keeps no token and nothing of a person, and a reload goes on', async () => {
  const page = await product.signIn(accounts.coordinator)
  await page.goto(`${product.server.url}/households`)
  await settled(page)
  for (let reload = 0; reload < 5; reload++) {
    await page.reload()
    await settled(page)
    expect(new URL(page.url()).pathname).toBe('/households')
  }
  const kept = await page.evaluate(async () => ({
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cookie: document.cookie,
  }))
  expect(`${kept.local}${kept.session}${kept.cookie}`).not.toMatch(/eyJ|Hassan|Ahmadi|koordinaattori|@/)
  expect(kept.databases).toEqual([])
})
