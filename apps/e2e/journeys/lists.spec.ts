import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import excel from 'exceljs'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const coordinator = 'koordinaattori@jyvaskyla.example'
/** The rows of the newest answer are there. */
const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null && document.querySelector('tbody tr, .cards li') !== null)
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(product.server.url + path)
  await settled(page)
}
const heads = (page: Page): Promise<string[]> =>
  page
    .getByRole('columnheader')
    .evaluateAll((cells) => cells.map((cell) => (cell.querySelector('button')?.firstChild ?? cell).textContent?.trim() ?? ''))
const column = async (page: Page, head: string): Promise<string[]> => {
  const index = (await heads(page)).indexOf(head)
  return page.locator('tbody tr').evaluateAll((rows, at) => rows.map((row) => row.children[at]?.textContent?.trim() ?? ''), index)
}
const sorter = (page: Page, name: string) => page.getByRole('columnheader', { name: new RegExp(`^${name}`) }).getByRole('button')
const clean = async (page: Page, where: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page: page as never }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([])
}

test('addresses stand by their numbers, 8 before 15, page after page', async () => {
  const page = await product.signIn(coordinator)
  await open(page, '/homes')
  const addresses = await column(page, 'Osoite')
  expect(addresses.length).toBeGreaterThan(10)
  expect(addresses).toEqual(addresses.toSorted(new Intl.Collator('fi-FI', { numeric: true }).compare))
  await page.context().close()
})

test('the rows stand by several columns at once: with Shift, and in the dialog by keyboard alone', async () => {
  const page = await product.signIn(coordinator)
  await open(page, '/leases?status=active')
  await sorter(page, 'Vuokranantaja').click()
  await sorter(page, 'Voimassa').click({ modifiers: ['Shift'] })
  await page.waitForURL((url) => url.searchParams.get('sort') === 'landlord.name,startsOn')
  await settled(page)
  await soon(() => column(page, 'Vuokranantaja')).toSatisfy((names: string[]) => names.join() === names.toSorted().join())
  expect(await page.getByRole('columnheader', { name: /2\. järjestysperuste, nouseva/ }).count()).toBe(1)
  expect(await page.locator('th[aria-sort]').count()).toBe(1)
  await clean(page, 'sorted list')

  await page.getByRole('button', { name: 'Sarakkeet ja järjestys' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '1. järjestysperuste', exact: true }).selectOption({ label: 'Tunnus' })
  await dialog.getByRole('combobox', { name: '2. järjestysperuste', exact: true }).selectOption({ label: 'ei mitään' })
  await clean(page, 'layout dialog')
  await press(dialog, 'Käytä')
  await dialog.waitFor({ state: 'hidden' })
  await page.waitForURL((url) => url.searchParams.get('sort') === 'reference')
  await soon(() => inFocus(page)).toBe('button Sarakkeet ja järjestys')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('chosen columns and their order are there after sign-out and in again, in another browser too, at once', async () => {
  const page = await product.signIn(coordinator)
  await open(page, '/leases')
  expect(await heads(page)).toEqual(['Kotitalous ja asunto', 'Tila', 'Voimassa', 'Vuokra', 'Vuokranantaja', 'Tunnus'])
  await press(page, 'Sarakkeet ja järjestys')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Tila' }).uncheck()
  await dialog.getByRole('checkbox', { name: 'Avaimet luovutettu' }).check()
  const up = dialog.getByRole('button', { name: 'Siirrä aiemmaksi: Tunnus' })
  await up.focus()
  // The focus stays with the row that moves, so that it can be moved on.
  for (let step = 0; step < 4; step++) await page.keyboard.press('Enter')
  await soon(() => inFocus(page)).toBe('button Siirrä myöhemmäksi: Tunnus')
  await press(dialog, 'Käytä')
  await dialog.waitFor({ state: 'hidden' })
  const chosen = ['Kotitalous ja asunto', 'Tunnus', 'Voimassa', 'Vuokra', 'Vuokranantaja', 'Avaimet luovutettu']
  await soon(() => heads(page)).toEqual(chosen)

  await page.getByRole('button', { name: /^Oma tili/ }).click()
  await page.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
  await heading(page, 'Kirjaudu sisään')
  const other = await product.signIn(coordinator)
  await open(other, '/leases')
  expect(await heads(other)).toEqual(chosen)
  // Somebody else's list is as it was.
  const finance = await product.signIn('talous@jyvaskyla.example')
  await open(finance, '/leases')
  expect((await heads(finance))[1]).toBe('Tila')

  await press(other, 'Sarakkeet ja järjestys')
  await press(other.getByRole('dialog'), 'Palauta alkuperäiset')
  await press(other.getByRole('dialog'), 'Käytä')
  await soon(() => heads(other)).toEqual(await heads(finance))
  expect(product.faults).toEqual([])
  for (const one of [page, other, finance]) await one.context().close()
})

test('a view is saved, shown again, and removed; the search text is in none', async () => {
  const page = await product.signIn(coordinator)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/views') && request.method() === 'POST') sent.push(request.postData() ?? '')
  })
  await open(page, '/leases?status=active&sort=landlord.name')
  await page.getByRole('searchbox').fill('Rahimi')
  await press(page, 'Näkymät')
  await page.getByRole('menuitem', { name: 'Tallenna näkymä tai muuta niitä' }).click()
  const dialog = page.getByRole('dialog')
  await text(dialog, 'Nykyisen näkymän nimi').fill('Voimassa olevat')
  await page.keyboard.press('Enter')
  await dialog.getByText('Näkymä Voimassa olevat on tallennettu').waitFor()
  expect(sent.map((body) => JSON.parse(body) as object)).toEqual([
    { list: 'subleases', name: 'Voimassa olevat', query: 'status=active', sort: 'landlord.name', columns: null },
  ])
  // The same name again is refused, and the dialog says so.
  await text(dialog, 'Nykyisen näkymän nimi').fill('Voimassa olevat')
  await page.keyboard.press('Enter')
  await dialog.getByText('Samanniminen näkymä on jo tallennettu.').waitFor()
  await clean(page, 'views dialog')
  await page.keyboard.press('Escape')

  await open(page, '/leases')
  await press(page, 'Näkymät')
  await page.getByRole('menuitemcheckbox', { name: 'Voimassa olevat' }).click()
  await page.waitForURL((url) => url.searchParams.get('status') === 'active' && url.searchParams.get('sort') === 'landlord.name')
  await page.getByRole('button', { name: 'Voimassa olevat' }).click()
  await page.getByRole('menuitem', { name: 'Tallenna näkymä tai muuta niitä' }).click()
  await page.getByRole('button', { name: 'Poista näkymä Voimassa olevat' }).click()
  await dialog.getByText('Näkymä Voimassa olevat on poistettu').waitFor()
  await soon(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Näkymät' }).waitFor()
  await page.context().close()
})

test('K3 the list goes out as XLSX of what is filtered; a failure stays until it is closed', async () => {
  const page = await product.signIn(coordinator)
  await open(page, '/leases?status=active&sort=reference')
  const rows = await column(page, 'Tunnus')
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Excel')])
  expect(download.suggestedFilename()).toMatch(/^jalleenvuokrasopimukset-\d{4}-\d{2}-\d{2}\.xlsx$/)
  const book = new excel.Workbook()
  await book.xlsx.load(readFileSync(await download.path()) as never)
  const sheet = book.getWorksheet('Jälleenvuokrasopimukset')
  if (sheet === undefined) throw new Error('no sheet')
  const at = (sheet.getRow(1).values as string[]).indexOf('Tunnus')
  const references = (sheet.getRows(2, sheet.rowCount - 1) ?? []).map((row) => row.getCell(at).value)
  expect(references.slice(0, rows.length)).toEqual(rows)
  await page.getByText(/^Tiedosto ladattu/).waitFor({ state: 'attached' })

  await page.route('**/v1/subleases*', (route) => (route.request().headers()['accept']?.includes('csv') ? route.abort() : route.continue()))
  await press(page, 'CSV')
  const failure = page.getByRole('alert')
  await failure.waitFor()
  // A row that is half under the head is no small target: it is looked at from the top.
  await page.evaluate(() => window.scrollTo(0, 0))
  await clean(page, 'failed download')
  await page.unroute('**/v1/subleases*')
  const [again] = await Promise.all([page.waitForEvent('download'), failure.getByRole('button', { name: 'Yritä uudelleen' }).click()])
  expect(again.suggestedFilename()).toBe('kotoisa.csv')
  await failure.waitFor({ state: 'hidden' })
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('going back from a record shows the list at once where it was: rows, place and row in focus', async () => {
  const page = await product.signIn(coordinator)
  await open(page, '/homes')
  await page.setViewportSize({ width: 1440, height: 400 })
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  for (let row = 0; row < 12; row++) await page.keyboard.press('j')
  await page.keyboard.press('k')
  const name = await inFocus(page)
  const place = await page.evaluate(() => scrollY)
  expect(place).toBeGreaterThan(100)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/homes\/[0-9a-f-]{36}$/)
  await soon(() => inFocus(page)).toMatch(/^h1 /)
  // Whatever the API would say now, it is not waited for.
  await page.route('**/v1/flats*', () => undefined)
  await page.goBack()
  await soon(() => inFocus(page)).toBe(name)
  await soon(() => page.evaluate(() => scrollY)).toBe(place)
  // Nothing lies over the row in focus.
  expect(
    await page.evaluate(() => {
      const { left, top, height } = document.activeElement?.getBoundingClientRect() ?? new DOMRect()
      return document.elementFromPoint(left + 5, top + height / 2) === document.activeElement
    }),
  ).toBe(true)
  await page.context().close()
})

test('what a link has filtered by is a chip that can be taken away, and a page asks for three things at the most', async () => {
  const page = await product.signIn(coordinator)
  await page.waitForLoadState('networkidle')
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/') && !pathname.startsWith('/v1/sessions')) asked.push(pathname)
  })
  await page.goto(`${product.server.url}/homes?buildingId=0198c0de-0000-7000-8000-000000000001`)
  await page.getByText('Ei osumia').waitFor()
  expect(asked.length).toBeLessThanOrEqual(3)
  await page.getByRole('button', { name: 'Poista rajaus: Yksi rakennus' }).click()
  await settled(page)
  expect(new URL(page.url()).search).toBe('')
  await page.context().close()
})

test('AC-07 the statement of accessibility, what is stored and the licences are open to everybody, in three languages', async () => {
  const page = await product.open()
  await heading(page, 'Kirjaudu sisään')
  for (const [language, title, authority] of [
    ['fi', 'Saavutettavuusseloste', 'Liikenne- ja viestintävirasto Traficom'],
    ['sv', 'Tillgänglighetsutlåtande', 'Transport- och kommunikationsverket Traficom'],
    ['en', 'Accessibility statement', 'Finnish Transport and Communications Agency Traficom'],
  ] as const) {
    await page.goto(`${product.server.url}/accessibility?lang=${language}`)
    await heading(page, title)
    const shown = await page.getByRole('main').innerText()
    for (const part of [authority, '14', '2.2']) expect(shown).toContain(part)
    await clean(page, `statement ${language}`)
  }
  for (const path of ['/stored-data', '/licences']) {
    await page.goto(`${product.server.url}${path}?lang=fi`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await clean(page, path)
  }
  await page.getByText(/^vue-router 5/).waitFor()
  const shipped = (await (await fetch(`${product.server.url}/licences.json`)).json()) as { licence: string; text: string | null }[]
  expect(shipped.length).toBeGreaterThan(15)
  // What the EUPL may be given out with.
  expect(
    shipped.filter(({ licence, text: whole }) => !/^(MIT|ISC|Apache-2\.0|OFL-1\.1|BSD-[23]-Clause)$/.test(licence) || whole === null),
  ).toEqual([])
  expect(product.faults).toEqual([])
  await page.context().close()
})
