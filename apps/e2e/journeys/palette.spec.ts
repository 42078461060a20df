import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { heading, press, soon } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
const coordinator = 'koordinaattori@jyvaskyla.example'

/** The dialog's field with what the keys stand on. */
const field = (page: Page) => page.getByRole('dialog').getByRole('combobox')
const standsOn = (page: Page) => page.getByRole('dialog').locator('[role=option][aria-selected=true]')

/** Opens the dialog by its key and waits, as people do, until it takes letters. */
async function open(page: Page, key = 'Control+K'): Promise<void> {
  await page.keyboard.press(key)
  await soon(() => page.evaluate(() => document.activeElement?.getAttribute('aria-autocomplete'))).toBe('list')
}

/** Ctrl K and the name, then no more than four keys, chosen by what is seen. Says how many it took. */
async function find(page: Page, name: string, leadsTo: RegExp): Promise<number> {
  await open(page)
  await page.keyboard.type(name)
  await page.getByRole('dialog').locator('[role=listbox][aria-busy=false]').waitFor()
  let pressed = 0
  const press = async (key: string) => {
    expect(++pressed, `keys after “${name}”`).toBeLessThanOrEqual(4)
    await page.keyboard.press(key)
  }
  const isThere = async () => leadsTo.test((await standsOn(page).getAttribute('data-to')) ?? '')
  const target = await page
    .getByRole('dialog')
    .locator('[role=option]')
    .evaluateAll((options, source) => {
      const wanted = new RegExp(source)
      const groups = [...new Set(options.map((option) => option.parentElement))]
      const at = options.findIndex((option) => wanted.test((option as HTMLElement).dataset['to'] ?? ''))
      const group = groups.indexOf(options[at]?.parentElement ?? null)
      return {
        group,
        groups: groups.length,
        within: options.slice(0, at).filter((one) => one.parentElement === options[at]?.parentElement).length,
      }
    }, leadsTo.source)
  expect(target.group, `“${name}” is found`).toBeGreaterThanOrEqual(0)
  const isShorterBack = target.groups - target.group < target.group
  for (let jump = 0; jump < (isShorterBack ? target.groups - target.group : target.group); jump++)
    await press(isShorterBack ? 'PageUp' : 'PageDown')
  for (let step = 0; step < target.within; step++) await press('ArrowDown')
  expect(await isThere()).toBe(true)
  await press('Enter')
  await page.waitForURL((url) => leadsTo.test(url.pathname))
  await field(page).waitFor({ state: 'hidden' })
  return pressed
}

const firstOf = async <T extends { readonly id: string; readonly reference: string }>(path: string): Promise<T> => {
  const { items } = await (await asClient(product))<Rows<T>>(path)
  return items[0] ?? expect.fail(`nothing at ${path}`)
}

describe.each([1440, 360])('at %d px, without a mouse', (width) => {
  test('any record, page or action is found by Ctrl K with at most four keys after the name', async () => {
    const page = await product.signIn(coordinator, { width })
    await heading(page, /./)
    const landlord = await firstOf<{ id: string; reference: string; name: string }>('/v1/landlords?limit=1')
    const flat = await firstOf<{ id: string; reference: string; address: string }>('/v1/flats?limit=1')
    const household = await firstOf<{ id: string; reference: string; name: string }>('/v1/households?limit=1&sort=-reference')
    const person = await firstOf<{ id: string; reference: string; firstNames: string; lastName: string }>('/v1/persons?limit=1')
    const head = await firstOf('/v1/head-leases?limit=1')
    const lease = await firstOf('/v1/subleases?limit=1')
    const at = (path: string, { id }: { id: string }) => new RegExp(`^${path}/${id}$`)
    await find(page, landlord.name, at('/landlords', landlord))
    await find(page, flat.address, at('/homes', flat))
    await find(page, `${person.firstNames} ${person.lastName}`, at('/households/persons', person))
    for (const [record, path] of [
      [household, '/households'],
      [person, '/households/persons'],
      [head, '/leases/head'],
      [lease, '/leases'],
    ] as const) {
      expect(await find(page, record.reference, at(path, record))).toBe(1)
    }
    await find(page, 'rakennukset', /^\/homes\/buildings$/)
    await find(page, 'uusi ensivuokra', /^\/leases\/head\/new$/)
    await heading(page, 'Uusi ensivuokrasopimus')
    await find(page, 'lisää asunto', /^\/homes\/new$/)
    expect(product.faults).toEqual([])
    await page.context().close()
  })

  test('the dialog takes the focus and gives it back, says how much was found, fits, and has nothing for axe', async () => {
    const page = await product.signIn(coordinator, { width })
    await heading(page, /./)
    const opener = page.getByRole('button', { name: 'Hae tai siirry' })
    await opener.focus()
    await page.keyboard.press('Enter')
    await field(page).waitFor()
    await soon(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    const clean = async () => {
      expect((await new AxeBuilder({ page: page as never }).analyze()).violations.map(({ id }) => id)).toEqual([])
      const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
      expect(whole).toBe(seen)
    }
    await clean()
    await page.keyboard.type('katu')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('jyväs')
    await page.getByRole('dialog').getByRole('group', { name: 'Asunnot' }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /\d+ tulosta/ })
      .waitFor({ state: 'attached' })
    await clean()
    // Around the end.
    await page.keyboard.press('ArrowUp')
    expect(await standsOn(page).getAttribute('id')).toBe(await field(page).getAttribute('aria-activedescendant'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('xqzzy')
    await page.getByRole('dialog').getByRole('option', { name: 'Ei osumia' }).waitFor()
    await clean()
    await page.keyboard.press('Escape')
    await field(page).waitFor({ state: 'hidden' })
    await soon(() => opener.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(product.faults).toEqual([])
    await page.context().close()
  })
})

test('Enter before the answer waits for it; what there is more of is one step away in its list', async () => {
  const page = await product.signIn(coordinator)
  await heading(page, /./)
  const landlord = await firstOf<{ id: string; reference: string; name: string }>('/v1/landlords?limit=1')
  await open(page, '/')
  await page.keyboard.type(landlord.reference)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === `/landlords/${landlord.id}`)

  await open(page)
  await page.keyboard.type('jyväs')
  const homes = page.getByRole('dialog').getByRole('group', { name: 'Asunnot' })
  await homes.getByRole('option', { name: 'Näytä kaikki' }).click()
  await heading(page, 'Asunnot')
  expect(await page.getByRole('searchbox').inputValue()).toBe('jyväs')
  // The search may be a name: it stands in no address.
  expect(new URL(page.url()).search).not.toContain('jyv')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('letters lead to places and begin records, are listed under “?”, and can be turned off', async () => {
  const page = await product.signIn(coordinator)
  await heading(page, /./)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await heading(page, 'Vuokranantajat')
  await page.keyboard.press('n')
  await heading(page, 'Uusi vuokranantaja')
  // Typed into a field it is a letter.
  await page.getByRole('textbox', { name: /^Nimi/ }).first().pressSequentially('g/n?')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('link', { name: 'Peruuta' }).click()
  await press(page.getByRole('dialog'), 'Poistu tallentamatta')
  await heading(page, 'Vuokranantajat')

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Pikanäppäimet' })
  await help.waitFor()
  expect((await new AxeBuilder({ page: page as never }).analyze()).violations.map(({ id }) => id)).toEqual([])
  await help.getByRole('checkbox', { name: /Yhden kirjaimen/ }).uncheck()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })
  await page.keyboard.press('n')
  await page.keyboard.press('?')
  await page.keyboard.press('Control+K')
  await field(page).waitFor()
  expect([new URL(page.url()).pathname, await help.count()]).toEqual(['/landlords', 0])
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('whoever may read less is offered less, and signing out leaves nothing of a search', async () => {
  const page = await product.signIn('ohjaaja@jyvaskyla.example')
  await heading(page, /./)
  await open(page)
  await page.getByRole('dialog').getByRole('group', { name: 'Siirry ja tee' }).waitFor()
  expect(await page.getByRole('dialog').getByRole('option').allInnerTexts()).toEqual(['Asunnot', 'Vuokranantajat', 'Rakennukset', 'Alueet'])
  await page.keyboard.type('ahmadi')
  await page.getByRole('dialog').getByRole('option', { name: 'Ei osumia' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Oma tili/ }).click()
  await page.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('ahmadi')
  expect(product.faults).toEqual([])
  await page.context().close()
})
