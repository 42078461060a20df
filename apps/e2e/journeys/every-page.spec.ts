import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../app.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const axe = async (page: Page, where: string): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page: page as never })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.target.join(' ')}`)
}

/** The list has come, or the page says that there is nothing or no right. */
const settled = (page: Page) =>
  page
    .waitForFunction(() => document.querySelector('h1') !== null && document.querySelector('[aria-busy=true]') === null)
    .catch((cause: unknown) => Promise.reject(new Error(`${page.url()} does not come to rest`, { cause })))

const pagesOf: Record<string, readonly string[]> = {
  'koordinaattori@jyvaskyla.example': [
    '/today',
    '/placements',
    '/leases',
    '/leases/head',
    '/homes',
    '/homes/buildings',
    '/homes/areas',
    '/households',
    '/landlords',
    '/landlords/new',
    '/leases/nowhere',
  ],
  'vuokranantaja@koas.example': ['/portal', '/portal/people', '/account', '/leases'],
  'talous@jyvaskyla.example': ['/leases', '/households'],
  'ohjaaja@jyvaskyla.example': ['/homes', '/households'],
  'admin@jyvaskyla.example': ['/homes', '/admin', '/admin/users', '/admin/api-clients', '/account'],
}

test.each(Object.keys(pagesOf))(
  '%s: every page on desk and phone has nothing serious for axe, asks nobody else and breaks no policy (HD-01, HD-05)',
  async (email) => {
    const found: string[] = []
    for (const width of [1440, 360]) {
      const page = await product.signIn(email, { width })
      for (const path of pagesOf[email] ?? []) {
        await page.goto(product.server.url + path)
        await settled(page)
        found.push(...(await axe(page, `${path} ${width}`)))
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (sideways > 0) found.push(`${path} ${width}: scrolls sideways by ${sideways}`)
      }
      await page.context().close()
    }
    expect(found).toEqual([])
    expect(product.faults).toEqual([])
  },
)

test('right to left: Arabic mirrors the page and nothing sticks out', async () => {
  const page = await product.signIn('koordinaattori@jyvaskyla.example', { width: 360 })
  for (const path of ['/leases', '/homes', '/placements']) {
    await page.goto(`${product.server.url}${path}?lang=ar`)
    await settled(page)
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl'])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  }
})

test('AU-09 after sign-in the browser keeps no token and nothing of a person, and a reload goes on', async () => {
  const page = await product.signIn('koordinaattori@jyvaskyla.example')
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
