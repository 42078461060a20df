import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, press, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

interface Contract {
  readonly id: string
  readonly note: string | null
  readonly dueDay: number | null
  readonly cityContact: { readonly name: string; readonly phone: string | null } | null
  readonly version: number
}

let product: Product
let get: <T>(path: string) => Promise<T>
let drafts: readonly { readonly id: string }[]
beforeAll(async () => {
  product = await startProduct()
  get = await asClient(product)
  drafts = (await get<Rows>('/v1/subleases?status=draft')).items
})

const coordinator = 'koordinaattori@jyvaskyla.example'
const note = (page: Page) => text(page, /^Muistiinpano/)
const contactName = (page: Page) => page.getByRole('group', { name: 'Kaupungin yhteyshenkilö' }).getByRole('textbox', { name: /^Nimi/ })
const dueDay = (page: Page) => text(page, /^Eräpäivä/)

/** Two people with the same contract open in the form, each in a browser of their own. */
async function twoEditors(id: string): Promise<[Page, Page]> {
  const pages = [await product.signIn(coordinator), await product.signIn(coordinator)] as const
  for (const page of pages) {
    await page.goto(`${product.server.url}/leases/${id}/edit`)
    await heading(page, /^Muokkaa/)
  }
  return [...pages]
}
async function saved(page: Page, id: string): Promise<void> {
  await page.waitForURL((url) => url.pathname === `/leases/${id}`)
}
const isRefused = (page: Page) => page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.status() === 412)

test('CO-04 two coordinators save one contract: the second sees both versions, chooses, and nothing of either is lost', async () => {
  const id = drafts[0]?.id ?? ''
  const [first, second] = await twoEditors(id)

  await note(first).fill('Avaimet hakee Aino.')
  await contactName(first).fill('Veera Varahenkilö')
  await press(first, 'Tallenna')
  await saved(first, id)

  await note(second).fill('Avaimet hakee Pekka.')
  await dueDay(second).fill('5')
  const refusal = isRefused(second)
  await press(second, 'Tallenna')
  await refusal
  const dialog = second.getByRole('dialog', { name: 'Joku muu ehti tallentaa ensin' })
  const choice = (of: string) => dialog.getByRole('group', { name: of })
  await choice('Muistiinpano').waitFor()
  // Both versions, what both changed with one's own chosen, what only the other changed with the other's.
  expect(await dialog.getByRole('group').count()).toBe(2)
  expect(await choice('Muistiinpano').innerText()).toMatch(
    /Tallennettu nyt\s+Avaimet hakee Aino\.[^]*Sinun versiosi\s+Avaimet hakee Pekka\./,
  )
  expect(await choice('Nimi').innerText()).toMatch(/Tallennettu nyt\s+Veera Varahenkilö[^]*Sinun versiosi\s+Aino Koordinaattori/)
  expect(
    await choice('Muistiinpano')
      .getByRole('radio', { name: /Sinun versiosi/ })
      .isChecked(),
  ).toBe(true)
  expect(
    await choice('Nimi')
      .getByRole('radio', { name: /Tallennettu nyt/ })
      .isChecked(),
  ).toBe(true)
  // Nothing is stored before the choice.
  expect(await get<Contract>(`/v1/subleases/${id}`)).toMatchObject({ note: 'Avaimet hakee Aino.', dueDay: null })

  await press(dialog, 'Tallenna valitut')
  await saved(second, id)
  expect(await get<Contract>(`/v1/subleases/${id}`)).toMatchObject({
    note: 'Avaimet hakee Pekka.',
    dueDay: 5,
    cityContact: { name: 'Veera Varahenkilö', phone: '+358145550100' },
  })
  expect(product.faults).toEqual([])
  for (const page of [first, second]) await page.context().close()
})

test('CO-04 whoever goes back to the form keeps the own work; a third save in between is told as well', async () => {
  const id = drafts[1]?.id ?? ''
  const [first, second] = await twoEditors(id)
  await note(first).fill('Ensimmäinen.')
  await press(first, 'Tallenna')
  await saved(first, id)

  await note(second).fill('Oma teksti.')
  await press(second, 'Tallenna')
  const dialog = second.getByRole('dialog')
  await dialog.waitFor()
  await second.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(await note(second).inputValue()).toBe('Oma teksti.')

  const refusal = isRefused(second)
  await press(second, 'Tallenna')
  await refusal
  await dialog.waitFor()
  // While the dialog is open the first one saves again.
  await first.goto(`${product.server.url}/leases/${id}/edit`)
  await note(first).fill('Kolmas.')
  await press(first, 'Tallenna')
  await saved(first, id)
  const again = isRefused(second)
  await press(dialog, 'Tallenna valitut')
  await again
  await dialog.getByText('Kolmas.').waitFor()
  await dialog.getByRole('radio', { name: /Tallennettu nyt/ }).check()
  await press(dialog, 'Tallenna valitut')
  await saved(second, id)
  expect(await get<Contract>(`/v1/subleases/${id}`)).toMatchObject({ note: 'Kolmas.' })
  expect(product.faults).toEqual([])
  for (const page of [first, second]) await page.context().close()
})

test('CO-04 changes of other values are told and saved side by side', async () => {
  const id = drafts[2]?.id ?? ''
  const [first, second] = await twoEditors(id)
  await dueDay(first).fill('7')
  await press(first, 'Tallenna')
  await saved(first, id)

  await note(second).fill('Ovikoodi kerrotaan paikan päällä.')
  await press(second, 'Tallenna')
  const dialog = second.getByRole('dialog')
  expect(await dialog.getByRole('group', { name: 'Eräpäivä' }).innerText()).toMatch(/Tallennettu nyt\s+7/)
  await press(dialog, 'Tallenna valitut')
  await saved(second, id)
  expect(await get<Contract>(`/v1/subleases/${id}`)).toMatchObject({ note: 'Ovikoodi kerrotaan paikan päällä.', dueDay: 7 })
  await second.getByText('Tallennettu', { exact: true }).waitFor()
  expect(product.faults).toEqual([])
  for (const page of [first, second]) await page.context().close()
})
