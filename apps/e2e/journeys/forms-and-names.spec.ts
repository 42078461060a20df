import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asPerson, type Made } from '../rest.ts'
import { settled } from '../visit.ts'

let product: Product
let page: Page
beforeAll(async () => {
  product = await startProduct()
  page = await product.signIn('koordinaattori@jyvaskyla.example', { width: 1280 })
})
const go = async (path: string, on = page): Promise<void> => {
  await on.goto(product.server.url + path)
  await settled(on)
}

/** Every control of a page with how it is called and what the browser may fill in. */
const controls = (on: Page) =>
  on
    .locator('main')
    .locator('input:not([type=hidden]), select, textarea')
    .evaluateAll((all) =>
      all.map((one) => {
        const control = one as HTMLInputElement
        const legend = control.closest('fieldset')?.querySelector('legend')?.textContent?.trim() ?? ''
        const label = [...(control.labels ?? [])].map((part) => part.textContent?.trim()).join(' ')
        return {
          label: label || (control.getAttribute('aria-label') ?? ''),
          legend,
          token: control.getAttribute('autocomplete'),
          type: control.type,
        }
      }),
    )

test('AC-03 every field has its label; what is one’s own says what it is, what is another’s is never filled in', async () => {
  const open = await product.open({ width: 1280 })
  const tokens = async (path: string, on: Page) => {
    await go(path, on)
    return (await controls(on)).map(({ token }) => token)
  }
  expect(await tokens('/sign-in', open)).toEqual(['username', 'current-password'])
  expect(await tokens('/forgot-password', open)).toEqual(['username'])
  expect(await tokens('/set-password#x', open)).toEqual(['new-password'])
  await open.context().close()
  expect((await tokens('/account', page)).filter((token) => token !== null)).toEqual(
    expect.arrayContaining(['current-password', 'new-password']),
  )
  for (const path of ['/households/persons/new', '/landlords/new', '/leases/new', '/leases/head/new', '/homes/new', '/placements']) {
    await go(path)
    const all = await controls(page)
    expect(all.length, path).toBeGreaterThan(4)
    expect(
      all.filter(({ label }) => label === ''),
      path,
    ).toEqual([])
    // A name, number or address of somebody else is not the clerk's own.
    const own = all.filter(
      ({ token, type }) =>
        !['radio', 'checkbox', 'select-one', 'textarea'].includes(type) && /^(name|tel|email|bday|username)$/.test(token ?? ''),
    )
    expect(own, path).toEqual([])
  }
})

test.each([
  ['/households/persons/new', 'Lisää henkilö'],
  ['/leases/head/new', 'Luo sopimusluonnos'],
  ['/homes/buildings/new', 'Lisää rakennus'],
])('AC-03 %s: what is wrong is told on top, leads to its field, and the field says the same', async (path, send) => {
  await go(path)
  await press(page, send)
  const summary = page.getByRole('alert')
  await soon(() => summary.evaluate((box) => box === document.activeElement)).toBe(true)
  const links = summary.getByRole('link')
  const count = await links.count()
  expect(count).toBeGreaterThan(0)
  for (let index = 0; index < count; index++) {
    const line = await links.nth(index).innerText()
    await links.nth(index).press('Enter')
    const field = await page.evaluate(() => {
      const control = document.activeElement as HTMLInputElement
      const described = [control, control.closest('fieldset')].map((one) => one?.getAttribute('aria-describedby') ?? '').join(' ')
      return {
        isControl: control.matches('input, select, textarea, button'),
        isInvalid: control.getAttribute('aria-invalid') === 'true' || control.closest('fieldset') !== null,
        told: described
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent?.trim() ?? '')
          .filter(Boolean),
      }
    })
    expect([line, field.isControl, field.isInvalid]).toEqual([line, true, true])
    expect(
      field.told.some((one) => line.endsWith(one)),
      `${line} is told at its field: ${field.told.join()}`,
    ).toBe(true)
  }
})

test('AC-03 what is saved is told in a place that is read out', async () => {
  await go('/landlords/new')
  await text(page, /^Nimi/).first().fill('Kerrottu säätiö')
  await text(page, /^Y-tunnus/).fill('0112038-9')
  await page
    .getByRole('group', { name: /Yleishyödyllinen/ })
    .getByRole('radio', { name: 'kyllä' })
    .check()
  await press(page, 'Lisää vuokranantaja')
  await heading(page, 'Kerrottu säätiö')
  await page
    .locator('[role=alert], [role=status], [aria-live]')
    .filter({ hasText: /Vuokranantaja lisätty|lisätty|Tallennettu/ })
    .first()
    .waitFor()
  expect(product.faults).toEqual([])
})

const arabic = { firstNames: 'محمد علي', lastName: 'الأحمد' }
const cyrillic = { firstNames: 'Надія Іванівна', lastName: 'Ковальчук' }

test('AC-04 Arabic and Cyrillic names stand apart from the text around them, from the left and from the right', async () => {
  const { post } = await asPerson(product, 'koordinaattori@jyvaskyla.example')
  const people = await Promise.all(
    [arabic, cyrillic].map((name, index) => post('/v1/persons', { ...name, migriNumber: `99912${index}0`, birthDate: '1990-01-01' })),
  )
  const members = people.map(({ id }: Made) => ({ personId: id, joinedOn: '2026-01-01' }))
  const household = await post('/v1/households', { name: `${arabic.lastName} (${cyrillic.lastName})`, members, waitingSince: '2025-01-01' })
  const names = [arabic.lastName, arabic.firstNames, cyrillic.lastName, cyrillic.firstNames]
  const missing: string[] = []
  for (const language of ['fi', 'ar']) {
    for (const path of [
      '/households',
      `/households/${household.id}`,
      `/households/${household.id}/edit`,
      '/households/persons',
      `/households/persons/${people[0]?.id}`,
      `/households/persons/${people[0]?.id}/edit`,
      '/placements',
    ]) {
      await go(`${path}?lang=${language}`)
      if (path.endsWith('persons') || path === '/households') {
        await page.getByRole('searchbox').fill(arabic.lastName)
        await page.getByText(arabic.lastName).first().waitFor()
        await settled(page)
      }
      const { bare, seen } = await page.evaluate((wanted) => {
        const found: string[] = []
        let count = 0
        const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) {
          const words = walker.currentNode.textContent ?? ''
          const parent = walker.currentNode.parentElement
          if (parent === null || !wanted.some((name) => words.includes(name))) continue
          count += 1
          // An element of its own direction, the marks of one (U+2068 … U+2069), or a box with nothing else in its line.
          const isApart = parent.closest('bdi, [dir=auto]') !== null || /\u2068[^\u2069]*\u2069/.test(words)
          if (!isApart) found.push(`${parent.tagName.toLowerCase()}.${parent.className} “${words.trim().slice(0, 40)}”`)
        }
        return { bare: found, seen: count }
      }, names)
      if (seen === 0 && !path.endsWith('/edit')) missing.push(`${path} ${language}: no such name`)
      missing.push(...bare.map((one) => `${path} ${language}: ${one}`))
    }
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(
      language === 'ar' ? ['ar', 'rtl'] : ['fi', 'ltr'],
    )
  }
  expect([...new Set(missing)]).toEqual([])
  expect(product.faults).toEqual([])
})
