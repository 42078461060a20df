import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { overflow, spaceText } from '../page-checks.ts'
import { asClient, type Rows } from '../rest.ts'
import { settled } from '../visit.ts'

let product: Product
let page: Page
let lease: string
beforeAll(async () => {
  product = await startProduct()
  page = await product.signIn('koordinaattori@jyvaskyla.example', { width: 1280 })
  const get = await asClient(product)
  lease = (await get<Rows>('/v1/subleases?status=active&limit=1')).items[0]?.id ?? ''
})
const go = async (path: string): Promise<void> => {
  await page.goto(product.server.url + path)
  await settled(page)
}

test('AC-05 at 400 %, a window of 320 by 256, a form is filled in and saved, in dialogs too', async () => {
  await page.setViewportSize({ width: 320, height: 256 })
  await go('/landlords/new')
  expect(await overflow(page, 'form')).toEqual([])
  await text(page, /^Nimi/).first().fill('Suurennettu säätiö')
  await text(page, /^Y-tunnus/).fill('0112038-9')
  await page
    .getByRole('group', { name: /Yleishyödyllinen/ })
    .getByRole('radio', { name: 'kyllä' })
    .check()
  await press(page, 'Lisää vuokranantaja')
  await heading(page, 'Suurennettu säätiö')
  expect(await overflow(page, 'record')).toEqual([])

  await go(`/leases/${lease}`)
  await press(page, 'Muuta vuokraa')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await spaceText(page)
  expect(await overflow(page, 'dialog, spaced')).toEqual([])
  // What sends it can be reached: the dialog scrolls in itself.
  const send = dialog.locator('button[type=submit]')
  await send.scrollIntoViewIfNeeded()
  const isOnTop = await send.evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect()
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
  expect(isOnTop).toBe(true)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('AC-05 whoever wants less motion gets none', async () => {
  await go(`/leases/${lease}`)
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1)
        .map(({ effect }) => (effect as KeyframeEffect).target?.className ?? ''),
    )
  await press(page, 'Muuta vuokraa')
  await page.getByRole('dialog').waitFor()
  expect(await moving()).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await moving()).toEqual([])
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  expect(await moving()).toEqual([])
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto')
})

test('AC-05 with forced colours buttons keep a border, the focus a ring, and the drawing its lines', async () => {
  await page.emulateMedia({ forcedColors: 'active' })
  await go(`/leases/${lease}`)
  const unframed = await page
    .getByRole('main')
    .locator('button[data-slot=base]:visible')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => !/ghost|link/.test(button.className) && (button.textContent ?? '').trim() !== '')
        .filter((button) => {
          const { borderTopWidth, outlineStyle, boxShadow } = getComputedStyle(button)
          return Number.parseFloat(borderTopWidth) === 0 && outlineStyle === 'none' && boxShadow === 'none'
        })
        .map((button) => button.textContent?.trim()),
    )
  expect(unframed).toEqual([])
  const marks = await page.locator('main svg .mark rect').evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).stroke))
  expect(marks.length).toBeGreaterThan(0)
  expect(marks.filter((stroke) => stroke === 'none')).toEqual([])
  await page.keyboard.press('Tab')
  await soon(() => page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).not.toBe('none')
  await page.emulateMedia({ forcedColors: 'none' })
})

test('AC-05 on paper a record is black on white, without what there is to press, and nothing of it is cut', async () => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await go(`/leases/${lease}`)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  // A4 less its margins, in CSS pixels.
  await page.setViewportSize({ width: 680, height: 900 })
  const shown = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length)
  for (const gone of ['nav', '.top', '.tabbar', '.skip', 'main .actions button']) expect(await shown(gone), gone).toBe(0)
  expect(await shown('main h1')).toBe(1)
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toMatch(/255, 255, 255|rgba\(0, 0, 0, 0\)/)
  expect(await page.locator('main h1').evaluate((one) => getComputedStyle(one).color)).toBe('rgb(0, 0, 0)')
  expect(await overflow(page, 'paper')).toEqual([])
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('AC-06 the head of a list tells how its rows stand, and a change of rows is told', async () => {
  await go('/leases')
  const sorted = page.locator('th[aria-sort]')
  const first = await sorted.innerText()
  const before = await sorted.getAttribute('aria-sort')
  await sorted.getByRole('button').click()
  await soon(() => page.locator('th[aria-sort]').getAttribute('aria-sort')).not.toBe(before)
  expect(await sorted.innerText()).toBe(first)
  await page
    .getByRole('columnheader', { name: /^Vuokranantaja/ })
    .getByRole('button')
    .click()
  await soon(() => sorted.innerText()).toMatch(/^Vuokranantaja/)
  expect(await sorted.getAttribute('aria-sort')).toBe('ascending')
  const told = page.getByRole('main').getByRole('status').first()
  const count = await told.innerText()
  await page.getByRole('searchbox').fill('haddad')
  await soon(() => told.innerText()).not.toBe(count)
  expect(product.faults).toEqual([])
})
