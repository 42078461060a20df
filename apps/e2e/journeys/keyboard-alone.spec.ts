import { beforeAll, expect, test } from 'vitest'
import { heading, inFocus, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { focused, tabTo } from '../keyboard.ts'
import { asClient, asPerson, type Made, type Rows } from '../rest.ts'
import { settled } from '../visit.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
const coordinator = 'koordinaattori@jyvaskyla.example'

test('AC-02 without a mouse at 360 px: placing a household in three screens', async () => {
  const page = await product.signIn(coordinator, { width: 360 })
  await page.goto(`${product.server.url}/placements`)
  await settled(page)
  const first = page.getByRole('region', { name: 'Odottavat kotia' }).getByRole('listitem').first()
  const name = await first.getByRole('button').innerText()
  await tabTo(page, new RegExp(name.split('\n')[0] ?? name))
  await page.keyboard.press('Enter')
  await soon(() => text(page, /^Henkilöitä/).inputValue()).not.toBe('')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/placements/homes')
  await soon(() => inFocus(page)).toMatch(/^h1 /)
  await settled(page)
  await tabTo(page, /^Valitse/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/placements/review')
  await soon(() => inFocus(page)).toMatch(/^h1 /)
  await settled(page)
  await tabTo(page, /^Luo sopimusluonnos$/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/leases\/[0-9a-f-]{36}$/)
  await settled(page)
  await soon(() => inFocus(page)).toMatch(/^h1 /)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('AC-02 without a mouse: a contract that another has saved meanwhile; the dialog has the focus and gives it back', async () => {
  const mine = await asPerson(product, coordinator)
  const [draft] = (await mine.get<Rows>('/v1/subleases?status=draft&limit=1')).items
  const id = draft?.id ?? ''
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/leases/${id}/edit`)
  await heading(page, /^Muokkaa/)
  await settled(page)
  await tabTo(page, /^Muistiinpano/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Oma teksti.')
  const { etag } = await mine.get<Made>(`/v1/subleases/${id}`)
  await mine.patch(`/v1/subleases/${id}`, { note: 'Toisen teksti.' }, etag)
  await tabTo(page, /^Tallenna$/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Joku muu ehti tallentaa ensin' })
  await dialog.getByText('Toisen teksti.').waitFor()
  const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement))
  await soon(isInside).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await soon(() => inFocus(page)).toBe('button Tallenna')
  await page.keyboard.press('Enter')
  await dialog.getByText('Toisen teksti.').waitFor()
  await soon(isInside).toBe(true)
  // One's own is chosen; up or down takes the other's.
  await tabTo(page, /Sinun versiosi/)
  await page.keyboard.press('ArrowUp')
  await tabTo(page, /^Tallenna valitut$/)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === `/leases/${id}`)
  expect(await mine.get(`/v1/subleases/${id}`)).toMatchObject({ note: 'Toisen teksti.' })
  expect(product.faults).toEqual([])
  await page.context().close()
})

test.each([
  ['wide and low', 1280, 400],
  ['narrow', 320, 500],
])('AC-02 the focus is seen and never covered by what sticks to the edges, forth and back (%s)', async (_name, width, height) => {
  const get = await asClient(product)
  const [lease] = (await get<Rows>('/v1/subleases?status=active&limit=1')).items
  const page = await product.signIn(coordinator, { width })
  await page.setViewportSize({ width, height })
  for (const path of [`/leases/${lease?.id}`, '/leases', '/landlords/new']) {
    await page.goto(product.server.url + path)
    await settled(page)
    const wrong: string[] = []
    const passed = new Set<string>()
    for (const key of ['Tab', 'Shift+Tab'] as const) {
      for (let stop = 0; stop < 45; stop++) {
        await page.keyboard.press(key)
        const { label, isSeen, isCovered } = await focused(page)
        passed.add(label)
        if (!isSeen) wrong.push(`${path} ${key}: not seen: ${label.slice(0, 60)}`)
        if (isCovered) wrong.push(`${path} ${key}: covered: ${label.slice(0, 60)}`)
      }
    }
    expect(passed.size, path).toBeGreaterThan(10)
    expect([...new Set(wrong)]).toEqual([])
  }
  await page.context().close()
})

test('AC-02 a change of page moves the focus to its heading, and its title is told; the first stop leads past the menu', async () => {
  const page = await product.signIn(coordinator, { width: 1280 })
  await settled(page)
  for (const [link, title] of [
    ['Sopimukset', 'Sopimukset'],
    ['Asunnot', 'Asunnot'],
    ['Vuokranantajat', 'Vuokranantajat'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Päävalikko' }).getByRole('link', { name: link }).press('Enter')
    await heading(page, title)
    await soon(() => inFocus(page)).toBe(`h1 ${title}`)
    expect(await page.title()).toMatch(/ · Kotoisa$/)
  }
  await page.reload()
  await settled(page)
  await page.keyboard.press('Tab')
  expect(await inFocus(page)).toBe('a Siirry sisältöön')
  await page.keyboard.press('Enter')
  await soon(() => inFocus(page)).toBe('h1 Vuokranantajat')
  await press(page, 'Sarakkeet ja järjestys')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await soon(() => inFocus(page)).toBe('button Sarakkeet ja järjestys')
  expect(product.faults).toEqual([])
  await page.context().close()
})
