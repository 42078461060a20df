import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { demoPassword } from '../../api/src/demo/cast.ts'
import { heading, press, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const coordinator = 'koordinaattori@jyvaskyla.example'
const name = (page: Page) => text(page, /^Nimi/).first()
async function halfFilled(): Promise<Page> {
  const page = await product.signIn(coordinator)
  await page.goto(`${product.server.url}/landlords/new`)
  await name(page).fill('Kesken Jäänyt Oy')
  return page
}
async function signInAgain(page: Page, email: string): Promise<void> {
  await text(page, /sähköposti/i).fill(email)
  await page.locator('input[type=password]').fill(demoPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

test('leaving a form with unsaved work asks: staying keeps it, leaving drops it', async () => {
  const page = await halfFilled()
  const asks = page.getByRole('dialog', { name: 'Muutoksia ei ole tallennettu' })
  await page.getByRole('link', { name: 'Asunnot' }).first().click()
  await asks.waitFor()
  await press(asks, 'Jatka muokkausta')
  await asks.waitFor({ state: 'hidden' })
  expect(new URL(page.url()).pathname).toBe('/landlords/new')
  expect(await name(page).inputValue()).toBe('Kesken Jäänyt Oy')

  // Back, the key that closes, and the form's own way out ask too.
  await page.getByRole('link', { name: 'Peruuta' }).click()
  await asks.waitFor()
  await page.keyboard.press('Escape')
  await asks.waitFor({ state: 'hidden' })
  expect(await name(page).inputValue()).toBe('Kesken Jäänyt Oy')

  await page.getByRole('link', { name: 'Peruuta' }).click()
  await press(asks, 'Poistu tallentamatta')
  await page.waitForURL((url) => url.pathname === '/landlords')
  await page.getByRole('link', { name: 'Lisää vuokranantaja' }).click()
  await heading(page, 'Uusi vuokranantaja')
  expect(await name(page).inputValue()).toBe('')
  // Nothing to lose: nothing is asked.
  await page.getByRole('link', { name: 'Peruuta' }).click()
  await page.waitForURL((url) => url.pathname === '/landlords')
  expect(product.faults).toEqual([])
  await page.context().close()
})

test('the browser asks before the tab with unsaved work is closed, and does not without any', async () => {
  const page = await product.signIn(coordinator)
  // Nothing of it is kept on the server, or the browser need not ask.
  await page.route('**/v1/drafts/*', (route) => route.abort())
  await page.goto(`${product.server.url}/landlords/new`)
  await name(page).fill('Kesken Jäänyt Oy')
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  expect(await name(page).inputValue()).toBe('Kesken Jäänyt Oy')

  await name(page).fill('')
  const closed = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  await closed
  expect(product.faults).toEqual([])
})

test('whoever is signed out in the middle of a form comes back to it, and another person finds nothing of it', async () => {
  const page = await halfFilled()
  const other = await page.context().newPage()
  const signOut = async () => {
    await other.goto(`${product.server.url}/landlords`)
    await other.getByRole('button', { name: /^Oma tili/ }).click()
    await other.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
    await page.waitForURL((url) => url.pathname === '/sign-in')
  }
  await signOut()
  await signInAgain(page, coordinator)
  await heading(page, 'Uusi vuokranantaja')
  await page.getByRole('status').filter({ hasText: 'Jatkat siitä, mihin jäit' }).waitFor()
  expect(await name(page).inputValue()).toBe('Kesken Jäänyt Oy')

  await signOut()
  await signInAgain(page, 'koordinaattori@tampere.example')
  await heading(page, 'Uusi vuokranantaja')
  expect(await name(page).inputValue()).toBe('')
  expect(product.faults).toEqual([])
  await page.context().close()
})
