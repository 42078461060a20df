import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../../api/src/demo/cast.ts'
import { heading, pick, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asPerson, type Rows } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
const coordinator = 'koordinaattori@jyvaskyla.example'
const isKept = (page: Page) => page.getByText('Luonnos tallennettu').waitFor()
const offer = (page: Page) => page.getByRole('status').filter({ hasText: 'kesken jäänyt luonnos' })
const name = (page: Page) => text(page, /^Nimi/).first()
const isClean = async (page: Page) =>
  expect((await new AxeBuilder({ page: page as never }).analyze()).violations.map(({ id }) => id)).toEqual([])

async function signOutAndIn(page: Page, email = coordinator): Promise<void> {
  await page.getByRole('button', { name: /^Oma tili/ }).click()
  await page.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
  await text(page, /sähköposti/i).fill(email)
  await page.locator('input[type=password]').fill(demoPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

describe.each([1440, 360])('at %d px', (width) => {
  test('a form goes on after a reload and after signing out and in, and is gone once it is saved', async () => {
    const page = await product.signIn(coordinator, { width })
    const form = `${product.server.url}/homes/new`
    await page.goto(form)
    await pick(page, /^Vuokranantaja/, 'KOAS')
    const landlord = await page.getByRole('combobox', { name: /^Vuokranantaja/ }).inputValue()
    await pick(page, /^Rakennus/, 'Kilpisenkatu')
    await text(page, /^Huoneistotunnus/).fill(`x${width}`.slice(0, 4))
    await text(page, /^Muistiinpano/).fill(`Keskeneräinen ${width}`)
    await isKept(page)
    await isClean(page)

    // Kept: the browser need not ask. The draft is offered, and taken with the names of what was chosen.
    await page.reload()
    await offer(page).waitFor()
    await isClean(page)
    expect(await text(page, /^Muistiinpano/).inputValue()).toBe('')
    await press(page, 'Jatka luonnosta')
    await page.getByRole('status').filter({ hasText: 'Jatkat siitä, mihin jäit' }).waitFor()
    expect(await text(page, /^Muistiinpano/).inputValue()).toBe(`Keskeneräinen ${width}`)
    expect(await page.getByRole('combobox', { name: /^Vuokranantaja/ }).inputValue()).toBe(landlord)

    // Signed out at once: the last letters go along, and nothing stays in the browser.
    await text(page, /^Huoneita/).fill('2')
    await signOutAndIn(page)
    const left = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))
    expect(left).not.toMatch(/Keskener|KOAS/)
    await page.goto(form)
    await press(page, 'Jatka luonnosta')
    await soon(() => text(page, /^Huoneita/).inputValue()).toBe('2')
    await text(page, /^Pinta-ala/).fill('48,5')
    await text(page, /^Enintään henkilöitä/).fill('3')
    await press(page, 'Lisää asunto')
    await page.waitForURL(/\/homes\/[0-9a-f-]{36}$/)
    await page.getByText(`Keskeneräinen ${width}`).waitFor()

    await page.goto(form)
    await heading(page, 'Uusi asunto')
    await page.waitForLoadState('networkidle')
    expect(await offer(page).count()).toBe(0)
    expect(product.faults).toEqual([])
    await page.context().close()
  })
})

test('a draft is the writer’s alone, survives a tab that dies, and goes when it is rejected', async () => {
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/landlords/new`)
  await name(page).fill('Katkennut Oy')
  await isKept(page)
  // The tab dies without a word.
  await page.close({ runBeforeUnload: false })
  await page.context().close()

  const other = await product.signIn('koordinaattori@tampere.example')
  await other.goto(`${product.server.url}/landlords/new`)
  await heading(other, 'Uusi vuokranantaja')
  await other.waitForLoadState('networkidle')
  expect(await offer(other).count()).toBe(0)
  await other.context().close()

  const again = await product.signIn(coordinator)
  await again.goto(`${product.server.url}/landlords/new`)
  await offer(again).waitFor()
  await press(again, 'Hylkää')
  await offer(again).waitFor({ state: 'hidden' })
  await again.waitForLoadState('networkidle')
  await again.reload()
  await heading(again, 'Uusi vuokranantaja')
  await again.waitForLoadState('networkidle')
  expect(await offer(again).count()).toBe(0)
  expect(product.faults).toEqual([])
  await again.context().close()
})

test('leaving a form may keep its draft, and what was changed elsewhere meanwhile is told', async () => {
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/landlords`)
  await page.getByRole('main').getByRole('link').filter({ hasText: 'säätiö' }).first().click()
  await page.getByRole('link', { name: 'Muokkaa' }).click()
  await heading(page, /^Muokkaa/)
  const edit = page.url()
  const before = await name(page).inputValue()
  await name(page).fill(`${before} luonnos`)
  await page.getByRole('link', { name: 'Peruuta' }).click()
  const asks = page.getByRole('dialog', { name: 'Muutoksia ei ole tallennettu' })
  await isClean(page)
  await press(asks, 'Poistu ja säilytä luonnos')
  await page.waitForURL((url) => !url.pathname.endsWith('/edit'))

  // The same value is changed elsewhere, past the draft.
  const other = await product.signIn(coordinator)
  await other.goto(edit)
  await offer(other).waitFor()
  await name(other).fill(`${before} muualla`)
  await press(other, 'Tallenna')
  await heading(other, `${before} muualla`)
  await other.context().close()

  await page.getByRole('link', { name: 'Muokkaa' }).click()
  await heading(page, /^Muokkaa/)
  await soon(() => name(page).inputValue()).toBe(`${before} luonnos`)
  await press(page, 'Tallenna')
  const conflict = page.getByRole('dialog', { name: 'Joku muu ehti tallentaa ensin' })
  await conflict.getByText(`${before} muualla`).waitFor()
  await press(conflict, 'Tallenna valitut')
  await heading(page, `${before} luonnos`)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('a draft that could not be asked for is told, is not written over, and is offered once that works', async () => {
  const first = await product.signIn(coordinator)
  await first.goto(`${product.server.url}/landlords/new`)
  await name(first).fill('Vanha luonnos Oy')
  await isKept(first)
  await first.context().close()

  const page = await product.signIn(coordinator)
  const written: string[] = []
  page.on('request', (request) => request.method() !== 'GET' && request.url().includes('/v1/drafts/') && written.push(request.method()))
  const drafts = /\/v1\/drafts$/
  await page.route(drafts, (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"server.busy"}' }),
  )
  await page.goto(`${product.server.url}/landlords/new`)
  const told = page.getByRole('alert').filter({ hasText: 'Emme saaneet tietää' })
  await told.waitFor()
  await isClean(page)
  await name(page).fill('Uusi luonnos Oy')
  await name(page).blur()
  await press(told, 'Yritä uudelleen')
  await told.waitFor()
  // Leaving does not promise that it would be kept.
  await page.getByRole('link', { name: 'Peruuta' }).click()
  const asks = page.getByRole('dialog', { name: 'Muutoksia ei ole tallennettu' })
  await asks.waitFor()
  expect(await asks.getByRole('button', { name: 'Poistu ja säilytä luonnos' }).count()).toBe(0)
  await press(asks, 'Jatka muokkausta')
  expect(written).toEqual([])

  await page.unroute(drafts)
  await press(told, 'Yritä uudelleen')
  await offer(page).waitFor()
  expect(await name(page).inputValue()).toBe('Uusi luonnos Oy')
  expect(written).toEqual([])
  await press(page, 'Jatka luonnosta')
  await soon(() => name(page).inputValue()).toBe('Vanha luonnos Oy')
  await page.context().close()
})

test('a placement that was left is decided on before another can begin, and a link to another household drops none', async () => {
  const { get } = await asPerson(product, coordinator)
  const { items } = await get<Rows<{ id: string; name: string }>>('/v1/households?waiting=true&sort=waitingSince&limit=25')
  const [mine, other] = items
  if (mine === undefined || other === undefined) throw new Error('two households wait')
  const start = `${product.server.url}/placements`
  const household = (page: Page) => page.getByRole('combobox', { name: /^Kotitalous/ })
  const first = await product.signIn(coordinator)
  await first.goto(`${start}?householdId=${mine.id}`)
  await soon(() => household(first).inputValue()).toContain(mine.name)
  const kept = first.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith('/v1/drafts/placement'))
  await text(first, /^Huoneita/).fill('3')
  await text(first, /^Huoneita/).blur()
  await kept
  await first.context().close()

  // On another day, by a link to another household: the older one is asked for, and nothing can be typed over it before.
  const page = await product.signIn(coordinator)
  await page.goto(`${start}?householdId=${other.id}`)
  await offer(page).waitFor()
  expect(await household(page).count()).toBe(0)
  await isClean(page)
  await press(page, 'Jatka luonnosta')
  await soon(() => household(page).inputValue()).toContain(mine.name)
  expect(await text(page, /^Huoneita/).inputValue()).toBe('3')

  // In the same visit too.
  const toOther = async () => {
    await page.getByRole('link', { name: 'Kotitaloudet' }).first().click()
    await page.getByRole('searchbox').fill(other.name)
    await page.getByRole('main').locator(`a[href="/households/${other.id}"]`).first().click()
    await page.getByRole('link', { name: 'Asuta' }).first().click()
  }
  const question = page.getByRole('status').filter({ hasText: `Kesken on toisen kotitalouden sijoitus: ${mine.name}` })
  await toOther()
  await question.waitFor()
  await isClean(page)
  await press(question, 'Jatka sitä')
  await soon(() => household(page).inputValue()).toContain(mine.name)
  expect(await text(page, /^Huoneita/).inputValue()).toBe('3')
  await toOther()
  await press(question, 'Hylkää se ja aloita uusi')
  await soon(() => household(page).inputValue()).toContain(other.name)
  expect(await text(page, /^Huoneita/).inputValue()).toBe('')
  expect(product.faults).toEqual([])
  await page.context().close()
})
