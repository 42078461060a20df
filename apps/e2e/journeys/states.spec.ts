import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, press, text } from '../acts.ts'
import { failAnswers, holdAnswers } from '../answers.ts'
import { startProduct, type Product } from '../app.ts'
import { exceptKnown, gaps, notMet } from '../known-gaps.ts'
import { axe, drawn, overflow } from '../page-checks.ts'
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

const go = async (path: string, on = page): Promise<void> => {
  await on.goto(product.server.url + path)
  await settled(on)
}
const dialog = () => page.getByRole('dialog')

/** Each brings the page into a state; what is open stays open while it is looked at. */
const states: Record<string, () => Promise<unknown>> = {
  'a dialog': async () => {
    await go(`/leases/${lease}`)
    await press(page, 'Muuta vuokraa')
    await dialog().waitFor()
  },
  'a dialog that tells what is wrong': async () => {
    await dialog().locator('button[type=submit]').click()
    await dialog().getByRole('alert').waitFor()
  },
  'a menu': async () => {
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await page.getByRole('main').locator('button[aria-haspopup=menu]').first().click()
    await page.getByRole('menuitem').first().waitFor()
  },
  'the account menu': async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Aino Koordinaattori/ }).click()
    await page.getByRole('menu').waitFor()
  },
  'what is folded, unfolded': async () => {
    await go(`/leases/${lease}`)
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
    await page
      .getByRole('button', { name: /^Miksi/ })
      .first()
      .click()
  },
  'the search, with results': async () => {
    await go('/homes')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('kort')
    await dialog().locator('[role=listbox][aria-busy=false] [role=option]').first().waitFor()
  },
  'the search, with nothing found': async () => {
    await page.keyboard.type('xqxqxq')
    await dialog().locator('[role=listbox][aria-busy=false]').waitFor()
  },
  'the list of shortcuts': async () => {
    await go('/homes')
    await page.keyboard.press('?')
    await dialog().waitFor()
  },
  'columns and order': async () => {
    await go('/leases')
    await press(page, 'Sarakkeet ja järjestys')
    await dialog().waitFor()
  },
  'saved views': async () => {
    await go('/leases')
    await page.getByRole('main').locator('.own button[aria-haspopup]').first().click()
    await page.getByRole('menuitem').first().waitFor()
  },
  'a list that finds nothing': async () => {
    await go('/landlords')
    await page.getByRole('searchbox').fill('xqxqxq')
    await page.getByText('Ei osumia').waitFor()
  },
  'a form that tells what is wrong': async () => {
    await go('/households/persons/new')
    await press(page, 'Lisää henkilö')
    await page.getByRole('alert').waitFor()
  },
  'a calendar': async () => {
    await go('/leases/new')
    await page.getByRole('main').getByRole('button', { name: 'Avaa kalenteri' }).first().click()
    await page.getByRole('application').or(page.getByRole('grid')).first().waitFor()
  },
  'the question before unsaved work is left': async () => {
    await go('/landlords/new')
    await text(page, /^Nimi/).first().fill('Jää kesken')
    await page.getByRole('link', { name: 'Peruuta', exact: true }).click()
    await dialog().waitFor()
  },
  'a failure with its number': async () => {
    await failAnswers(page, /v1\/areas[?]/)
    await page.goto(`${product.server.url}/homes/areas`)
    await page.getByRole('alert').waitFor()
  },
  'what loads': async () => {
    const held = await holdAnswers(page, /v1\/buildings[?]/)
    await page.goto(`${product.server.url}/homes/buildings`)
    await held.asked()
    await page.getByRole('main').getByRole('status', { name: 'Ladataan' }).waitFor()
  },
}

/** As it stands, and narrow and dark. */
async function looked(name: string, on = page): Promise<string[]> {
  const found = await axe(on, `${name} 1280`)
  await on.emulateMedia({ colorScheme: 'dark' })
  await on.waitForFunction(() => document.documentElement.classList.contains('dark'))
  await drawn(on)
  await on.setViewportSize({ width: 320, height: 640 })
  await drawn(on)
  found.push(...(await axe(on, `${name} 320`)), ...(await overflow(on, `${name} 320`)))
  await on.emulateMedia({ colorScheme: 'light' })
  await on.setViewportSize({ width: 1280, height: 900 })
  return found
}

test.each(Object.keys(states))('AC-01 axe finds nothing in the state: %s', async (name) => {
  await states[name]?.()
  expect(exceptKnown(await looked(name))).toEqual([])
})

test('AC-01 axe finds nothing where there is nothing yet', async () => {
  const other = await product.signIn('koordinaattori@tampere.example', { width: 1280 })
  for (const path of ['/today', '/homes/areas', '/placements']) {
    await go(path, other)
    expect(exceptKnown(await looked(`${path} empty`, other))).toEqual([])
  }
  await other.context().close()
})

test.each(['sv', 'en', 'ar'])('AC-01 axe finds nothing in %s', async (language) => {
  const other = await product.signIn('koordinaattori@jyvaskyla.example', { width: 1280 })
  for (const path of ['/today', `/leases/${lease}`, '/landlords/new']) {
    await go(`${path}?lang=${language}`, other)
    expect(await other.evaluate(() => document.documentElement.lang)).toBe(language)
    expect(exceptKnown(await looked(`${path} ${language}`, other))).toEqual([])
  }
  await other.context().close()
})

test('AC-07 the statement tells the gaps that the tests let be, and no other', async () => {
  // The reference is a program of others: it tries what the policy stops, so it is looked at where nobody counts that.
  const reference = await product.browser.newPage()
  await reference.goto(`${product.server.url}/docs`)
  await reference.getByRole('heading').first().waitFor()
  expect(exceptKnown(await axe(reference, '/docs'))).toEqual([])
  await reference.context().close()
  await go(`/leases/${lease}?lang=ar`)
  expect(exceptKnown(await axe(page, `/leases/${lease} ar 1280`))).toEqual([])
  expect(notMet()).toEqual([])
  const open = await product.open({ width: 1280 })
  await open.goto(`${product.server.url}/accessibility?lang=en`)
  await heading(open, /./)
  const told = await open.getByRole('main').getByRole('listitem').allInnerTexts()
  expect(told.filter((one) => gaps.some(({ text }) => text.en === one))).toEqual(gaps.map(({ text }) => text.en))
  await open.context().close()
  expect(product.faults).toEqual([])
})
