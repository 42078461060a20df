import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, pick, press, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { addLandlordLogin } from '../logins.ts'
import { asClient, type Rows } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const landlordName = 'Retkiasunnot Esimerkki ry'
const today = new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki' }).format(new Date())

test('a coordinator adds landlord, home, head lease and household, places it, signs and hands over the keys', async () => {
  const page = await product.signIn('koordinaattori@jyvaskyla.example')
  const go = (path: string) => page.goto(product.server.url + path)

  await go('/landlords/new')
  await text(page, /^Nimi/).first().fill(landlordName)
  await text(page, /^Y-tunnus/).fill('0112038-9')
  await page
    .getByRole('group', { name: /Yleishyödyllinen/ })
    .getByRole('radio', { name: 'kyllä' })
    .check()
  await press(page, 'Lisää vuokranantaja')
  await heading(page, landlordName)

  await go('/homes/areas/new')
  await text(page, /^Nimi/).fill('Retkialue')
  await page.getByRole('button', { name: /Lisää alue|Tallenna/ }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/new'))
  await go('/homes/buildings/new')
  await page
    .getByRole('combobox', { name: /^Alue/ })
    .selectOption({ label: 'Retkialue' })
    .catch(() => pick(page, /^Alue/, 'Retkialue'))
  await text(page, /^Katuosoite/).fill('Retkikuja 7')
  await text(page, /^Postinumero/).fill('40500')
  await text(page, /^Postitoimipaikka/).fill('Jyväskylä')
  await page.getByRole('radio', { name: /kerrostalo/i }).check()
  await press(page, 'Lisää rakennus')
  await page.waitForURL((url) => !url.pathname.endsWith('/new'))

  await go('/homes/new')
  await pick(page, /^Vuokranantaja/, 'Retkiasunnot')
  await pick(page, /^Rakennus/, 'Retkikuja 7')
  await text(page, /^Huoneistotunnus/).fill('A12b')
  await text(page, /^Huoneita/).fill('3')
  await text(page, /^Pinta-ala/).fill('71,5')
  await text(page, /^Enintään henkilöitä/).fill('4')
  await page
    .getByRole('group', { name: /^Hissi/ })
    .getByRole('radio', { name: 'ei' })
    .check()
  await press(page, 'Lisää asunto')
  await heading(page, /Retkikuja 7 A 12 b/)

  await go('/leases/head/new')
  await pick(page, /^Asunto/, 'Retkikuja 7')
  await page.getByRole('radio', { name: /toistaiseksi/i }).check()
  await text(page, /^Alkaa/)
    .first()
    .fill(today)
  await text(page, /^kuukaudessa|Summa|€\/kk|Kuukaudessa/i)
    .first()
    .fill('640')
  await page
    .getByRole('radio', { name: /sopimuksessa|ehto/i })
    .first()
    .check()
  await text(page, /^Lupa annettu/).fill(today)
  await press(page, 'Luo sopimusluonnos')
  await heading(page, /Retkikuja 7/)
  await signAndHandOver(page)

  await go('/households/new')
  await text(page, /^Nimi/).first().fill('Retkeilijä')
  await press(page, 'Lisää uusi henkilö')
  const dialog = page.getByRole('dialog')
  await text(dialog, /^Etunimet/).fill('Amina')
  await text(dialog, /^Sukunimi/).fill('Retkeilijä')
  await text(dialog, /^Migrin asiakasnumero/).fill('9990001')
  await text(dialog, /^Syntymäaika/).fill('1.1.1990')
  await press(dialog, 'Lisää henkilö')
  await dialog.waitFor({ state: 'hidden' })
  await press(page, 'Lisää kotitalous')
  await heading(page, 'Retkeilijä')

  await page.getByRole('link', { name: 'Asuta' }).click()
  await heading(page, 'Millaista kotia etsitään?')
  await press(page, 'Etsi asunnot')
  const home = page.getByRole('listitem').filter({ hasText: 'Retkikuja 7 A 12 b' }).first()
  await home.getByRole('button', { name: 'Valitse' }).click()
  await heading(page, /Retkeilijä.*Retkikuja 7/)
  await text(page, /^Alkaa/).fill(today)
  await press(page, 'Luo sopimusluonnos')
  await heading(page, /Retkeilijä, Retkikuja 7 A 12 b/)
  await signAndHandOver(page)
  await page.getByText('voimassa', { exact: true }).first().waitFor()
  expect(product.faults).toEqual([])
  await page.context().close()
})

async function signAndHandOver(page: Page): Promise<void> {
  const steps = { 'Merkitse allekirjoitetuksi': 'Merkitse allekirjoitetuksi', 'Luovuta avaimet': 'Merkitse luovutetuksi' }
  for (const [opens, does] of Object.entries(steps)) {
    await page.getByRole('button', { name: opens }).first().click()
    const dialog = page.getByRole('dialog')
    await text(dialog, /./).first().fill(today)
    await press(dialog, does)
    await dialog.waitFor({ state: 'hidden' })
  }
}

test('that landlord sees exactly that tenancy and no other, and another landlord not that one', async () => {
  const get = await asClient(product)
  const [landlord] = (await get<Rows>('/v1/landlords?q=retkiasunnot')).items
  await addLandlordLogin(product, 'ritva@retkiasunnot.example', landlord?.id ?? '')
  const page = await product.signIn('ritva@retkiasunnot.example')
  await page.waitForURL((address) => address.pathname.startsWith('/portal'))
  await heading(page, '1 asuntonne kaupungilla')
  const own = await page.locator('main').innerText()
  expect(own.match(/Retkikuja 7 A 12 b/g)?.length).toBeGreaterThan(0)
  expect(own).not.toMatch(/Kilpisenkatu|Pohjanlahdentie|Kortepohjantie/)
  const homes = await page
    .locator('main a[href^="/portal/homes/"]')
    .evaluateAll((links) => new Set(links.map((link) => link.getAttribute('href'))).size)
  expect(homes).toBe(1)

  const other = await product.signIn('vuokranantaja@koas.example')
  await other.waitForURL((address) => address.pathname.startsWith('/portal'))
  await heading(other, /asuntoanne kaupungilla/)
  const body = await other.locator('main').innerText()
  expect(body).toMatch(/Kilpisenkatu 2 A 1\b/)
  expect(body).not.toMatch(/Retkikuja|Retkeilijä|Pohjanlahdentie/)
  expect(product.faults).toEqual([])
})

test('the same tenancy over REST, for the API client', async () => {
  const get = await asClient(product)
  const found = await get<Rows>('/v1/subleases?q=retkeilija&status=active')
  expect(found.items).toMatchObject([
    { status: 'active', flat: { address: 'Retkikuja 7 A 12 b' }, household: { name: 'Retkeilijä' }, landlord: { name: landlordName } },
  ])
})
