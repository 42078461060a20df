import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { demoPassword } from '../../api/src/demo/cast.ts'
import { heading, press, soon, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { letterTo } from '../mailbox.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const axe = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page: page as never })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // Without a page of its own, which would take the focus: coming back is use, and a page asks anew.
    .setLegacyMode(true)
    .analyze()
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)
}
const toAccount = async (page: Page): Promise<void> => {
  await page.goto(`${product.server.url}/account`)
  await heading(page, 'Oma tili')
}

test.each([
  [1440, 'ohjaaja@jyvaskyla.example'],
  [360, 'talous@jyvaskyla.example'],
])('AU-20 one sees where one is signed in and ends the other session (%i px)', async (width, email) => {
  const page = await product.signIn(email, { width })
  const other = await product.signIn(email)
  await toAccount(page)
  const sessions = page.getByRole('region', { name: 'Istunnot' }).getByRole('listitem')
  await sessions.first().waitFor()
  expect(await sessions.count()).toBe(2)
  expect(await sessions.allInnerTexts()).toEqual([expect.stringContaining('Chrome · Linux'), expect.stringContaining('tämä istunto')])
  expect(await axe(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  await page.getByRole('button', { name: /^Päätä istunto:/ }).click()
  await page.getByText('Istunto on päätetty').first().waitFor()
  await soon(() => sessions.count()).toBe(1)
  await other.reload()
  await heading(other, 'Kirjaudu sisään')
  for (const one of [page, other]) await one.context().close()
})

test('a changed password keeps this session, ends the others and is told by a letter; a wrong one is said at its field', async () => {
  const email = 'vuokranantaja@jva.example'
  const page = await product.signIn(email)
  const other = await product.signIn(email)
  await toAccount(page)
  expect(new URL(page.url()).pathname).toBe('/portal/account')
  const fill = async (current: string, next: string) => {
    await page.getByLabel('Nykyinen salasana', { exact: true }).fill(current)
    await page.getByLabel('Uusi salasana', { exact: true }).fill(next)
    await press(page, 'Vaihda salasana')
  }
  await fill('this is not the one', 'harmaa haikara lentää illalla')
  await page.getByText('Nykyinen salasana on väärin.').first().waitFor()
  expect(await axe(page)).toEqual([])
  await fill(demoPassword, 'harmaa haikara lentää illalla')
  await page.getByText('Salasana on vaihdettu').first().waitFor()
  expect(await page.getByLabel('Nykyinen salasana', { exact: true }).inputValue()).toBe('')
  await other.reload()
  await heading(other, 'Kirjaudu sisään')
  await page.reload()
  await heading(page, 'Oma tili')
  expect((await letterTo(product, email)).text).toContain('salasana vaihdettiin juuri')
  for (const one of [page, other]) await one.context().close()
})

test('AU-17 two minutes before the end the person is asked, and goes on where the work is', async () => {
  const page = await product.open()
  await page.clock.install()
  await product.signIn('koordinaattori@jyvaskyla.example', { on: page })
  await page.goto(`${product.server.url}/landlords/new`)
  await heading(page, /vuokranantaja/i)
  await text(page, /^Nimi/).fill('Kesken jäänyt säätiö')
  await page.getByText('Luonnos tallennettu').waitFor()
  await page.clock.fastForward('28:30')
  const dialog = page.getByRole('dialog', { name: 'Oletko vielä siellä?' })
  await dialog.waitFor()
  expect(await axe(page)).toEqual([])
  await press(dialog, 'Jatka istuntoa')
  await dialog.waitFor({ state: 'hidden' })
  expect(await text(page, /^Nimi/).inputValue()).toBe('Kesken jäänyt säätiö')

  // Nobody answers: the page is left, and after signing in again the work is there.
  await page.clock.fastForward('28:30')
  await dialog.waitFor()
  await page.clock.fastForward('02:30')
  await heading(page, 'Kirjaudu sisään')
  await product.signIn('koordinaattori@jyvaskyla.example', { on: page })
  await heading(page, /vuokranantaja/i)
  expect(await text(page, /^Nimi/).inputValue()).toBe('Kesken jäänyt säätiö')
  await page.context().close()
})

test('no network and a new version are said, and nothing is loaded anew by itself', async () => {
  const page = await product.signIn('koordinaattori@jyvaskyla.example', { width: 360 })
  await page.goto(`${product.server.url}/landlords/new`)
  await heading(page, /vuokranantaja/i)
  await text(page, /^Nimi/).fill('Verkoton säätiö')
  await page.context().setOffline(true)
  await page.getByText('Verkkoyhteys puuttuu.').waitFor()
  expect(await axe(page)).toEqual([])
  await page.context().setOffline(false)
  await page.getByText('Verkkoyhteys puuttuu.').waitFor({ state: 'hidden' })

  await page.clock.install()
  await page.clock.fastForward('06:00')
  await page.route(`${product.server.url}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/another.js"></script>' }),
  )
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await page.getByText('Palvelusta on uusi versio.').waitFor()
  expect(await axe(page)).toEqual([])
  expect(await text(page, /^Nimi/).inputValue()).toBe('Verkoton säätiö')
  await page.context().close()
})
