import { describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { world } = await moduleWorld()

type Made = Body & { id: string; etag: string; reference: string }
let count = 0
const area = (values: Body = {}) => world.made('/v1/areas', { name: `Alue ${++count}`, ...values }) as Promise<Made>
const building = async (values: Body = {}) =>
  (await world.made('/v1/buildings', {
    areaId: values['areaId'] ?? (await area()).id,
    type: 'apartmentBlock',
    streetAddress: `Esimerkkikatu ${++count}`,
    postalCode: '40100',
    postOffice: 'Jyväskylä',
    ...values,
  })) as Made
const flat = async (values: Body = {}) =>
  (await world.made('/v1/flats', {
    landlordId: world.landlord,
    buildingId: values['buildingId'] ?? (await building()).id,
    apartment: { letter: 'A', number: String(++count), splitter: null },
    roomCount: 3,
    squareMetres: 71.5,
    floor: 2,
    lift: true,
    maxPersons: 5,
    ...values,
  })) as Made
const body = async (url: string, as?: As) => (await world.get(url, as)).body as Body

describe('each role', () => {
  test('a landlord reads its own flats with their rooms, buildings and areas, without the city’s notes, and nobody else’s', async () => {
    const [home, other] = [await building({ note: 'Salaista' }), await building()]
    const own = await flat({ buildingId: home.id, note: 'Salaista' })
    const stranger = await world.addLandlord('Muu säätiö')
    const theirs = await flat({ buildingId: other.id, landlordId: stranger })
    const rooms = await Promise.all([own, theirs].map(({ id }) => world.made('/v1/rooms', { flatId: id, name: 'Huone', kind: 'bedroom' })))
    const landlord = await world.as('landlord')
    const seen = await body(`/v1/flats/${own.id}`, landlord)
    expect(seen).toMatchObject({ id: own.id, address: own['address'], rooms: [{ name: 'Huone' }] })
    expect(JSON.stringify([seen, await body(`/v1/buildings/${home.id}`, landlord)])).not.toMatch(/note|Salaista/)
    for (const url of [
      `/v1/flats/${own.id}`,
      `/v1/rooms/${rooms[0]?.id}`,
      `/v1/buildings/${home.id}`,
      `/v1/areas/${(home['area'] as { id: string }).id}`,
    ])
      expect((await world.get(url, landlord)).status, url).toBe(200)
    for (const url of [
      `/v1/flats/${theirs.id}`,
      `/v1/rooms/${rooms[1]?.id}`,
      `/v1/buildings/${other.id}`,
      `/v1/areas/${(other['area'] as { id: string }).id}`,
    ])
      expect(told(await world.get(url, landlord)), url).toEqual([404, 'record.notFound'])
  })

  const nouns = ['areas', 'buildings', 'flats', 'rooms'] as const
  const newest = async () => {
    const home = await flat({ note: 'Kaupungin' })
    const room = await world.made('/v1/rooms', { flatId: home.id, name: 'Huone', kind: 'bedroom' })
    return {
      flats: home.id,
      rooms: room.id,
      buildings: (home['building'] as { id: string }).id,
      areas: (home['area'] as { id: string }).id,
    }
  }

  test.each(['finance', 'supportWorker', 'landlord', 'admin', 'auditor'] as const)('%s changes nothing', async (role) => {
    const ids = await newest()
    const as = await world.as(role)
    for (const noun of nouns)
      for (const answer of [
        await world.send('post', `/v1/${noun}`, {}, {}, as),
        await world.send('patch', `/v1/${noun}/${ids[noun]}`, {}, { 'if-match': '"1.x"' }, as),
        await world.send('delete', `/v1/${noun}/${ids[noun]}`, undefined, { 'if-match': '"1.x"' }, as),
      ])
        expect(told(answer), noun).toEqual([403, 'access.denied'])
  })

  test.each([
    ['finance', 200, 403],
    ['supportWorker', 200, 403],
    ['landlord', 200, 403],
    ['admin', 200, 200],
    ['auditor', 403, 403],
  ] as const)('%s reads a record: %i, its history: %i', async (role, record, history) => {
    const ids = await newest()
    const as = await world.as(role)
    for (const noun of nouns) {
      expect((await world.get(`/v1/${noun}/${ids[noun]}`, as)).status, noun).toBe(record)
      expect((await world.get(`/v1/${noun}/${ids[noun]}/history`, as)).status, noun).toBe(history)
    }
  })

  test('a client needs the scope of the path segment', async () => {
    const ids = await newest()
    const client = await world.asClient(['flats:read', 'areas:write'])
    expect((await world.get(`/v1/flats/${ids.flats}`, client)).body).toMatchObject({ note: 'Kaupungin' })
    expect((await world.get(`/v1/rooms/${ids.rooms}`, client)).status).toBe(403)
    expect((await world.get(`/v1/areas/${ids.areas}`, client)).status).toBe(403)
    expect((await world.send('post', '/v1/areas', { name: 'Ohjelman alue' }, {}, client)).status).toBe(201)
    expect((await world.send('post', '/v1/flats', {}, {}, client)).status).toBe(403)
  })
})
