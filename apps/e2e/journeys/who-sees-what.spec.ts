import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { heading } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { asClient, type Rows } from '../rest.ts'

interface Flat {
  readonly id: string
  readonly address: string
  readonly landlord: { readonly name: string }
}
interface Tenancy {
  readonly id: string
  readonly flat?: { readonly id: string }
  readonly headLease?: { readonly id: string }
  readonly household?: { readonly id: string }
  readonly landlord?: { readonly name: string } | null
}

let product: Product
let flats: readonly Flat[]
let tenancies: readonly Tenancy[]
beforeAll(async () => {
  product = await startProduct()
  const get = await asClient(product)
  flats = (await get<Rows<Flat>>('/v1/flats?limit=200')).items
  tenancies = (await get<Rows<Tenancy>>('/v1/subleases?limit=200')).items
})

const landlords = {
  'vuokranantaja@koas.example': 'KOAS Esimerkkisäätiö',
  'vuokranantaja@jva.example': 'JVA Esimerkkiasunnot Oy',
}
type Owned = { readonly landlord?: { readonly name: string } | null }
const of = <T extends Owned>(rows: readonly T[], name: string) => rows.filter(({ landlord }) => landlord?.name === name)
/** Of a protected household's contract the client is told no landlord. */
const others = <T extends Owned>(rows: readonly T[], name: string) => rows.filter(({ landlord }) => landlord && landlord.name !== name)

/** Everything that the page was told, whether it shows it or not. */
function told(page: Page): () => Promise<string> {
  const answers: Promise<string>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/v1/')) answers.push(response.text().catch(() => ''))
  })
  return async () => (await Promise.all(answers)).join('\n')
}

test.each(Object.entries(landlords))('AZ-03, AZ-10 %s sees its own homes and is told of no other', async (email, name) => {
  const page = await product.open()
  const heard = told(page)
  await product.signIn(email, { on: page })
  await heading(page, /asuntoanne kaupungilla/)
  const homes = page.getByRole('main').getByRole('link', { name: /^Avaa: / })
  const shown = await homes.evaluateAll((links) => links.map((link) => (link.getAttribute('aria-label') ?? '').replace(/^[^:]+: /, '')))
  expect(shown.toSorted()).toEqual(
    of(flats, name)
      .map(({ address }) => address)
      .toSorted(),
  )

  // Each home opens, and the way back leads to the list.
  await homes.first().click()
  await page.waitForURL((url) => url.pathname.startsWith('/portal/homes/'))
  await page
    .getByRole('heading', { name: /^Sopimus kaupungin kanssa/ })
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Asunnot', exact: true }).click()
  await heading(page, /asuntoanne kaupungilla/)

  const all = `${await heard()}${await page.locator('body').innerText()}`
  for (const { id } of [...others(flats, name), ...others(tenancies, name)]) expect(all).not.toContain(id)
  // What 73 § does not ask for is not sent along either.
  expect(all).not.toMatch(/identityCode|migriNumber|residenceGround|interpreterNeeded|"note"|birthDate/)
  expect(product.faults).toEqual([])
  await page.context().close()
})

test.each(Object.entries(landlords))(
  'AZ-03, AZ-04 %s opens somebody else’s home or contract by address: not found, as if it were not there',
  async (email, name) => {
    const page = await product.signIn(email)
    const heard = told(page)
    const home = others(flats, name)[0]
    for (const id of [home?.id ?? '', '0199aaaa-0000-7000-8000-000000000000']) {
      await page.goto(`${product.server.url}/portal/homes/${id}`)
      await heading(page, 'Sivua ei löydy')
    }
    expect(await heard()).not.toContain(home?.address)
    await page.goto(`${product.server.url}/portal/nowhere`)
    await heading(page, 'Sivua ei löydy')
    // The staff's pages are not a landlord's, its own contract's neither; nothing is asked for before that is told.
    const tenancy = of(tenancies, name)[0]
    const foreign = others(tenancies, name)[0]
    for (const path of [
      '/households',
      '/households/persons',
      `/households/${foreign?.household?.id}`,
      `/leases/${tenancy?.id}`,
      `/leases/${foreign?.id}`,
      '/leases/0199aaaa-0000-7000-8000-000000000000',
      `/leases/${foreign?.id}/edit`,
      `/leases/head/${foreign?.headLease?.id}`,
      `/homes/${foreign?.flat?.id}`,
      '/admin',
      '/today',
    ]) {
      const before = (await heard()).length
      await page.goto(product.server.url + path)
      await heading(page, 'Sinulla ei ole oikeutta tähän sivuun')
      expect((await heard()).slice(before)).not.toMatch(/"items"|"flat"|"household"/)
    }
    await page.getByRole('link', { name: 'Etusivulle' }).click()
    await heading(page, /asuntoanne kaupungilla/)
    expect(product.faults).toEqual([])
    await page.context().close()
  },
)

const refused: Record<string, readonly string[]> = {
  'ohjaaja@jyvaskyla.example': [
    '/today',
    '/leases',
    '/leases/head',
    '/households',
    '/households/persons',
    '/homes/new',
    '/landlords/new',
    '/placements',
    '/admin',
    '/portal',
  ],
  'talous@jyvaskyla.example': [
    '/today',
    '/leases/new',
    '/leases/ID/edit',
    '/households/new',
    '/homes/new',
    '/landlords/new',
    '/placements',
    '/admin',
    '/portal',
  ],
  'admin@jyvaskyla.example': ['/today', '/leases', '/leases/ID', '/households', '/placements', '/landlords/new', '/portal'],
  'koordinaattori@jyvaskyla.example': ['/admin', '/portal'],
}
test.each(Object.entries(refused))(
  '%s opens what is not for the role by address: says so, with a way on, and the menu does not offer it',
  async (email, paths) => {
    const page = await product.signIn(email)
    const heard = told(page)
    for (const path of paths) {
      await page.goto(`${product.server.url}${path.replace('ID', tenancies[0]?.id ?? '')}`)
      await heading(page, 'Sinulla ei ole oikeutta tähän sivuun')
      expect(await page.getByRole('navigation', { name: 'Päävalikko' }).locator(`a[href="${path}"]`).count()).toBe(0)
    }
    expect(await heard()).not.toMatch(/"items"/)
    await page.getByRole('link', { name: 'Etusivulle' }).click()
    await page.getByRole('heading', { level: 1 }).and(page.locator(':not(:text("oikeutta"))')).waitFor()
    expect(product.faults).toEqual([])
    await page.context().close()
  },
)

test('a right that was taken while the page was open: the API’s refusal is told as such, on list and record', async () => {
  const page = await product.signIn('koordinaattori@jyvaskyla.example')
  const body = JSON.stringify({
    type: 'about:blank',
    title: 'Ei oikeutta',
    status: 403,
    code: 'access.forbidden',
    params: {},
    requestId: 'x',
    errors: [],
  })
  await page.route('**/v1/landlords*', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body }))
  await page.route('**/v1/subleases/*', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body }))
  for (const path of ['/landlords', `/leases/${tenancies[0]?.id}`]) {
    await page.goto(product.server.url + path)
    await heading(page, 'Sinulla ei ole oikeutta tähän sivuun')
  }
  expect(product.faults).toEqual([])
  await page.context().close()
})
