import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, asPerson, type Rows } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const coordinator = 'koordinaattori@jyvaskyla.example'
interface Waiting {
  readonly id: string
  readonly name: string
}
interface Lease {
  readonly id: string
  readonly status: string
  readonly household: { readonly id: string } | null
}

const waitingList = (page: Page) => page.getByRole('region', { name: 'Odottavat kotia' }).getByRole('listitem')
/** The homes that may be chosen: a card each, its reasons in a list of its own. */
const fitting = (page: Page) => page.getByRole('region', { name: /^\d+ sopiva/ }).locator('ol > li')

/** Nothing for axe, and nothing sideways. */
async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as never })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
}

async function draftOf({ id }: Waiting): Promise<Lease | undefined> {
  const get = await asClient(product)
  return (await get<Rows<Lease>>(`/v1/subleases?householdId=${id}`)).items.at(-1)
}
async function waiting(): Promise<readonly Waiting[]> {
  const get = await asClient(product)
  return (await get<Rows<Waiting>>('/v1/households?waiting=true&sort=waitingSince')).items
}

test.each([1440, 360])('D3, D9, D10 at %i px: from the waiting list to the draft in three screens and under 25 actions', async (width) => {
  const inOrder = await waiting()
  const page = await product.signIn(coordinator, { width })
  await page.goto(`${product.server.url}/placements`)
  const screens = new Set<string>()
  const seen = async () => {
    screens.add(new URL(page.url()).pathname)
    await isSound(page)
  }
  let actions = 0
  const act = async (work: Promise<unknown>) => {
    actions += 1
    await work
  }

  await waitingList(page).first().waitFor()
  const told = await waitingList(page).allInnerTexts()
  expect(told.map((one) => /[A-ZÅÄÖ][a-zåäö]+/.exec(one)?.[0])).toEqual(inOrder.map(({ name }) => name))
  expect(told.every((one) => /alkaen/.test(one) && /odottanut \d+ päivä/.test(one))).toBe(true)
  const [household] = inOrder
  if (household === undefined) throw new Error('nobody waits')
  await act(waitingList(page).first().getByRole('button').click())
  // What is known is filled in.
  await soon(() => text(page, /^Henkilöitä/).inputValue()).toMatch(/^[1-9]$/)
  await act(text(page, /^Vuokrakatto/).fill('750'))
  await act(page.getByRole('checkbox', { name: 'Kortepohja' }).check())
  await seen()
  await act(press(page, 'Etsi asunnot'))

  await fitting(page).first().waitFor()
  await page.getByText('toivottu alue Kortepohja').first().waitFor()
  await act(
    page
      .getByRole('region', { name: 'Alueet' })
      .getByRole('button', { name: /^Kortepohja/ })
      .click(),
  )
  await soon(() => fitting(page).count()).toBe(1)
  await seen()
  await act(
    fitting(page)
      .first()
      .getByRole('button', { name: /^Valitse/ })
      .click(),
  )

  await page.getByRole('heading', { name: 'Kaksi sopimusta rinnakkain' }).waitFor()
  await act(page.getByRole('combobox', { name: /^Vakuus/ }).selectOption({ label: 'Kelan maksusitoumus' }))
  await act(text(page, /^Vakuuden/).fill('1200'))
  await seen()
  await act(press(page, 'Luo sopimusluonnos'))
  await page.waitForURL(/\/leases\/[0-9a-f-]{36}$/)

  expect([...screens]).toEqual(['/placements', '/placements/homes', '/placements/review'])
  expect(actions).toBeLessThan(25)
  expect(await draftOf(household)).toMatchObject({ status: 'draft', household: { id: household.id } })
  expect(product.faults).toEqual([])
  await withdraw(page)
  await page.context().close()
})

/** The home is free again for the next test; the household waits all along, until it has its keys. */
async function withdraw(page: Page): Promise<void> {
  const remove = page.getByRole('menuitem', { name: 'Poista luonnos' })
  await page.getByRole('main').locator('button[aria-haspopup=menu]').first().click()
  await remove.click()
  await press(page.getByRole('dialog'), 'Poista luonnos')
  await page.waitForURL((url) => !/[0-9a-f-]{36}$/.test(url.pathname))
}

test('without a mouse: the same three screens', async () => {
  const inOrder = await waiting()
  const second = inOrder[1]
  if (second === undefined) throw new Error('nobody waits')
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/placements`)
  await waitingList(page).nth(1).getByRole('button').focus()
  await page.keyboard.press('Enter')
  // The form takes over, with what is known.
  await soon(() => page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent ?? '')).toMatch(/^Henkilöitä/)
  await soon(() => text(page, /^Henkilöitä/).inputValue()).not.toBe('')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/placements/homes')
  await fitting(page).first().waitFor()
  await soon(() => inFocus(page)).toMatch(/^h1 /)
  const first = fitting(page)
    .first()
    .getByRole('button', { name: /^Valitse/ })
  for (let stop = 0; stop < 40 && !(await first.evaluate((button) => button === document.activeElement)); stop++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/placements/review')
  await heading(page, new RegExp(second.name))
  await text(page, /^Alkaa/).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/leases\/[0-9a-f-]{36}$/)
  expect(await draftOf(second)).toMatchObject({ status: 'draft' })
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('back loses nothing, a reload neither; weights hold for this visit', async () => {
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/placements`)
  await waitingList(page).nth(2).getByRole('button').click()
  const isKept = page.waitForResponse(
    (answer) => answer.url().endsWith('/v1/drafts/placement') && /81250/.test(answer.request().postData() ?? ''),
  )
  await text(page, /^Vuokrakatto/).fill('812,50')
  await press(page, 'Etsi asunnot')
  await fitting(page).first().waitFor()
  const score = () => fitting(page).first().innerText()
  expect(await score()).toContain('+30')
  await page.getByText('Mistä järjestys syntyy?').click()
  await text(page, 'Huoneita riittävästi').fill('77')
  await page.keyboard.press('Tab')
  await soon(score).toContain('+77')
  await page.getByRole('link', { name: 'Takaisin tarpeeseen' }).click()
  expect(await text(page, /^Vuokrakatto/).inputValue()).toBe('812,50')
  await press(page, 'Etsi asunnot')
  await soon(score).toContain('+77')

  await isKept
  await page.goto(`${product.server.url}/placements`)
  await press(page, 'Jatka luonnosta')
  await soon(() => text(page, /^Vuokrakatto/).inputValue()).toBe('812,50')
  await press(page, 'Etsi asunnot')
  await soon(score).toContain('+30')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('D6 an empty time of a home gets its reason and payer in one dialog', async () => {
  const { get } = await asPerson(product, coordinator)
  const { items } = await get<Rows>('/v1/flats?emptyReason=unrecorded&limit=1')
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/homes/${items[0]?.id}`)
  const section = page.getByRole('region', { name: 'Tyhjät ajat' })
  await section.getByText('Syy kirjaamatta').first().waitFor()
  await section.getByRole('button', { name: 'Kirjaa syy' }).first().click()
  const dialog = page.getByRole('dialog')
  // Days and payer are known from the leases.
  expect(await text(dialog, /^Ensimmäinen tyhjä päivä/).inputValue()).toMatch(/^\d+\.\d+\.\d{4}$/)
  expect(await dialog.getByRole('radio', { name: 'kaupunki' }).isChecked()).toBe(true)
  await dialog.getByRole('combobox', { name: /^Syy/ }).selectOption({ label: 'vaihtumassa' })
  await press(dialog, 'Kirjaa syy')
  await dialog.waitFor({ state: 'hidden' })
  await section.getByText('vaihtumassa').first().waitFor()
  const { items: recorded } = await get<Rows<{ reason: string; bornBy: string }>>(`/v1/vacancies?flatId=${items[0]?.id}`)
  expect(recorded).toMatchObject([{ reason: 'turnover', bornBy: 'municipality' }])
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('C7 a person who is in the register is found while the name is typed, and taken instead of made twice', async () => {
  const get = await asClient(product)
  const { items } = await get<Rows<{ firstNames: string; lastName: string; id: string }>>('/v1/persons?q=Kovalenko&limit=1')
  const [known] = items
  if (known === undefined) throw new Error('no person')
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/households/new`)
  await press(page, 'Lisää uusi henkilö')
  const dialog = page.getByRole('dialog')
  await text(dialog, /^Etunimet/).fill(known.firstNames.toUpperCase())
  await text(dialog, /^Sukunimi/).fill(known.lastName)
  await dialog
    .getByRole('status')
    .getByText(/rekisterissä/)
    .waitFor()
  await dialog
    .getByRole('button', { name: /^Käytä tätä/ })
    .first()
    .click()
  await dialog.waitFor({ state: 'hidden' })
  await soon(() =>
    page
      .getByRole('combobox', { name: /^Henkilö/ })
      .first()
      .inputValue(),
  ).toMatch(new RegExp(known.lastName, 'i'))
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('K6 the three pictures of Today say their figures as tables, whose numbers open what was counted', async () => {
  const page = await product.signIn(coordinator)
  await page.waitForURL('**/today')
  const empty = page.getByRole('figure', { name: 'Tyhjät asunnot syyn mukaan' })
  await empty.getByText('Näytä taulukkona').click()
  const row = empty.getByRole('row', { name: /^vaihtumassa/ })
  const counted = Number(await row.getByRole('cell').last().innerText())
  await isSound(page)
  await row.getByRole('link').click()
  await page.getByText('vaihtumassa').first().waitFor()
  await soon(() => page.getByRole('main').getByRole('table').getByRole('row').count()).toBe(counted + 1)
  await page.goBack()
  const ending = page.getByRole('figure', { name: 'Päättyviä sopimuksia kuukausittain' })
  await ending.getByText('Näytä taulukkona').click()
  const link = ending.getByRole('link').first()
  const leases = Number(await link.innerText())
  await link.click()
  await soon(() => page.getByRole('main').getByRole('table').getByRole('row').count()).toBe(leases + 1)
  expect(product.faults).toEqual([])
  await page.context().close()
})
