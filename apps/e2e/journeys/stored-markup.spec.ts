import { beforeAll, expect, test } from 'vitest'
import { soon } from '../acts.ts'
import { startProduct, type Product } from '../app.ts'
import { accounts, addressesOf, type Who } from '../every-address.ts'
import { asPerson, type Made, type Rows } from '../rest.ts'
import { settled } from '../visit.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

const markup = '<img src=x onerror=window.__xss=1>'
const today = new Date().toISOString().slice(0, 10)

/** Markup in every text that somebody can write, by the commands of the API. */
async function store(): Promise<{ ids: Record<string, string>; count: number }> {
  let count = 0
  const m = (): string => (count++, markup)
  const { post, get } = await asPerson(product, accounts.coordinator)
  const admin = await asPerson(product, accounts.admin)
  const address = () => ({ streetAddress: m(), postalCode: '40100', postOffice: m() })
  const contact = () => ({ name: m(), email: 'a@b.example', phone: '+358401234567' })
  const landlord = await post('/v1/landlords', {
    name: m(),
    businessId: '0112038-9',
    nonprofit: true,
    nonprofitGround: 'association',
    ...address(),
    contacts: [{ name: m(), role: 'tenancy', email: null, phone: null, startsOn: '2024-01-01', endsOn: null }],
    note: m(),
  })
  const area = await post('/v1/areas', { name: m() })
  const building = await post('/v1/buildings', { areaId: area.id, name: m(), type: 'apartmentBlock', ...address(), note: m() })
  const flat = await post('/v1/flats', {
    landlordId: landlord.id,
    buildingId: building.id,
    roomCount: 2,
    squareMetres: 50,
    lift: false,
    maxPersons: 3,
    note: m(),
  })
  await post('/v1/rooms', { flatId: flat.id, name: m(), kind: 'bedroom' })
  const person = await post('/v1/persons', {
    firstNames: m(),
    lastName: m(),
    migriNumber: '9991777',
    birthDate: '1990-01-01',
    contactAddress: address(),
  })
  const household = await post('/v1/households', {
    name: m(),
    members: [{ personId: person.id, joinedOn: '2026-01-01' }],
    waitingSince: '2024-01-01',
    note: m(),
  })
  const rentParts = [{ kind: 'base', cents: 50_000 }]
  const texts = () => ({ cityContact: contact(), note: m(), paperLocation: m() })
  const head = await post('/v1/head-leases', {
    flatId: flat.id,
    term: 'indefinite',
    startsOn: '2026-01-01',
    rentParts,
    subletPermission: { source: 'leaseClause', grantedOn: '2026-01-01' },
    vacancyBornBy: 'municipality',
    ...texts(),
  })
  const signed = await post(`/v1/head-leases/${head.id}/sign`, { signedOn: today }, head.etag)
  await post(`/v1/head-leases/${head.id}/activate`, { activeOn: today }, signed.etag)
  await post('/v1/vacancies', {
    flatId: flat.id,
    startsOn: '2026-01-01',
    endsOn: '2026-01-31',
    reason: 'repair',
    bornBy: 'municipality',
    note: m(),
  })
  const lease = await post('/v1/subleases', {
    headLeaseId: head.id,
    scope: 'wholeFlat',
    householdId: household.id,
    tenantIds: [person.id],
    term: 'indefinite',
    startsOn: today,
    rentParts,
    ...texts(),
  })
  await post('/v1/views', { list: 'landlords', name: m() })
  // The landlord that somebody of the demo signs in for: what the portal shows.
  const [koas] = (await get<Rows<Made>>('/v1/landlords?q=KOAS')).items
  const own = await get<Made>(`/v1/landlords/${koas?.id}`)
  await (
    await asPerson(product, accounts.coordinator)
  ).patch(
    `/v1/landlords/${koas?.id}`,
    { name: `KOAS ${m()}`, contacts: [{ name: m(), role: 'tenancy', email: null, phone: null, startsOn: '2024-01-01', endsOn: null }] },
    own.etag,
  )
  const user = await admin.post('/v1/users', { email: 'merkki@jyvaskyla.example', name: m(), roles: ['finance'] })
  const client = await admin.post('/v1/api-clients', { clientId: 'merkki', name: m(), scopes: ['flats:read'] })
  const ids = {
    '/landlords/:id': landlord.id,
    '/homes/areas/:id': area.id,
    '/homes/buildings/:id': building.id,
    '/homes/:id': flat.id,
    '/households/persons/:id': person.id,
    '/households/:id': household.id,
    '/leases/head/:id': head.id,
    '/leases/:id': lease.id,
    '/admin/users/:id': user.id,
    '/admin/api-clients/:id': client.id,
  }
  return { ids, count }
}

test('IN-13 stored markup is text on every page: lists, records, forms, search, log and portal', async () => {
  const { ids, count } = await store()
  expect(count).toBeGreaterThanOrEqual(20)
  let shown = 0
  for (const who of ['coordinator', 'admin', 'landlord', 'finance'] as const satisfies Who[]) {
    const page = await product.signIn(accounts[who], { width: 1280 })
    for (const { route, path } of await addressesOf(product, who)) {
      const base = route.replace(/\/edit$/, '') as keyof typeof ids
      const own = ids[base] === undefined ? path : route.replace(':id', ids[base])
      await page.goto(product.server.url + own)
      await settled(page)
      const { run, made, text } = await page.evaluate(() => ({
        run: (window as unknown as { __xss?: number }).__xss,
        made: document.querySelectorAll('img, [onerror], iframe, object').length,
        text: `${document.body.innerText} ${[...document.querySelectorAll('input, textarea')].map((one) => (one as HTMLInputElement).value).join(' ')}`,
      }))
      expect([route, run, made]).toEqual([route, undefined, 0])
      expect(text).not.toContain('&lt;img')
      if (ids[base] !== undefined) expect(text, `${who} ${route}`).toContain('<img src=x')
      if (text.includes(markup)) shown += 1
    }
    if (who === 'coordinator') {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('onerror')
      const list = page.getByRole('dialog').locator('[role=listbox][aria-busy=false]')
      await list.waitFor()
      await page.goto(`${product.server.url}/households`)
      await settled(page)
      await page.getByRole('searchbox').fill('onerror')
      await page.getByRole('main').getByText(markup).first().waitFor()
      expect(await page.evaluate(() => [(window as unknown as { __xss?: number }).__xss, document.querySelectorAll('img').length])).toEqual(
        [undefined, 0],
      )
    }
    await page.context().close()
  }
  expect(shown).toBeGreaterThan(20)
  expect(product.faults).toEqual([])
  expect(product.server.output()).not.toContain('csp.violation')
})

test('IN-13 Trusted Types are on: text cannot become markup or script, and a try is reported', async () => {
  const page = await product.open()
  const tried = await page.evaluate(() => {
    const attempt = (work: () => unknown): string => {
      try {
        work()
        return 'done'
      } catch (error) {
        return (error as Error).name
      }
    }
    return [
      attempt(() => Reflect.set(document.createElement('div'), 'innerHTML', '<b>x</b>')),
      attempt(() => Reflect.set(document.createElement('iframe'), 'srcdoc', '<b>x</b>')),
      attempt(() => Reflect.set(document.createElement('script'), 'text', '1')),
    ]
  })
  expect(tried).toEqual(['TypeError', 'TypeError', 'TypeError'])
  await soon(() => product.faults.join()).toContain('require-trusted-types-for')
})
