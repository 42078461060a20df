import type { Page, Request } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, press, text } from '../acts.ts'
import { holdAnswers, loseAnswer } from '../answers.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

let product: Product
let get: <T>(path: string) => Promise<T>
let page: Page
beforeAll(async () => {
  product = await startProduct()
  get = await asClient(product)
  page = await product.signIn('koordinaattori@jyvaskyla.example')
})

/** Every creating request that the page sends from now on. */
function creations(path: string): Request[] {
  const sent: Request[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(path)) sent.push(request)
  })
  return sent
}
const keysOf = (sent: readonly Request[]) => sent.map((request) => request.headers()['idempotency-key'])

async function landlordForm(name: string, businessId: string): Promise<void> {
  await page.goto(`${product.server.url}/landlords/new`)
  await text(page, /^Nimi/).first().fill(name)
  await text(page, /^Y-tunnus/).fill(businessId)
  await page
    .getByRole('group', { name: /Yleishyödyllinen/ })
    .getByRole('radio', { name: 'ei' })
    .check()
}
const landlordsNamed = async (name: string) => (await get<Rows>(`/v1/landlords?q=${encodeURIComponent(name)}`)).items.length
const submit = () => page.getByRole('button', { name: 'Lisää vuokranantaja', exact: true })

test('CO-01 a double click makes one row', async () => {
  await landlordForm('Kaksoisnapsautus Oy', '0112038-9')
  const sent = creations('/v1/landlords')
  await submit().dblclick()
  await heading(page, 'Kaksoisnapsautus Oy')
  expect(sent).toHaveLength(1)
  expect(await landlordsNamed('Kaksoisnapsautus')).toBe(1)
})

test('CO-01 on a slow network neither a second click nor Enter sends anything more', async () => {
  await landlordForm('Hidas Yhteys Oy', '1572860-0')
  await text(page, /^Y-tunnus/).fill('0201256-6')
  const sent = creations('/v1/landlords')
  const held = await holdAnswers(page, '**/v1/landlords', 'POST')
  await submit().click()
  await held.asked()
  await submit().click({ force: true })
  await text(page, /^Y-tunnus/).press('Enter')
  await submit().dispatchEvent('click')
  await held.release()
  await heading(page, 'Hidas Yhteys Oy')
  expect(sent).toHaveLength(1)
  expect(await landlordsNamed('Hidas Yhteys')).toBe(1)
})

test('CO-01 an answer that was lost is asked for again under the same key: one row, and the work stays on the page', async () => {
  await landlordForm('Katkennut Yhteys Oy', '0737546-2')
  await text(page, /^Y-tunnus/).fill('0116297-6')
  const sent = creations('/v1/landlords')
  await loseAnswer(page, '**/v1/landlords', 'POST')
  await submit().click()
  await page.getByRole('alert').getByText('Palveluun ei saatu yhteyttä').waitFor()
  expect(await text(page, /^Nimi/).first().inputValue()).toBe('Katkennut Yhteys Oy')
  expect(await landlordsNamed('Katkennut Yhteys')).toBe(1)
  await submit().click()
  await heading(page, 'Katkennut Yhteys Oy')
  expect(keysOf(sent)).toHaveLength(2)
  expect(new Set(keysOf(sent)).size).toBe(1)
  expect(await landlordsNamed('Katkennut Yhteys')).toBe(1)
})

test('CO-01 a double click in a dialog does a command once', async () => {
  const { items } = await get<Rows<{ id: string }>>('/v1/subleases?status=active&limit=1')
  const id = items[0]?.id ?? ''
  await page.goto(`${product.server.url}/leases/${id}`)
  await press(page, 'Muuta vuokraa')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const sent = creations(`/v1/subleases/${id}/rent-parts`)
  await dialog.getByRole('textbox', { name: /^Kuukaudessa/ }).fill('12')
  await dialog.getByRole('button', { name: 'Lisää osa', exact: true }).dblclick()
  await dialog.waitFor({ state: 'hidden' })
  expect(sent).toHaveLength(1)
  expect(product.faults).toEqual([])
})
