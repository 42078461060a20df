import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, press, soon, text } from '../acts.ts'
import { failAnswers, failureId, holdAnswers } from '../answers.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

let product: Product
let page: Page
let get: <T>(path: string) => Promise<T>
beforeAll(async () => {
  product = await startProduct()
  get = await asClient(product)
  page = await product.signIn('koordinaattori@jyvaskyla.example')
})

const go = (path: string) => page.goto(product.server.url + path)
const firstOf = async (path: string) => (await get<Rows>(`${path}?limit=1`)).items[0]?.id ?? ''
const loading = () => page.getByRole('main').getByRole('status', { name: 'Ladataan' })
const rows = () => page.getByRole('main').getByRole('row')
const failure = () => page.getByRole('alert').filter({ hasText: failureId })

/** The address of the page, and of what it asks the API for. */
const lists = {
  '/leases': '/v1/subleases',
  '/leases/head': '/v1/head-leases',
  '/homes': '/v1/flats',
  '/homes/buildings': '/v1/buildings',
  '/homes/areas': '/v1/areas',
  '/households': '/v1/households',
  '/households/persons': '/v1/persons',
  '/landlords': '/v1/landlords',
}
const details = {
  '/leases/ID': '/v1/subleases',
  '/leases/head/ID': '/v1/head-leases',
  '/homes/ID': '/v1/flats',
  '/homes/buildings/ID': '/v1/buildings',
  '/homes/areas/ID': '/v1/areas',
  '/households/ID': '/v1/households',
  '/households/persons/ID': '/v1/persons',
  '/landlords/ID': '/v1/landlords',
}
const edits = {
  '/leases/ID/edit': '/v1/subleases',
  '/leases/head/ID/edit': '/v1/head-leases',
  '/homes/ID/edit': '/v1/flats',
  '/homes/buildings/ID/edit': '/v1/buildings',
  '/households/ID/edit': '/v1/households',
  '/households/persons/ID/edit': '/v1/persons',
  '/landlords/ID/edit': '/v1/landlords',
}

test.each(Object.entries(lists))(
  'the list %s: its shape while it loads, then a failure with its number, and trying again',
  async (path, api) => {
    const asked = new RegExp(`${api}[?]`)
    const mended = await failAnswers(page, asked)
    const held = await holdAnswers(page, asked)
    await go(path)
    await held.asked()
    await loading().waitFor()
    await held.release()
    await failure().waitFor()
    expect(await loading().count()).toBe(0)
    expect(await page.getByText(/Ei osumia|ei ole vielä/).count()).toBe(0)
    await mended()
    await press(page, 'Yritä uudelleen')
    await rows().nth(1).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  },
)

test.each(Object.entries({ ...details, ...edits }))('the record %s: loading, failure and retry, unknown', async (path, api) => {
  const id = await firstOf(api)
  const asked = new RegExp(`${api}/${id}$`)
  const mended = await failAnswers(page, asked)
  const held = await holdAnswers(page, asked)
  await go(path.replace('ID', id))
  await held.asked()
  await loading().first().waitFor()
  await held.release()
  await failure().waitFor()
  expect(await loading().count()).toBe(0)
  await mended()
  await press(page, 'Yritä uudelleen')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)

  await go(path.replace('ID', '0199aaaa-0000-7000-8000-000000000000'))
  await heading(page, 'Sivua ei löydy')
  expect(await page.getByRole('link', { name: 'Etusivulle' }).isVisible()).toBe(true)
})

test('an empty list says what to do; one that finds nothing has a way out', async () => {
  await go('/landlords')
  const search = page.getByRole('searchbox')
  await search.fill('ei tällaista ole')
  await page.getByText('Ei osumia').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Tyhjennä rajaukset' }).click()
  await rows().nth(1).waitFor()
  expect(await search.inputValue()).toBe('')

  // The other municipality of the demo has just begun.
  const other = await product.signIn('koordinaattori@tampere.example')
  await other.goto(`${product.server.url}/homes/areas`)
  await other.getByText('Alueita ei ole vielä').waitFor()
  expect(await other.getByText('Ei osumia').count()).toBe(0)
  await other.getByRole('main').getByRole('link', { name: 'Lisää alue' }).last().click()
  await heading(other, 'Uusi alue')
  await other.context().close()
})

test('a form: what the server refuses stands at its field and in a summary that leads there', async () => {
  await go('/landlords/new')
  await text(page, /^Nimi/).first().fill('Väärä Tunnus Oy')
  const field = text(page, /^Y-tunnus/)
  await field.fill('1234567-9')
  await press(page, 'Lisää vuokranantaja')
  const summary = page.getByRole('alert')
  await summary.getByRole('link', { name: /^Y-tunnus: / }).waitFor()
  await soon(() => inFocus(page)).toMatch(/^div .*Y-tunnus/)
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  const told = await field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent),
  )
  expect(await summary.innerText()).toContain(told.at(-1))
  await summary.getByRole('link').click()
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  // Mending takes the error away, and the rest of the work is still there.
  await field.fill('0112038-9')
  expect(await field.getAttribute('aria-invalid')).toBe(null)
  expect(await text(page, /^Nimi/).first().inputValue()).toBe('Väärä Tunnus Oy')

  // The same form while the server fails: the number for the support, and the same button again.
  const mended = await failAnswers(page, '**/v1/landlords', 'POST')
  await press(page, 'Lisää vuokranantaja')
  await failure().waitFor()
  await mended()
  await press(page, 'Lisää vuokranantaja')
  await heading(page, 'Väärä Tunnus Oy')
  expect(product.faults).toEqual([])
})
