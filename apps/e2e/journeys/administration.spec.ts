import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, pick, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const administrator = 'admin@jyvaskyla.example'
const coordinator = 'koordinaattori@jyvaskyla.example'

const clean = async (page: Page, where: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page: page as never })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), where).toBe(0)
}
const open = async (page: Page, path: string, name: RegExp | string): Promise<void> => {
  await page.goto(product.server.url + path)
  await heading(page, name)
}
/** Goes on by Tab until that is in focus, and presses Enter. */
async function tabTo(page: Page, what: string): Promise<void> {
  for (let step = 0; step < 80; step++) {
    if ((await inFocus(page)) === what) return page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  throw new Error(`${what} is not reached by Tab, but ${await inFocus(page)}`)
}

test('settings: wrong ones are told at their fields, right ones hold in the next ranking and are in the history', async () => {
  const page = await product.signIn(administrator)
  await open(page, '/admin/settings', 'Ylläpito')
  await page.getByText('oletukset ovat voimassa').waitFor()
  await clean(page, 'settings')
  await page.getByRole('link', { name: 'Muokkaa asetuksia' }).click()
  await heading(page, 'Muokkaa asetuksia')

  await text(page, 'Huoneita riittävästi').fill('101')
  await text(page, 'Henkilöitä huonetta kohti ilman ahtautta').fill('4')
  await press(page, 'Tallenna')
  await page.getByRole('alert').getByText('Kirjoita luku väliltä 0–100.').waitFor()
  await clean(page, 'settings with an error')
  await text(page, 'Huoneita riittävästi').fill('77')
  await press(page, 'Tallenna')
  await page
    .getByRole('alert')
    .getByRole('link', { name: /ilman ahtautta: Enintään 3/ })
    .waitFor()
  await press(page, 'Palauta pisteet ja rajat oletuksiin')
  expect(await text(page, 'Huoneita riittävästi').inputValue()).toBe('30')
  await text(page, 'Huoneita riittävästi').fill('77')

  await press(page, 'Lisää katto: 1 henkilö')
  await text(page, '1 henkilö, kuukaudessa').fill('596')
  await press(page, 'Lisää katto: 2 henkilöä')
  await text(page, '2 henkilöä, kuukaudessa').fill('1 235,50')
  await text(page, 'Kattojen lähde').fill('Kela 2026')
  await text(page, 'Lähde tarkistettu').fill('1.11.26')
  await text(page, /^suomi/).fill('Toimisto on suljettu 6.12.')
  await press(page, 'Tallenna')
  // A notice stands in all three languages or in none.
  await page.getByRole('alert').getByText('ruotsi: Tämä tieto tarvitaan.').waitFor()
  await text(page, /^ruotsi/).fill('Kontoret är stängt 6.12.')
  await text(page, /^englanti/).fill('The office is closed on 6.12.')
  await press(page, 'Tallenna')
  await heading(page, 'Ylläpito')
  await page.getByText('oletus 30').waitFor()
  const history = page.locator('#history')
  await history.getByText('Asetukset muutettu').waitFor()
  expect(await history.innerText()).not.toMatch(/Muu tieto|[0-9a-f]{8}-|rentCeiling|placementWeights/)
  await page.reload()
  await history.getByText('Asetukset muutettu').waitFor()
  await clean(page, 'settings that were changed')
  await page.context().close()

  const placing = await product.signIn(coordinator)
  await open(placing, '/placements', 'Millaista kotia etsitään?')
  await placing.locator('form').waitFor()
  await placing
    .getByRole('button', { name: /odottanut/ })
    .first()
    .click()
  await press(placing, 'Etsi asunnot')
  await placing.getByText('enintään 1').first().waitFor()
  expect(await placing.getByText(/enintään 1.235,50.€\/kk \(Kela 2026, tarkistettu 1\.11\.2026\)/).count()).toBe(1)
  await placing.getByText('+77').first().waitFor()
  await placing.context().close()

  const landlord = await product.signIn('vuokranantaja@koas.example', { width: 360 })
  await landlord.getByRole('region', { name: 'Kaupungin tiedote' }).getByText('Toimisto on suljettu 6.12.').waitFor()
  await clean(landlord, 'portal with a notice')
  expect(product.faults).toEqual([])
  await landlord.context().close()
})

test('settings that are being changed survive a reload, by keyboard at 360 px', async () => {
  const page = await product.signIn(administrator, { width: 360 })
  await open(page, '/admin/settings', 'Ylläpito')
  await tabTo(page, 'a Muokkaa asetuksia')
  await heading(page, 'Muokkaa asetuksia')
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/v1/drafts/settings') && answer.request().method() === 'PUT')
  await text(page, 'Toivottu alue').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('42')
  await kept
  await page.reload()
  await press(page, 'Jatka luonnosta')
  await soon(() => text(page, 'Toivottu alue').inputValue()).toBe('42')
  await clean(page, 'settings on the phone')
  await text(page, 'Toivottu alue').focus()
  await page.keyboard.press('Enter')
  await heading(page, 'Ylläpito')
  await page.getByText('oletus 15').waitFor()
  expect(product.faults).toEqual([])
  await page.context().close()
})

test.each([1440, 360])('the log is narrowed in words, the address keeps it, and records open where the role may (%i px)', async (width) => {
  const page = await product.signIn(administrator, { width })
  await open(page, '/admin', 'Ylläpito')
  const rows = page.locator('tbody tr, .cards li')
  await rows.first().waitFor()
  const said = await page.getByRole('main').innerText()
  expect(said).not.toMatch(/Muu tapahtuma|Muu tieto|Muu kohde|[0-9a-f]{8}-[0-9a-f]{4}/)
  await clean(page, 'log')

  await page.getByRole('combobox', { name: 'Kohde' }).selectOption({ label: 'Asunto' })
  await page.getByRole('combobox', { name: 'Tapahtuma' }).selectOption({ label: 'Asunto lisätty' })
  await page.waitForURL((url) => url.searchParams.get('action') === 'flat.created')
  await soon(() => page.locator('[aria-busy=true]').count()).toBe(0)
  const flat = await rows.first().getByRole('link').innerText()
  const reference = /[A-Z]+-[\d-]+/.exec(flat)?.[0] ?? 'none'

  await press(page, 'Lisää rajauksia')
  const dialog = page.getByRole('dialog')
  await text(dialog, /^Kohteen tunnus/).fill(reference.toLowerCase())
  await text(dialog, /^Alkaen/).fill('1.1.2020')
  await clean(page, 'log filters')
  await press(dialog, 'Rajaa')
  await dialog.waitFor({ state: 'hidden' })
  await page.waitForURL((url) => url.searchParams.get('reference') === reference && url.searchParams.get('from') === '2020-01-01')
  await soon(() => rows.count()).toBe(1)
  await page.reload()
  await page.getByRole('button', { name: `Poista rajaus: Kohde ${reference}` }).waitFor()
  await soon(() => rows.count()).toBe(1)
  await rows.first().getByRole('link').click()
  await page.waitForURL(/\/homes\/[0-9a-f-]{36}$/)
  await page.goBack()
  await page.getByRole('button', { name: 'Poista rajaus: 1.1.2020 alkaen' }).waitFor()

  // Nothing found is said, with the way out.
  await page.goto(`${product.server.url}/admin?resource=room&action=room.deleted`)
  await page.getByText('Ei osumia').waitFor()
  await press(page, 'Tyhjennä rajaukset')
  await rows.nth(5).waitFor()

  await press(page, 'Lisää rajauksia')
  await pick(page.getByRole('dialog'), /^Kuka/, 'Armi')
  await press(page.getByRole('dialog'), 'Rajaa')
  await page.getByRole('button', { name: 'Poista rajaus: Kuka: Armi Ylläpito' }).waitFor()
  await soon(async () => (await rows.allInnerTexts()).every((row) => row.includes('Armi Ylläpito'))).toBe(true)
  const download = page.waitForEvent('download')
  await press(page, 'CSV')
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('AU-20 an administrator ends anybody’s session: the person signs in again', async () => {
  const theirs = await product.signIn('talous@jyvaskyla.example')
  await heading(theirs, /./)
  const page = await product.signIn(administrator)
  await open(page, '/admin/users', 'Ylläpito')
  await page
    .getByRole('row', { name: /talous@jyvaskyla/ })
    .getByRole('link')
    .click()
  const sessions = page.locator('#sessions')
  const end = sessions.getByRole('button', { name: /^Päätä istunto/ })
  await end.waitFor()
  await clean(page, 'user')
  await end.click()
  await sessions.getByText('Ei voimassa olevia istuntoja').waitFor()
  await theirs.reload()
  await heading(theirs, 'Kirjaudu sisään')
  expect(product.faults).toEqual([])
  await page.context().close()
  await theirs.context().close()
})

test('a program gets its secret once, a second one while the first is changed, and is revoked', async () => {
  const page = await product.signIn(administrator, { width: 360 })
  await open(page, '/admin/api-clients', 'Ylläpito')
  await press(page, 'Lisää ohjelma')
  const dialog = page.getByRole('dialog')
  await text(dialog, /^Nimi/).fill('Raportointi')
  await text(dialog, /^Asiakastunnus/).fill('raportointi')
  await dialog.getByRole('checkbox').first().check()
  await clean(page, 'new program')
  await press(dialog, 'Lisää ohjelma')
  const secret = page.locator('input.secret')
  await secret.waitFor()
  const first = await secret.inputValue()
  expect(first.length).toBeGreaterThan(30)
  await clean(page, 'secret')
  await press(page, 'Avain on tallessa')
  await heading(page, 'Raportointi')
  expect(await page.content()).not.toContain(first)
  await page.getByText('ei koskaan').first().waitFor()
  const basic = (key: string) => `Basic ${Buffer.from(`raportointi:${key}`).toString('base64')}`
  const token = async (key: string): Promise<number> =>
    (
      await fetch(`${product.server.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: basic(key), 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
      })
    ).status
  expect(await token(first)).toBe(200)

  await press(page, 'Luo uusi avain')
  await secret.waitFor()
  const second = await secret.inputValue()
  await press(page, 'Avain on tallessa')
  await page.getByText('Vanha avain toimii, kunnes poistat sen.').waitFor()
  // Used just now.
  expect(await page.getByText('ei koskaan').count()).toBe(0)
  expect([await token(first), await token(second)]).toEqual([200, 200])
  await press(page, 'Poista vanha avain')
  await press(page.getByRole('dialog'), 'Poista vanha avain')
  await page.getByText('Vanha avain toimii, kunnes poistat sen.').waitFor({ state: 'detached' })
  expect([await token(first), await token(second)]).toEqual([401, 200])
  await press(page, 'Estä käyttö')
  await clean(page, 'revoking')
  await press(page.getByRole('dialog'), 'Estä käyttö')
  await page.getByText('estetty').first().waitFor()
  expect(await token(second)).toBe(401)
  expect(product.faults).toEqual([])
  await page.context().close()
})
