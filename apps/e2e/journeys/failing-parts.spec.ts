import type { Page } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { heading, press, soon } from '../acts.ts'
import { failAnswers, failureId } from '../answers.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

let product: Product
const pages = new Map<string, Page>()
beforeAll(async () => {
  product = await startProduct()
})
const coordinator = 'koordinaattori@jyvaskyla.example'
const landlord = 'vuokranantaja@koas.example'
const admin = 'admin@jyvaskyla.example'

/** One sign-in for each person. */
async function pageOf(email: string): Promise<Page> {
  const page = pages.get(email) ?? (await product.signIn(email))
  pages.set(email, page)
  return page
}

/** The page, whose it is, and what still answers: the rest of the API fails. */
const cases: readonly (readonly [path: string, email: string, answers: string])[] = [
  ['/leases/ID', coordinator, 'subleases'],
  ['/leases/head/ID', coordinator, 'head-leases'],
  ['/homes/ID', coordinator, 'flats'],
  ['/homes/buildings/ID', coordinator, 'buildings'],
  ['/homes/buildings/new', coordinator, ''],
  ['/households/ID', coordinator, 'households'],
  ['/landlords/ID', coordinator, 'landlords'],
  ['/today', coordinator, ''],
  ['/placements', coordinator, ''],
  ['/portal', landlord, ''],
  ['/portal/homes/ID', landlord, 'flats'],
  ['/admin', admin, ''],
]
/** What a page says where there is nothing: a failure is not nothing. */
const nothing = /sopimuksia ei ole|ei ole (vielä )?(asuntoja|jälleenvuokrasopimuksia)|on tyhjä|Kaikki on tehty/

test.each(cases)(
  '%s (%s): what cannot be read is told as a failure, not as nothing, and comes by trying again',
  async (path, email, answers) => {
    const page = await pageOf(email)
    const get = await asClient(product)
    const rows = answers === '' ? [] : (await get<Rows<{ id: string; landlord?: { name: string } }>>(`/v1/${answers}?limit=200`)).items
    const id = (email === landlord ? rows.find((row) => row.landlord?.name.startsWith('KOAS')) : rows[0])?.id ?? ''
    const failures = page.getByRole('alert').filter({ hasText: failureId })
    const isLoading = page.getByRole('main').getByRole('status', { name: 'Ladataan' })

    const mend = await failAnswers(page, new RegExp(`/v1/(?!sessions|${answers === '' ? '-' : answers}/${id}$)`))
    onTestFinished(mend)
    await page.goto(product.server.url + path.replace('ID', id))
    await failures.first().waitFor()
    await soon(() => isLoading.count()).toBe(0)
    expect(await page.getByRole('main').innerText()).not.toMatch(nothing)

    await mend()
    for (let left = await failures.count(); left > 0; left = await failures.count()) {
      await failures.first().getByRole('button', { name: 'Yritä uudelleen' }).click()
      await soon(() => failures.count()).toBeLessThan(left)
    }
    await soon(() => isLoading.count()).toBe(0)
    await page.getByRole('heading', { level: 1 }).waitFor()
  },
)

test('a server that cannot be reached at all: it is said, nothing is lost, and the way back leads to the same page', async () => {
  const page = await pageOf(coordinator)
  await page.goto(`${product.server.url}/landlords`)
  await page.getByRole('row').nth(1).waitFor()
  await page.route('**/v1/**', (route) => route.abort('connectionrefused'))
  await page.getByRole('searchbox').fill('JVA')
  await page.getByRole('alert').getByText('Palveluun ei saatu yhteyttä').waitFor()
  // What was there stays while nothing newer can be had.
  await page.unroute('**/v1/**')
  await page.getByRole('button', { name: 'Yritä uudelleen' }).click()
  await soon(() => page.getByRole('main').getByRole('row').count()).toBe(2)
  expect(await page.getByRole('alert').count()).toBe(0)

  await page.route('**/v1/**', (route) => route.abort('connectionrefused'))
  await page.reload()
  await heading(page, 'Palveluun ei saada yhteyttä')
  await page.unroute('**/v1/**')
  await press(page, 'Yritä uudelleen')
  await heading(page, 'Vuokranantajat')
  expect(product.faults).toEqual([])
})
