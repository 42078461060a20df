import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

interface Contract {
  readonly id: string
  readonly reference: string
  readonly masked: boolean
  readonly flat: { readonly id: string } | null
  readonly missing: readonly { readonly code: string }[]
  readonly warnings: readonly { readonly code: string }[]
  readonly paperLocation: string | null
}

let product: Product
let page: Page
let get: <T>(path: string) => Promise<T>
/** Ends with its head lease, in a home that had a tenant before. */
let cut: Contract
let draft: Contract
beforeAll(async () => {
  product = await startProduct()
  get = await asClient(product)
  const shown = async (query: string) =>
    (await get<Rows<Contract>>(`/v1/subleases?${query}&limit=200`)).items.filter(({ masked }) => !masked)
  const all = await shown('sort=startsOn')
  const [active, drafts] = [await shown('status=active'), await shown('status=draft')]
  const endsEarly = ({ warnings }: Contract) => warnings.some(({ code }) => code === 'indefiniteUnderFixedHeadLease')
  const hadOther = ({ id, flat }: Contract) => all.some((other) => other.id !== id && other.flat?.id === flat?.id)
  cut = active.find((one) => endsEarly(one) && hadOther(one)) as Contract
  draft = drafts[0] as Contract
  page = await product.signIn('koordinaattori@jyvaskyla.example')
})

const go = (path: string) => page.goto(product.server.url + path)
const drawing = () => page.locator('figure').getByRole('group')
const section = (name: string) => page.getByRole('region', { name, exact: true })
const axe = async () =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)

test('A1 both leases of a home over one axis of time: by keys, as a table with a row for each thing drawn, on paper in black', async () => {
  await go(`/leases/${cut.id}`)
  await drawing().waitFor()
  expect(await drawing().getByText('jälleenvuokra päättyy samalla (78 §)').isVisible()).toBe(true)

  // One stop of the Tab key, the page's own lease; the arrows go on from there in time.
  const own = drawing().locator('a[tabindex="0"]')
  expect(await own.getAttribute('aria-current')).toBe('page')
  await own.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  expect(await inFocus(page)).toMatch(/^a Ensivuokra /)
  await page.keyboard.press('ArrowRight')
  expect(await inFocus(page)).toMatch(/^a Jälleenvuokra .*päättynyt, S-/)
  expect(await drawing().locator('a[tabindex="0"]').count()).toBe(1)

  await press(page, 'Näytä taulukkona')
  const rows = page.getByRole('table', { name: 'Aikajana taulukkona' }).getByRole('row')
  const drawn = await drawing().locator('rect.head, rect.sub, rect.empty, rect.cut').count()
  expect(await rows.count()).toBe(drawn + 1)
  expect(await rows.filter({ hasText: 'asukas luulee voivansa asua' }).innerText()).toMatch(/toistaiseksi$/)

  await page.emulateMedia({ media: 'print' })
  const fill = () =>
    drawing()
      .locator('rect.head')
      .first()
      .evaluate((bar) => getComputedStyle(bar).fill)
  await soon(fill).toBe('rgb(255, 255, 255)')
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })

  await drawing().locator('a[tabindex="0"]').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname.startsWith('/leases/') && !url.pathname.endsWith(cut.id))
  expect(product.faults).toEqual([])
})

test('A1 the drawing runs from the right where people read so, and is told as a list on the phone', async () => {
  await go(`/leases/${cut.id}?lang=ar`)
  await drawing().waitFor()
  const boxes = async (selector: string) => (await drawing().locator(selector).first().boundingBox())?.x ?? 0
  expect(await boxes('rect.cut')).toBeLessThan(await boxes('rect.head'))
  await drawing().locator('a[tabindex="0"]').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  expect(await inFocus(page)).toMatch(/^a .*Sublease/)

  await page.setViewportSize({ width: 360, height: 900 })
  await go(`/leases/${cut.id}?lang=fi`)
  await page.locator('figure').getByText('jälleenvuokra päättyy ensivuokran mukana (78 §)').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await page.getByRole('navigation', { name: 'Sivun osat' }).getByRole('link', { name: 'Historia' }).click()
  await soon(() => section('Historia').evaluate((element) => element === document.activeElement)).toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
  expect(product.faults).toEqual([])
})

test('A1 the two leases side by side: what differs is told in days and euros, and why with its section', async () => {
  await go(`/leases/${cut.id}`)
  const compared = section('Sopimukset rinnakkain')
  const row = (name: string) => compared.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  expect(await row('Kesto').innerText()).toMatch(/määräaikainen.*toistaiseksi.*Päättyy ensivuokran mukana \d+\.\d+\.\d{4}/s)
  expect(await row('Irtisanomisaika').innerText()).toMatch(/sidottu enintään \d+ kuukauden tyhjästä.*Asukas voi lähteä .*€/s)
  await row('Kesto')
    .getByRole('button', { name: /^Miksi/ })
    .click()
  await compared.getByText('AHVL 78 §').waitFor()
  await row('Irtisanomisaika')
    .getByRole('button', { name: /^Miksi/ })
    .click()
  await compared.getByText('AHVL 52 § 1 mom.').first().waitFor()

  for (const name of ['Miksi? Kesto', 'Miksi? Voimassa', 'Miksi? Irtisanomisaika', 'Miksi? Vuokra', 'Miksi? Eräpäivä'])
    await section('Ehdot').getByRole('button', { name, exact: true }).click()
  await section('Ehdot').getByText('Jälleenvuokra päättyy samalla kuin ensivuokra').waitFor()
  expect(await axe()).toEqual([])
  expect(product.faults).toEqual([])
})

test('A8 what is missing is settled where it is told, one act each, and the log tells it in words', async () => {
  await go(`/leases/${draft.id}`)
  const missing = page.locator('.notice').filter({ has: page.getByRole('heading', { name: 'Vielä puuttuu' }) })
  const line = (words: string) => missing.getByRole('listitem').filter({ hasText: words })
  const settle = async (words: string, button: string, inDialog: () => Promise<void> = async () => undefined) => {
    await line(words).getByRole('button', { name: button }).click()
    await page.getByRole('dialog').waitFor()
    expect(await axe()).toEqual([])
    await inDialog()
    await page.getByRole('dialog').getByRole('button', { name: button }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await line(words).waitFor({ state: 'hidden' })
  }
  // It comes by itself: there is nothing to press.
  expect(await line('Sopimus ei ole vielä alkanut').getByRole('button').count()).toBe(0)
  await settle('kertomatta asukkaalle', 'Kirjaa kerrotuksi')
  await settle('kertomatta vuokranantajalle', 'Kirjaa kerrotuksi')
  await settle('Kotivakuutusta ei ole näytetty', 'Kirjaa näytetyksi')
  await settle('Vakuutta ei ole saatu', 'Kirjaa vakuus', async () => {
    await page
      .getByRole('dialog')
      .getByRole('combobox', { name: /^Vakuuden muoto/ })
      .selectOption({ label: 'ei vakuutta' })
  })
  const { missing: left } = await get<Contract>(`/v1/subleases/${draft.id}`)
  expect(left.map(({ code }) => code)).toEqual(['notStarted'])

  const log = section('Historia')
  await log.getByText('Kotivakuutus näytetty').waitFor()
  await press(log, `Näytä tiedot (${(await log.getByRole('button', { name: /^Näytä tiedot/ }).innerText()).replaceAll(/\D/g, '')})`)
  const told = await log.innerText()
  expect(told).toMatch(/Vakuuden muoto\s+Kelan maksusitoumus\s+ei vakuutta/)
  expect(told).toMatch(/Aino Koordinaattori/)
  // Neither ids nor the names that fields and codes have in the program.
  expect(told).not.toMatch(/[\da-f]{8}-[\da-f]{4}|[a-zäö][A-ZÄÖ]|Muu tieto/)
  expect(product.faults).toEqual([])
})

test('A1 where the signed contract is kept is recorded by the city, and told to it alone', async () => {
  await go(`/leases/${cut.id}`)
  await press(section('Asiakirjat'), 'Kirjaa paikka')
  await text(page.getByRole('dialog'), /^Sopimuspaperin paikka/).fill('Arkisto, kansio 12')
  await press(page.getByRole('dialog'), 'Kirjaa paikka')
  await section('Asiakirjat').getByText('Arkisto, kansio 12').waitFor()
  expect(await get<Contract>(`/v1/subleases/${cut.id}`)).toMatchObject({ paperLocation: 'Arkisto, kansio 12' })
  expect(product.faults).toEqual([])
})

test('A1 a home says first who lives there, until when and what happens then', async () => {
  await go(`/homes/${cut.flat?.id ?? ''}`)
  await heading(page, /./)
  const first = await page.getByRole('main').getByRole('status').first().innerText()
  expect(first).toMatch(
    /Asunnossa asuu .+\d{4}\.\s+Sopimus päättyy .+ samalla kuin ensivuokrasopimus\. Sen jälkeen asuntoa ei voi jälleenvuokrata\./,
  )
  expect(await drawing().locator('a').count()).toBeGreaterThan(2)
  expect(await axe()).toEqual([])
  expect(product.faults).toEqual([])
})
