import { beforeAll, expect, test } from 'vitest'
import { demoPassword } from '../../api/src/demo/cast.ts'
import { heading, inFocus, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { tabTo } from '../keyboard.ts'
import { asClient, type Rows } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

test('AC-02 without a mouse: sign in, find a contract, open it, change it, save', async () => {
  const page = await product.open()
  await heading(page, 'Kirjaudu sisään')
  await tabTo(page, /^Sähköposti/)
  await page.keyboard.type('koordinaattori@jyvaskyla.example')
  await tabTo(page, /^Salasana/)
  await page.keyboard.type(demoPassword)
  await tabTo(page, /^Kirjaudu sisään$/)
  await page.keyboard.press('Enter')
  await heading(page, /./)
  await page.waitForURL((url) => url.pathname === '/today')

  // The first stop leads past the menu; the menu leads on.
  await tabTo(page, /^Siirry sisältöön$/, 'Shift+Tab')
  await tabTo(page, /^Sopimukset$/)
  await page.keyboard.press('Enter')
  await heading(page, 'Sopimukset')
  await soon(() => inFocus(page)).toBe('h1 Sopimukset')

  await tabTo(page, /^luonnos$/i)
  await page.keyboard.press('Space')
  await page.waitForURL((url) => url.searchParams.get('status') === 'draft')
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null && document.querySelector('tbody tr') !== null)
  // j and k go through the rows.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const first = page.getByRole('main').getByRole('row').nth(1).getByRole('link').first()
  expect(await first.evaluate((link) => link === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/leases\/[0-9a-f-]{36}$/)
  await page.getByRole('link', { name: 'Muokkaa' }).waitFor()
  await soon(() => inFocus(page)).toMatch(/^h1 /)

  await tabTo(page, /^Muokkaa$/)
  await page.keyboard.press('Enter')
  await heading(page, /^Muokkaa/)
  await tabTo(page, /^Muistiinpano/)
  await page.keyboard.type('Kirjoitettu ilman hiirtä.')
  await tabTo(page, /^Tallenna$/)
  await page.keyboard.press('Enter')
  await page.getByText('Tallennettu', { exact: true }).waitFor()
  await page.getByText('Kirjoitettu ilman hiirtä.').waitFor()
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('AC-02 without a mouse: a dialog takes the focus, keeps it, and gives it back', async () => {
  const get = await asClient(product)
  const { items } = await get<Rows>('/v1/subleases?status=active&limit=1')
  const page = await product.signIn('koordinaattori@jyvaskyla.example')
  await page.goto(`${product.server.url}/leases/${items[0]?.id}`)
  await page.getByRole('button', { name: 'Muuta vuokraa' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement))
  await soon(isInside).toBe(true)
  for (let stop = 0; stop < 20; stop++) {
    await page.keyboard.press('Tab')
    expect(await isInside()).toBe(true)
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await soon(() => inFocus(page)).toBe('button Muuta vuokraa')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('at 360 px: list, record and form, one below the other, nothing sideways, and saved', async () => {
  const page = await product.signIn('koordinaattori@jyvaskyla.example', { width: 360 })
  const fits = async () => {
    const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    expect(whole, page.url()).toBe(seen)
  }
  await page.getByRole('navigation', { name: 'Päävalikko' }).getByRole('link', { name: 'Sopimukset' }).click()
  const cards = page.getByRole('list', { name: 'Jälleenvuokrasopimukset' }).getByRole('listitem')
  await cards.first().waitFor()
  expect(await page.getByRole('table').count()).toBe(0)
  await fits()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^luonnos$/i })
    .click()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  const name = await cards.first().getByRole('link').first().innerText()
  await cards.first().getByRole('link').first().click()
  await heading(page, name)
  await page.getByRole('heading', { name: 'Ehdot' }).waitFor()
  await fits()
  await page.getByRole('link', { name: 'Muokkaa' }).click()
  await heading(page, /^Muokkaa/)
  await fits()
  await text(page, /^Muistiinpano/).fill('Kirjoitettu puhelimella.')
  await press(page, 'Tallenna')
  await heading(page, name)
  await page.getByText('Kirjoitettu puhelimella.').waitFor()
  await fits()
  // What the bar has no room for is one press further.
  await page.getByRole('button', { name: 'Lisää', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Vuokranantajat' }).click()
  await heading(page, 'Vuokranantajat')
  await fits()
  expect(product.faults).toEqual([])
  await page.context().close()
})
