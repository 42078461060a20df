import { beforeAll, describe, expect, test } from 'vitest'
import request from 'supertest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()

type Made = Body & { id: string }
interface Page {
  readonly items: (Body & { id: string; address: string })[]
  readonly nextCursor: string | null
  readonly totalCount?: number
}
const page = async (url: string, as?: As): Promise<Page> => {
  const answer = await world.get(url, as)
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as Page
}
const addresses = async (query: string, as?: As) => (await page(`/v1/flats${query}`, as)).items.map(({ address }) => address)

const ids: Record<string, string> = {}
let stranger = ''

beforeAll(async () => {
  await app.owner.query('delete from buildings')
  await app.owner.query('delete from areas')
  stranger = await world.addLandlord('Muu säätiö')
  for (const name of ['Kortepohja', 'Äijälä', 'Kuokkala']) ids[name] = ((await world.made('/v1/areas', { name })) as Made).id
  const building = async (area: string, streetAddress: string, name: string | null = null) => {
    ids[streetAddress] = (
      (await world.made('/v1/buildings', {
        areaId: ids[area],
        name,
        type: 'apartmentBlock',
        streetAddress,
        postalCode: '40100',
        postOffice: 'Jyväskylä',
      })) as Made
    ).id
  }
  await building('Kortepohja', 'Kortekuja 1', 'Puistolinna')
  await building('Äijälä', 'Äyritie 2')
  const flat = async (streetAddress: string, number: string, values: Body = {}) => {
    const made = await world.made('/v1/flats', {
      landlordId: world.landlord,
      buildingId: ids[streetAddress],
      apartment: { letter: 'A', number, splitter: null },
      roomCount: Number(number),
      squareMetres: 20.5 * Number(number),
      lift: false,
      maxPersons: Number(number) + 1,
      ...values,
    })
    ids[made['address'] as string] = made.id
  }
  await flat('Kortekuja 1', '1', { lift: true, features: ['balcony', 'sauna'], floor: 3 })
  await flat('Kortekuja 1', '2', { accessibility: ['stepFree'], features: ['sauna'], subsidisedRentRule: 'araRestricted' })
  await flat('Kortekuja 1', '3', { lift: true, accessibility: ['stepFree', 'wideDoors'], floor: 1 })
  await flat('Äyritie 2', '4', { landlordId: stranger, note: 'Salaista' })
  for (const name of ['Makuuhuone', 'Olohuone']) await world.made('/v1/rooms', { flatId: ids['Kortekuja 1 A 1'], name, kind: 'bedroom' })
  await world.made('/v1/rooms', { flatId: ids['Äyritie 2 A 4'], name: 'Makuuhuone', kind: 'bedroom' })
})

describe('flats', () => {
  test.each([
    ['', ['Kortekuja 1 A 1', 'Kortekuja 1 A 2', 'Kortekuja 1 A 3', 'Äyritie 2 A 4']],
    ['?sort=-squareMetres&limit=2', ['Äyritie 2 A 4', 'Kortekuja 1 A 3']],
    ['?sort=floor', ['Kortekuja 1 A 3', 'Kortekuja 1 A 1', 'Kortekuja 1 A 2', 'Äyritie 2 A 4']],
    ['?minRooms=3', ['Kortekuja 1 A 3', 'Äyritie 2 A 4']],
    ['?minPersons=5', ['Äyritie 2 A 4']],
    ['?lift=true', ['Kortekuja 1 A 1', 'Kortekuja 1 A 3']],
    ['?lift=false', ['Kortekuja 1 A 2', 'Äyritie 2 A 4']],
    ['?accessibility=stepFree', ['Kortekuja 1 A 2', 'Kortekuja 1 A 3']],
    ['?accessibility=lift,stepFree', ['Kortekuja 1 A 3']],
    ['?features=sauna,balcony', ['Kortekuja 1 A 1']],
    ['?subsidisedRentRule=araRestricted', ['Kortekuja 1 A 2']],
    ['?updatedSince=2100-01-01T00:00:00Z', []],
    ['?q=korte', ['Kortekuja 1 A 1', 'Kortekuja 1 A 2', 'Kortekuja 1 A 3']],
    ['?q=PUISTO%20a%203', ['Kortekuja 1 A 3']],
    [`?q=${encodeURIComponent('Äijä')}`, ['Äyritie 2 A 4']],
    ['?q=aijala', ['Äyritie 2 A 4']],
    ['?q=kuokkala', []],
    ['?q=%25', []],
  ])('%s', async (query, found) => expect(await addresses(query)).toEqual(found))

  test('are found by area, building and landlord', async () => {
    expect(await addresses(`?areaId=${ids['Kortepohja']}&count=true`)).toHaveLength(3)
    expect((await page(`/v1/flats?areaId=${ids['Kortepohja']}&count=true&limit=1`)).totalCount).toBe(3)
    expect(await addresses(`?buildingId=${ids['Äyritie 2']}`)).toEqual(['Äyritie 2 A 4'])
    expect(await addresses(`?landlordId=${stranger}`)).toEqual(['Äyritie 2 A 4'])
  })

  test.each([
    'address',
    '-address',
    'area.name,-roomCount',
    '-landlord.name',
    'floor',
    '-floor',
    'reference',
    'updatedAt',
    '-maxPersons,squareMetres',
  ])('come page by page in the order of %s', async (sort) => {
    const whole = await addresses(`?sort=${sort}`)
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const one: Page = await page(`/v1/flats?sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`)
      found.push(...one.items.map(({ address }) => address))
      cursor = one.nextCursor
    }
    expect(found).toEqual(whole)
  })

  test('follow a renamed area and building in the search', async () => {
    await world.change('patch', `/v1/areas/${ids['Äijälä']}`, { name: 'Lutakko' })
    await world.change('patch', `/v1/buildings/${ids['Äyritie 2']}`, { name: 'Satamatalo' })
    expect(await addresses('?q=lutakko')).toEqual(['Äyritie 2 A 4'])
    expect(await addresses('?q=satama')).toEqual(['Äyritie 2 A 4'])
    expect(await addresses('?q=aijala')).toEqual([])
  })

  test('as CSV: every row of the filter, text after text, no note for the landlord', async () => {
    const csv = async (query: string, as?: As) =>
      (
        await request(app.server)
          .get(`/v1/flats${query}`)
          .set({ authorization: as ?? (await world.as('coordinator')), accept: 'text/csv' })
      ).text
    const all = await csv('?sort=address')
    expect(all.trimEnd().split('\r\n')).toHaveLength(5)
    expect(all.split('\r\n')[0]).toMatch(/landlord\.name.*address/)
    expect(all).toContain('Salaista')
    const own = await csv('', await world.as('landlord'))
    expect(own.trimEnd().split('\r\n')).toHaveLength(4)
    expect(own).not.toContain('Äyritie')
  })

  test('refuse what they do not know', async () => {
    for (const query of ['?sort=note', '?rooms=2', '?minRooms=two', '?features=pool', '?limit=0', '?cursor=abc', '?lift=maybe'])
      expect((await world.get(`/v1/flats${query}`)).status, query).toBe(400)
  })
})

test('a landlord finds its own only, whatever it searches, filters and counts', async () => {
  const as = await world.as('landlord')
  const own = ['Kortekuja 1 A 1', 'Kortekuja 1 A 2', 'Kortekuja 1 A 3']
  expect(await addresses('', as)).toEqual(own)
  expect(await addresses('?q=a', as)).toEqual(own)
  expect(await addresses('?q=ayritie', as)).toEqual([])
  expect(await addresses(`?landlordId=${stranger}`, as)).toEqual([])
  expect((await page('/v1/flats?count=true', as)).totalCount).toBe(3)
  expect((await page('/v1/rooms?count=true', as)).totalCount).toBe(2)
  expect((await page('/v1/buildings?count=true', as)).totalCount).toBe(1)
  expect((await page('/v1/areas?count=true', as)).totalCount).toBe(1)
  expect(JSON.stringify([await page('/v1/flats', as), await page('/v1/buildings', as)])).not.toContain('"note"')
})

test('areas, buildings and rooms are listed, searched and filtered', async () => {
  expect((await page('/v1/areas')).items.map(({ name }) => name)).toEqual(['Kortepohja', 'Kuokkala', expect.any(String)])
  expect((await page('/v1/areas?q=kuok')).items).toHaveLength(1)
  expect((await page(`/v1/buildings?areaId=${ids['Kortepohja']}&type=apartmentBlock&sort=-name`)).items).toMatchObject([
    { name: 'Puistolinna' },
  ])
  expect((await page('/v1/buildings?q=puisto')).items).toHaveLength(1)
  expect((await page(`/v1/rooms?flatId=${ids['Kortekuja 1 A 1']}&sort=-name`)).items.map(({ name }) => name)).toEqual([
    'Olohuone',
    'Makuuhuone',
  ])
  expect((await page('/v1/rooms?q=makuu&kind=bedroom')).items).toHaveLength(2)
})

test.each(['areas', 'buildings', 'flats', 'rooms'])('the auditor does not list %s', async (noun) => {
  expect(told(await world.get(`/v1/${noun}`, await world.as('auditor')))).toEqual([403, 'access.denied'])
  for (const role of ['finance', 'supportWorker', 'admin'] as const)
    expect((await world.get(`/v1/${noun}`, await world.as(role))).status, role).toBe(200)
})
