import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, pick, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { tabTo } from '../keyboard.ts'
import { letterTo } from '../mailbox.ts'
import { axe, overflow } from '../page-checks.ts'
import { settled, visit } from '../visit.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
const sentence = 'kuusi pientä siiliä metsäpolulla'

/** An administrator invites somebody of KOAS; the letter's link is what comes of it. */
async function invited(name: string, email: string): Promise<string> {
  const page = await product.signIn('admin@jyvaskyla.example')
  await page.goto(`${product.server.url}/admin/users`)
  await press(page, 'Kutsu käyttäjä')
  const dialog = page.getByRole('dialog')
  await text(dialog, 'Nimi').fill(name)
  await text(dialog, 'Sähköposti').fill(email)
  await dialog.getByRole('checkbox', { name: 'vuokranantaja' }).check()
  await pick(dialog, /^Vuokranantaja/, 'KOAS')
  await press(dialog, 'Lähetä kutsu')
  await dialog.waitFor({ state: 'hidden' })
  await page.context().close()
  const { token } = await letterTo(product, email)
  return `${product.server.url}/set-password#${token}`
}

/** Of the tenant no more than 73 § asks for; of the city's own work nothing. */
const never =
  /henkilötunnus|oleskelulupa|kielet|tulkki|maksurästi|vuokravelka|muistiinpano|siivousmerkintä|awaitingArrivals|municipality|byCity/i

async function checked(page: Page, where: string): Promise<void> {
  await settled(page)
  expect([...(await axe(page, where)), ...(await overflow(page, where))]).toEqual([])
  expect(await page.getByRole('main').innerText()).not.toMatch(never)
}

test.each([1440, 360])('a landlord’s first visit at %i px: invited, signs in, sees the own homes, opens one, signs out', async (width) => {
  const email = `reetta.retki.${width}@koas.example`
  const link = await invited('Reetta Retki', email)
  const page = await product.open({ width })
  await page.goto(link)
  await heading(page, 'Aseta salasana')
  await page.getByLabel('Uusi salasana', { exact: true }).fill(sentence)
  await press(page, 'Aseta salasana')
  await page.getByText('Salasana on asetettu').waitFor()
  await text(page, 'Sähköposti').fill(email)
  await page.locator('input[type=password]').fill(sentence)
  await press(page, 'Kirjaudu sisään')
  await page.waitForURL((url) => url.pathname === '/portal')

  // How many and how they are, what is waited for both ways, each home, and whom to call.
  await heading(page, /^\d+ asuntoanne kaupungilla$/)
  const main = page.getByRole('main')
  await main.getByText(/^\d+ asuttua, .*\d+ tyhjänä/).waitFor()
  await main.getByRole('heading', { name: 'Teiltä odotetaan' }).waitFor()
  await main.getByText(/^Vuokrat \d+ asunnosta, /).waitFor()
  await main.getByText(/^Tieto asukkaista \d+ asunnosta: kaupunki ilmoittaa sen teille$/).waitFor()
  const homes = main.locator('ul.homes > li')
  expect(await homes.count()).toBe(Number(/^\d+/.exec(await main.getByRole('heading', { level: 1 }).innerText())?.[0]))
  await homes
    .filter({ hasText: /Tyhjänä \d+\.\d+\.\d+ alkaen/ })
    .first()
    .getByText(/kaupunki maksaa vuokran/)
    .waitFor()
  await homes
    .filter({ hasText: /\d kk jäljellä/ })
    .first()
    .getByText(/päättyy \d+\.\d+\.\d+/)
    .waitFor()
  await main.getByRole('heading', { name: 'Kenelle soittaa' }).waitFor()
  await checked(page, `/portal ${width}`)

  const home = homes.filter({ hasText: 'tyhjä' }).first()
  const address = await home.getByRole('heading').innerText()
  await home.getByRole('link', { name: `Avaa: ${address}` }).click()
  await heading(page, address)
  for (const part of ['Asukkaat', 'Tyhjät ajat', /^Sopimus kaupungin kanssa/])
    await main.getByRole('heading', { name: part }).first().waitFor()
  await checked(page, `/portal/homes ${width}`)
  await main.getByRole('link', { name: 'Kaikki asunnot' }).click()
  await heading(page, /asuntoanne kaupungilla$/)

  const url = await home.getByRole('link', { name: `Avaa: ${address}` }).getAttribute('href')
  for (const path of ['/portal', url ?? '', '/portal/people', '/portal/account'])
    expect((await visit(page, product.server.url + path)).asked.length, path).toBeLessThanOrEqual(3)

  await page.getByRole('button', { name: /^Oma tili/ }).click()
  await page.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
  await heading(page, 'Kirjaudu sisään')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('the same without a mouse', async () => {
  const email = 'roope.retki@koas.example'
  const link = await invited('Roope Retki', email)
  const page = await product.open()
  await page.goto(link)
  await heading(page, 'Aseta salasana')
  await tabTo(page, /^Uusi salasana/)
  await page.keyboard.type(sentence)
  await page.keyboard.press('Enter')
  await heading(page, 'Kirjaudu sisään')
  await tabTo(page, /^Sähköposti/)
  await page.keyboard.type(email)
  await tabTo(page, /^Salasana/)
  await page.keyboard.type(sentence)
  await page.keyboard.press('Enter')
  await heading(page, /asuntoanne kaupungilla$/)
  await page.locator('ul.homes > li').first().waitFor()

  // Which homes a line is about is opened where it stands.
  await tabTo(page, /^Mitkä asunnot$/)
  await page.keyboard.press('Enter')
  await page.locator('details[open] a').first().waitFor()
  const address = await page.locator('ul.homes > li').first().getByRole('heading').innerText()
  await tabTo(page, new RegExp(`^Avaa: ${address}`))
  await page.keyboard.press('Enter')
  await heading(page, address)
  await soon(() => inFocus(page)).toBe(`h1 ${address}`)
  await tabTo(page, /^Kaikki asunnot$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await heading(page, /asuntoanne kaupungilla$/)

  await tabTo(page, /^Oma tili/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  const leave = page.getByRole('menuitem', { name: 'Kirjaudu ulos' })
  await leave.waitFor()
  await page.keyboard.press('End')
  await soon(() => leave.evaluate((item) => item === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await heading(page, 'Kirjaudu sisään')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test.each([320, 256])('at %i px (a quarter and a fifth of 1280) nothing sticks out, for a landlord and for staff', async (width) => {
  const found: string[] = []
  const pagesOf: Readonly<Record<string, readonly string[]>> = {
    'vuokranantaja@koas.example': ['/portal', '/portal/people', '/portal/account'],
    'koordinaattori@jyvaskyla.example': [
      '/today',
      '/placements',
      '/leases',
      '/leases/new',
      '/homes',
      '/households',
      '/landlords',
      '/account',
    ],
    'admin@jyvaskyla.example': ['/admin/users', '/admin/settings'],
  }
  for (const [email, paths] of Object.entries(pagesOf)) {
    const page = await product.signIn(email, { width })
    for (const path of paths) {
      await visit(page, product.server.url + path)
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (sideways > 0) found.push(`${path} ${width}: scrolls sideways by ${sideways}`)
    }
    // The sign alone, and still the name for whoever hears it.
    await page.getByRole('button', { name: /^Oma tili: \S+ \S+/ }).waitFor()
    await page.context().close()
  }
  expect(found).toEqual([])
  expect(product.faults).toEqual([])
})
