import { AxeBuilder } from '@axe-core/playwright'
import { statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading, pick, press, text } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { letterTo, lettersTo } from '../mailbox.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const administrator = 'admin@jyvaskyla.example'
const sentence = 'kuusi pientä siiliä metsäpolulla'

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)
}
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Opens the letter's link and chooses a password, in a browser of its own. */
async function choosePassword(email: string, width: number): Promise<Page> {
  const { token, text: words } = await letterTo(product, email)
  expect(words).toContain(`${product.server.url}/set-password#${token}`)
  const page = await product.open({ width })
  await page.goto(`${product.server.url}/set-password#${token}`)
  await heading(page, 'Aseta salasana')
  await page.getByLabel('Uusi salasana', { exact: true }).fill(sentence)
  await press(page, 'Aseta salasana')
  await page.getByText('Salasana on asetettu').waitFor()
  await text(page, 'Sähköposti').fill(email)
  await page.locator('input[type=password]').fill(sentence)
  await page.keyboard.press('Enter')
  return page
}

test.each([1440, 360])(
  'an administrator invites a landlord, who opens the link, sets a password, signs in and sees the own homes (%i px)',
  async (width) => {
    const email = `riitta.retki.${width}@koas.example`
    const page = await product.signIn(administrator, { width })
    await page.goto(`${product.server.url}/admin/users`)
    await heading(page, 'Ylläpito')
    await press(page, 'Kutsu käyttäjä')
    const dialog = page.getByRole('dialog')
    expect(await axe(page)).toEqual([])
    expect(await sideways(page)).toBe(0)

    // Without a role there is nothing to send.
    await text(dialog, 'Nimi').fill('Riitta Retki')
    await text(dialog, 'Sähköposti').fill(email)
    await press(dialog, 'Lähetä kutsu')
    await dialog.getByRole('alert').getByText('Valitse vähintään yksi rooli.').waitFor()
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('checkbox', { name: 'vuokranantaja' }).check()
    await pick(dialog, /^Vuokranantaja/, 'KOAS')
    await press(dialog, 'Lähetä kutsu')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Kutsu on lähetetty').first().waitFor()
    await page.getByRole('link', { name: 'Riitta Retki' }).first().waitFor()
    await page.context().close()

    const landlord = await choosePassword(email, width)
    await landlord.waitForURL((url) => url.pathname === '/portal')
    await heading(landlord, /asunto/)
    expect(await landlord.locator('.homes li').count()).toBeGreaterThan(0)
    expect(await axe(landlord)).toEqual([])
    // The link is spent.
    const { token } = await letterTo(product, email)
    const again = await product.open()
    await again.goto(`${product.server.url}/set-password#${token}`)
    await again.getByLabel('Uusi salasana', { exact: true }).fill(sentence)
    await press(again, 'Aseta salasana')
    await again.getByText('Linkki on käytetty tai vanhentunut').waitFor()
    expect(product.faults).toEqual([])
    await again.context().close()
    await landlord.context().close()
  },
)

test('H5 a landlord invites a colleague, who sees the same homes, and removes the account again', async () => {
  const email = 'kalle.kollega@koas.example'
  const page = await product.signIn('vuokranantaja@koas.example', { width: 360 })
  const count = async (of: Page) => {
    await of.locator('.homes li').first().waitFor()
    return of.locator('.homes li').count()
  }
  const own = await count(page)
  await page.getByRole('link', { name: 'Käyttäjät' }).click()
  await heading(page, 'Organisaationne käyttäjät')
  expect(await axe(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  await press(page, 'Kutsu käyttäjä')
  const dialog = page.getByRole('dialog')
  await text(dialog, 'Nimi').fill('Kalle Kollega')
  await text(dialog, 'Sähköposti').fill(email)
  expect(await axe(page)).toEqual([])
  await press(dialog, 'Lähetä kutsu')
  await page.getByRole('listitem').filter({ hasText: 'Kalle Kollega' }).getByText('kutsuttu').waitFor()

  const colleague = await choosePassword(email, 1440)
  expect(await count(colleague)).toBe(own)
  await page.getByRole('button', { name: 'Poista käytöstä: Kalle Kollega' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Poista käytöstä' }).click()
  await page.getByRole('listitem').filter({ hasText: 'Kalle Kollega' }).getByText('poistettu käytöstä').waitFor()
  await colleague.reload()
  await heading(colleague, 'Kirjaudu sisään')
  expect(product.faults).toEqual([])
})

test('AU-19 a forgotten password: the page says the same whether there is an account, and only the letter lets in', async () => {
  const page = await product.open()
  await page.getByRole('link', { name: 'Unohditko salasanan?' }).click()
  await heading(page, 'Unohtunut salasana')
  expect(await axe(page)).toEqual([])
  const said: string[] = []
  for (const email of ['talous@jyvaskyla.example', 'ei.ketaan@jyvaskyla.example']) {
    await page.goto(`${product.server.url}/forgot-password`)
    await text(page, 'Sähköposti').fill(email)
    await press(page, 'Lähetä linkki')
    await heading(page, 'Katso sähköpostisi')
    said.push((await page.getByRole('main').innerText()).replace(email, '…'))
  }
  expect(said[0]).toBe(said[1])
  const signedIn = await choosePassword('talous@jyvaskyla.example', 360)
  await signedIn.waitForURL((url) => url.pathname === '/leases')
  expect(lettersTo(product, 'ei.ketaan@jyvaskyla.example')).toEqual([])
  // Letters hold links: nobody else on the machine reads them.
  const folder = join(product.dataDir, 'mail')
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) expect(statSync(path).mode & 0o077).toBe(0)
  expect(product.faults).toEqual([])
})
