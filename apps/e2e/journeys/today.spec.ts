import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { inFocus, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const coordinator = 'koordinaattori@jyvaskyla.example'
const rows = (page: Page): Locator =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.locator('[data-task]') })
const dialog = (page: Page): Locator => page.getByRole('dialog')
/** The word that it is done, with the way back. */
const undo = (page: Page): Locator =>
  page.getByRole('region', { name: /notifications|ilmoitukset/i }).getByRole('button', { name: 'Kumoa' })

/** Around a toast the component library has two stops that hand the focus on at once: nobody ever stands on them. */
const handsFocusOn = '[role="region"] > span[aria-hidden="true"][tabindex="0"]'

async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as never })
    .exclude(handsFocusOn)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
}

async function openToday(query = '', width = 1440): Promise<Page> {
  const page = await product.signIn(coordinator, { width })
  if (query !== '') await page.goto(`${product.server.url}/today${query}`)
  await rows(page).first().waitFor()
  return page
}

const taskOf = async (row: Locator): Promise<string> => (await row.locator('[data-task]').getAttribute('data-task')) ?? ''
const subjectOf = (task: string): string => task.split(':')[1] ?? ''
const rowOf = (page: Page, task: string): Locator => page.locator(`[data-task="${task}"]`)
const done = (page: Page, task: string) => soon(() => rowOf(page, task).count()).toBe(0)
const back = (page: Page, task: string) => soon(() => rowOf(page, task).count()).toBe(1)

test.each([1440, 360])('E10 at %i px: told to the landlord in place, gone from the list, taken back at once', async (width) => {
  const page = await openToday('', width)
  expect(await page.locator('.sum').innerText()).toMatch(/^\d+\smyöhässä, \d+\stänään/)
  await isSound(page)
  const get = await asClient(product)
  const task = await taskOf(rows(page).filter({ hasText: 'Kerro vuokranantajalle' }).first())
  const told = async () =>
    (await get<{ disclosures: { landlord: object | null } }>(`/v1/subleases/${subjectOf(task)}`)).disclosures.landlord
  await rowOf(page, task).click()
  await dialog(page).getByRole('heading', { name: 'Vuokranantajalle kerrottu' }).waitFor()
  await isSound(page)
  await dialog(page).getByRole('button', { name: 'Kirjaa kerrotuksi' }).click()
  await done(page, task)
  expect(await told()).not.toBeNull()
  await isSound(page)
  await undo(page).click()
  await back(page, task)
  expect(await told()).toBeNull()
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('E10 keys are handed over and fetched back, an empty home gets its reason and loses it', async () => {
  const page = await openToday('?kind=keys,emptyReason')
  const get = await asClient(product)
  const keys = await taskOf(rows(page).filter({ hasText: 'Luovuta avaimet' }).first())
  const status = async () => (await get<{ status: string }>(`/v1/subleases/${subjectOf(keys)}`)).status
  await rowOf(page, keys).click()
  await dialog(page).getByRole('button', { name: 'Merkitse luovutetuksi' }).click()
  await done(page, keys)
  expect(await status()).toBe('active')
  await undo(page).click()
  await back(page, keys)
  expect(await status()).toBe('signed')

  const empty = await taskOf(rows(page).filter({ hasText: 'Kirjaa, miksi asunto on tyhjä' }).first())
  await rowOf(page, empty).click()
  await dialog(page).getByRole('combobox', { name: /^Syy/ }).selectOption({ label: 'vaihtumassa' })
  await press(dialog(page), 'Kirjaa syy')
  await done(page, empty)
  await undo(page).click()
  await back(page, empty)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('E10 a lease agreed on until further notice is taken back to the term that it had', async () => {
  const page = await openToday('?kind=leaseEnds')
  const get = await asClient(product)
  const task = await taskOf(rows(page).filter({ hasText: 'Ensivuokra päättyy' }).first())
  const term = async () => {
    const { term, effectiveTerm, endsOn, terms } = await get<Record<string, unknown>>(`/v1/head-leases/${subjectOf(task)}`)
    return { term, effectiveTerm, endsOn, terms }
  }
  const before = await term()
  expect(before.term).toBe('fixedTerm')
  await rowOf(page, task).click()
  await dialog(page).getByRole('radio', { name: 'toistaiseksi' }).check()
  await press(dialog(page), 'Jatka sopimusta')
  await done(page, task)
  expect(await term()).toMatchObject({ term: 'indefinite', endsOn: null })
  await undo(page).click()
  await back(page, task)
  expect(await term()).toEqual(before)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('E10 each kind opens what does it, with its own words', async () => {
  const page = await openToday()
  for (const [words, title] of [
    ['Pyydä asukasta näyttämään kotivakuutus', 'Kotivakuutus näytetty'],
    ['Huolehdi vakuudesta', 'Kirjaa vakuus'],
    ['Allekirjoita sopimus asukkaan kanssa', 'Merkitse allekirjoitetuksi'],
    ['Ensivuokra päättyy', 'Jatka sopimusta'],
  ] as const) {
    await rows(page).filter({ hasText: words }).first().locator('[data-task]').click()
    await dialog(page).getByRole('heading', { name: title }).waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'hidden' })
  }
  await rows(page).filter({ hasText: 'pitkään tyhjä' }).first().getByRole('link').click()
  await page.waitForURL('**/placements')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('the kinds looked at stand in the address and stay there; nothing else is asked for them', async () => {
  const page = await openToday()
  const chip = (name: RegExp) => page.getByRole('group', { name: 'Laji' }).getByRole('button', { name })
  const all = await rows(page).count()
  await chip(/^avaimet \d/).click()
  await page.waitForURL((url) => url.searchParams.get('kind') === 'keys')
  await soon(() => rows(page).count()).toBeLessThan(all)
  const calls: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/v1/') && !request.url().includes('/v1/sessions')) calls.push(new URL(request.url()).pathname)
  })
  await page.reload()
  await rows(page).first().waitFor()
  await soon(() => calls.toSorted()).toEqual(['/v1/occupancy', '/v1/today'])
  expect(await chip(/^avaimet/).getAttribute('aria-pressed')).toBe('true')
  const shown = await rows(page).count()
  expect((await chip(/^avaimet/).innerText()).trim()).toBe(`avaimet ${shown}`)
  await chip(/^avaimet/).click()
  await soon(() => rows(page).count()).toBe(all)
  expect(new URL(page.url()).searchParams.has('kind')).toBe(false)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('with a filter nothing is said of the tasks left out', async () => {
  const page = await openToday('?kind=leaseEnds')
  expect(await page.getByText('Tämän viikon tehtävät on tehty').count()).toBe(0)
  expect(await page.locator('.sum').innerText()).toMatch(/^\d+\stulossa$/)
  await page.context().close()
})

test('E10 without a mouse: a task is found, done and taken back, and the focus is where the work is', async () => {
  const page = await openToday('?kind=missing')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const [second, third] = [await taskOf(rows(page).nth(1)), await taskOf(rows(page).nth(2))]
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['task'] ?? '')
  expect(await focused()).toBe(second)
  await page.keyboard.press('Enter')
  await dialog(page).waitFor()
  await text(dialog(page), /./).first().focus()
  await page.keyboard.press('Enter')
  await dialog(page).waitFor({ state: 'hidden' })
  // Where the lease still lacks something its own row goes on, else the one after it.
  await soon(focused).toMatch(new RegExp(`^(${second}|${third})$`))
  await page.keyboard.press('F8')
  const reach = async () => (await inFocus(page)).startsWith('button Kumoa')
  for (let stop = 0; stop < 8 && !(await reach()); stop++) await page.keyboard.press('Tab')
  expect(await inFocus(page)).toMatch(/^button Kumoa/)
  await page.keyboard.press('Enter')
  await back(page, second)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('why a row is where it is: its day, its paragraph and its points', async () => {
  const page = await openToday()
  const row = rows(page).filter({ hasText: 'Kerro vuokranantajalle' }).first()
  await row
    .getByRole('button', { name: /^Lisää|toimin/i })
    .last()
    .click()
  await page.getByRole('menuitem', { name: 'Miksi tämä on tässä?' }).click()
  const why = dialog(page)
  await why.getByText(/^Määräpäivä \d+\.\d+\.\d{4}: allekirjoituspäivä\.$/).waitFor()
  await why.getByText('AHVL 73 § 1 mom.').waitFor()
  const points = async (name: RegExp) => Number((await why.getByRole('row', { name }).getByRole('cell').innerText()).replace('+', ''))
  expect(await points(/^määräpäivä on ohi/)).toBe(300)
  expect(await points(/^Yhteensä/)).toBe(340 + (await points(/^myöhästyminen/)))
  await isSound(page)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('a way back that fails is told on the page, and the change stands', async () => {
  const page = await openToday('?kind=disclosure')
  const task = await taskOf(rows(page).first())
  await rowOf(page, task).click()
  await dialog(page).getByRole('button', { name: 'Kirjaa kerrotuksi' }).click()
  await done(page, task)
  await page.route('**/disclosures', (route) => route.abort())
  await undo(page).click()
  await page.getByRole('alert').getByText('Kumoaminen ei onnistunut').waitFor()
  expect(await rowOf(page, task).count()).toBe(0)
  await isSound(page)
  await page.context().close()
})

test('when nothing is left the page says so; with something to come it says what', async () => {
  const page = await product.signIn(coordinator)
  const answer = { asOf: '2026-11-24', items: [] as object[], total: 0, signals: { late: 0, today: 0, thisWeek: 0, coming: 0 }, kinds: [] }
  const { items } = await coming(page)
  let given: object = answer
  await page.route('**/v1/today*', (route) => route.fulfill({ json: given }))
  await page.goto(`${product.server.url}/today`)
  await page.getByText('Kaikki on tehty').waitFor()
  await isSound(page)
  given = {
    ...answer,
    items: items.slice(0, 1),
    total: 1,
    signals: { ...answer.signals, coming: 1 },
    kinds: [{ kind: 'leaseEnds', count: 1 }],
  }
  await page.reload()
  await page.getByText('Tämän viikon tehtävät on tehty').waitFor()
  await page.getByText(/^Seuraavaksi: .+/).waitFor()
  await isSound(page)
  expect(product.faults).toEqual([])
  await page.context().close()
})

/** Tasks to come, as the API gave them to the page. */
async function coming(page: Page): Promise<{ readonly items: readonly object[] }> {
  const given = page.waitForResponse((response) => response.url().includes('/v1/today?kind=leaseEnds'))
  await page.goto(`${product.server.url}/today?kind=leaseEnds`)
  return (await (await given).json()) as { items: object[] }
}
