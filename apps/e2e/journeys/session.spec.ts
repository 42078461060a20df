import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { heading } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const coordinator = 'koordinaattori@jyvaskyla.example'
const isPage = (page: Page, name: string | RegExp) => heading(page, name)
const stored = (page: Page) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookie: document.cookie,
  }))
const cookiesOf = async (page: Page) => (await page.context().cookies()).map(({ name }) => name)

async function threeTabs(): Promise<Page[]> {
  const first = await product.signIn(coordinator)
  const tabs = [first, await first.context().newPage(), await first.context().newPage()]
  // After a page that went away in the middle of a renewal the next one waits for some seconds.
  for (const tab of tabs) tab.setDefaultTimeout(30_000)
  return tabs
}

test('AU-06 tabs that are reloaded at the same time, again and again, all stay signed in', async () => {
  const tabs = await threeTabs()
  const areShown = () => Promise.all(tabs.map((tab) => isPage(tab, 'Vuokranantajat')))
  await Promise.all(tabs.map((tab) => tab.goto(`${product.server.url}/landlords`)))
  await areShown()
  for (let round = 0; round < 4; round++) {
    await Promise.all(tabs.map((tab) => tab.reload()))
    await areShown()
  }
  // Loaded anew before the renewal of the load before was answered: the answer goes to nobody, its token counts all the same.
  for (let round = 0; round < 2; round++) {
    await Promise.all(tabs.map((tab) => tab.goto(`${product.server.url}/landlords`)))
    await Promise.all(tabs.map((tab) => tab.goto(`${product.server.url}/landlords`)))
    await areShown()
  }
  expect(tabs.map((tab) => new URL(tab.url()).pathname)).toEqual(['/landlords', '/landlords', '/landlords'])
  expect(await tabs[0]?.evaluate(() => document.cookie)).toBe('')
  expect(product.faults).toEqual([])
  await tabs[0]?.context().close()
})

test('AU-08, AU-09 signing out ends the session in every tab and leaves nothing behind', async () => {
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/households`)
  await isPage(page, 'Kotitaloudet')
  const other = await page.context().newPage()
  await other.goto(`${product.server.url}/leases`)
  await isPage(other, 'Sopimukset')
  const asked = other.waitForRequest((request) => request.url().includes('/v1/') && 'authorization' in request.headers())
  await other.reload()
  const { authorization = '' } = (await asked).headers()
  const whoAmI = () => fetch(`${product.server.url}/v1/landlords`, { headers: { authorization } }).then(({ status }) => status)
  expect(await whoAmI()).toBe(200)
  expect(await cookiesOf(page)).toHaveLength(1)

  await page.getByRole('button', { name: /^Oma tili/ }).click()
  await page.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
  for (const tab of [page, other]) await tab.waitForURL((url) => url.pathname === '/sign-in')
  const { session, ...rest } = await stored(page)
  expect(rest).toEqual({ local: {}, databases: [], caches: [], cookie: '' })
  // The router remembers how far a page was scrolled, by its address, which names nobody.
  expect(Object.keys(session)).toEqual(['vue-router:scroll'])
  expect(Object.keys(JSON.parse(session['vue-router:scroll'] ?? '') as object)).toEqual(['1/today', '2/households'])
  expect(await cookiesOf(page)).toEqual([])
  expect(await whoAmI()).toBe(401)

  // Neither Back nor a reload nor the address shows anything again.
  await page.goBack()
  await isPage(page, 'Kirjaudu sisään')
  await page.goto(`${product.server.url}/households`)
  await isPage(page, 'Kirjaudu sisään')
  expect(await page.locator('body').innerText()).not.toMatch(/Hassan|Ahmadi/)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('AU-10 another origin of the same site cannot use a session', async () => {
  const page = await product.signIn(coordinator)
  const { url: target } = product.server
  const other = await serve(`<form method="post" action="${target}/v1/sessions/refresh"><button>x</button></form>`)
  const tab = await page.context().newPage()
  await tab.goto(other)
  const before = await page.context().cookies()
  const statuses = await tab.evaluate(async (url) => {
    const tries: RequestInit[] = [
      {},
      { headers: { 'x-requested-with': 'XMLHttpRequest' } },
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      { mode: 'no-cors' },
    ]
    return Promise.all(
      tries.map((options) =>
        fetch(`${url}/v1/sessions/refresh`, { method: 'POST', credentials: 'include', ...options }).then(
          ({ status }) => status,
          () => 'unreadable',
        ),
      ),
    )
  }, target)
  expect(statuses).toEqual(['unreadable', 'unreadable', 'unreadable', 'unreadable'])
  const answer = tab.waitForResponse(
    (response) => response.url().endsWith('/v1/sessions/refresh') && response.request().isNavigationRequest(),
  )
  await tab.getByRole('button').click()
  expect((await answer).status()).toBe(403)
  // Each use of the cookie would have changed it.
  expect(await page.context().cookies()).toEqual(before)

  await page.goto(`${target}/landlords`)
  await isPage(page, 'Vuokranantajat')
  product.faults.length = 0
  await page.context().close()
})

/** A page of somebody else, on another port of the same address. */
async function serve(body: string): Promise<string> {
  const server: Server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(`<!doctype html>${body}`))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`
}
