import { beforeAll, expect, test } from 'vitest'
import { heading, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, asPerson, type Rows } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
const coordinator = 'koordinaattori@jyvaskyla.example'

test.each([1440, 360])('D5 at %i px: free homes by days, size and equipment, kept in the address', async (width) => {
  const page = await product.signIn(coordinator, { width })
  await page.goto(`${product.server.url}/homes`)
  const main = page.getByRole('main')
  await press(main, 'Vapaana…')
  const dialog = page.getByRole('dialog')
  await text(dialog, /^Alkaen/).fill('1.2.27')
  await text(dialog, /^Asti/).fill('31.1.2027')
  await press(dialog, 'Rajaa')
  // Days in the wrong order mean the same time.
  await page.waitForURL(({ searchParams: asked }) => asked.get('freeFrom') === '2027-01-31' && asked.get('freeUntil') === '2027-02-01')
  await main.getByRole('combobox', { name: 'Huoneita' }).selectOption('2')
  await main.getByRole('combobox', { name: 'Varustelu' }).selectOption('balcony')
  await page.waitForURL(({ searchParams: asked }) => asked.get('minRooms') === '2' && asked.get('features') === 'balcony')

  const { get } = await asPerson(product, coordinator)
  const { items } = await get<Rows<{ address: string }>>(
    '/v1/flats?freeFrom=2027-01-31&freeUntil=2027-02-01&minRooms=2&features=balcony&sort=address&limit=50',
  )
  const links = main.locator(width === 360 ? '.cards a.lead' : 'tbody a.lead')
  await soon(async () => (await links.allInnerTexts()).map((one) => one.trim())).toEqual(items.map(({ address }) => address))

  await page.reload()
  await press(main, 'Poista rajaus: vapaana 1.2.2027 asti')
  await page.waitForURL((url) => !url.searchParams.has('freeUntil') && url.searchParams.get('freeFrom') === '2027-01-31')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('S25 the landlords’ list says how many nonprofit ones take part, of three, and leads to each', async () => {
  const get = await asClient(product)
  const { items } = await get<Rows<{ id: string; name: string }>>('/v1/landlords?participating=true&sort=name')
  expect(items.length).toBeGreaterThan(1)
  const page = await product.signIn(coordinator)
  for (const { id, name } of items) {
    await page.goto(`${product.server.url}/landlords`)
    const line = page.getByText(`Mallissa mukana ${items.length}/3 yleishyödyllistä vuokranantajaa:`)
    await line.getByRole('link', { name, exact: true }).click()
    await heading(page, name)
    expect(new URL(page.url()).pathname).toBe(`/landlords/${id}`)
  }
  await page.context().close()
})
