import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()

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

describe('areas', () => {
  test('are made, changed and removed; a name is given once', async () => {
    const made = await area({ name: 'Kuokkala' })
    expect(made).toMatchObject({ name: 'Kuokkala' })
    expect(told(await world.send('post', '/v1/areas', { name: 'Kuokkala' }))).toEqual([409, 'area.nameTaken', '/name area.nameTaken'])
    expect((await world.change('patch', `/v1/areas/${made.id}`, { name: 'Kuokkala ja Ristikivi' })).body).toMatchObject({
      name: 'Kuokkala ja Ristikivi',
    })
    expect((await world.change('delete', `/v1/areas/${made.id}`)).status).toBe(204)
    expect((await world.get(`/v1/areas/${made.id}`)).status).toBe(404)
  })

  test('stay while a building stands in them', async () => {
    const { id } = await area()
    await building({ areaId: id })
    expect(told(await world.change('delete', `/v1/areas/${id}`))).toEqual([409, 'record.inUse'])
  })
})

describe('buildings', () => {
  test('carry a permanent building id, checked and given once', async () => {
    const made = await building({ vtjPrt: '103456789 s', name: 'Puistolinna', builtYear: 1974, note: 'Avaimet huollosta.' })
    expect(made).toMatchObject({
      vtjPrt: '103456789S',
      name: 'Puistolinna',
      builtYear: 1974,
      note: 'Avaimet huollosta.',
      area: { name: expect.any(String) as string },
    })
    const again = { areaId: (await area()).id, type: 'other', streetAddress: 'Toinen 1', postalCode: '40100', postOffice: 'Jyväskylä' }
    expect(told(await world.send('post', '/v1/buildings', { ...again, vtjPrt: '103456789S' }))).toEqual([
      409,
      'identifier.taken',
      '/vtjPrt identifier.taken',
    ])
    expect(told(await world.send('post', '/v1/buildings', { ...again, vtjPrt: '103456789C', areaId: randomUUID() }))).toEqual([
      422,
      'request.invalid',
      '/areaId reference.notFound',
      '/vtjPrt identifier.checkDigit',
    ])
    expect((await world.change('patch', `/v1/buildings/${made.id}`, { vtjPrt: null, name: null })).body).toMatchObject({
      vtjPrt: null,
      name: null,
      builtYear: 1974,
    })
  })
})

describe('flats', () => {
  test('take the building’s address and their own apartment id in three parts', async () => {
    const home = await building({ streetAddress: 'Kortepohjantie 4', name: 'Korte' })
    const made = await flat({
      buildingId: home.id,
      apartment: { letter: 'A', number: '12', splitter: 'b' },
      accessibility: ['stepFree'],
      features: ['balcony', 'sauna'],
      note: 'Vain kaupungille.',
    })
    expect(made).toMatchObject({
      address: 'Kortepohjantie 4 A 12 b',
      postalCode: '40100',
      postOffice: 'Jyväskylä',
      apartment: { letter: 'A', number: '12', splitter: 'b' },
      building: { id: home.id, name: 'Korte', streetAddress: 'Kortepohjantie 4' },
      landlord: { id: world.landlord, name: 'Esimerkkisäätiö' },
      roomCount: 3,
      squareMetres: 71.5,
      floor: 2,
      lift: true,
      accessibility: ['stepFree'],
      features: ['balcony', 'sauna'],
      maxPersons: 5,
      subsidisedRentRule: 'none',
      rooms: [],
      note: 'Vain kaupungille.',
    })
    expect(made.reference).toMatch(/^K-2026-\d{5}$/)
    expect((await world.get(`/v1/flats/${made.id}`)).headers['etag']).toBe(made.etag)
    expect((await flat({ buildingId: home.id, apartment: null }))['address']).toBe('Kortepohjantie 4')
    const twice = await world.send('post', '/v1/flats', { ...newFlat(home.id), apartment: null })
    expect(told(twice)).toEqual([409, 'flat.apartmentTaken', '/apartment flat.apartmentTaken'])
  })

  test('change their apartment part by part, as a merge patch does', async () => {
    const made = await flat({ apartment: { letter: 'A', number: '1', splitter: 'b' } })
    const patched = async (apartment: Body | null) => await world.change('patch', `/v1/flats/${made.id}`, { apartment })
    const partsAfter = async (apartment: Body | null) => ((await patched(apartment)).body as Body)['apartment']
    expect(await partsAfter({ number: '2' })).toEqual({ letter: 'A', number: '2', splitter: 'b' })
    expect(await partsAfter({ letter: 'C', splitter: null })).toEqual({ letter: 'C', number: '2', splitter: null })
    expect(await partsAfter({})).toEqual({ letter: 'C', number: '2', splitter: null })
    expect(told(await patched({ letter: null, number: null }))).toEqual([
      422,
      'flat.apartmentIncomplete',
      '/apartment flat.apartmentIncomplete',
    ])
    expect(told(await patched({ letter: 5, door: '1' }))).toEqual([
      400,
      'request.malformed',
      '/apartment/door value.unknown',
      '/apartment/letter value.type',
    ])
    expect(await partsAfter(null)).toBeNull()
    expect(told(await patched({ splitter: 'b' }))).toEqual([422, 'flat.apartmentIncomplete', '/apartment flat.apartmentIncomplete'])
    expect(await partsAfter({ number: '2' })).toEqual({ letter: null, number: '2', splitter: null })
    const { items } = (await body(`/v1/flats/${made.id}/history`)) as { items?: { changes: Body[] }[] }
    expect(items?.at(-2)?.changes).toContainEqual({ field: 'apartmentNumber', before: '1', after: '2' })
    expect(items?.at(-2)?.changes).toHaveLength(2)
  })

  const newFlat = (buildingId: string): Body => ({
    landlordId: world.landlord,
    buildingId,
    roomCount: 2,
    squareMetres: 50,
    lift: false,
    maxPersons: 3,
  })

  test('need a landlord and a building that are there, and a whole apartment id', async () => {
    const answer = await world.send('post', '/v1/flats', {
      ...newFlat(randomUUID()),
      landlordId: randomUUID(),
      apartment: { letter: 'A', number: null, splitter: 'b' },
    })
    expect(told(answer)).toEqual([
      422,
      'request.invalid',
      '/landlordId reference.notFound',
      '/buildingId reference.notFound',
      '/apartment flat.apartmentIncomplete',
    ])
  })

  test('change by merge patch, on the version that was seen', async () => {
    const made = await flat()
    const changed = await world.change('patch', `/v1/flats/${made.id}`, {
      floor: null,
      maxPersons: 6,
      apartment: { letter: null, number: '7', splitter: null },
    })
    expect(changed.body).toMatchObject({
      floor: null,
      maxPersons: 6,
      apartment: { letter: null, number: '7', splitter: null },
      roomCount: 3,
      squareMetres: 71.5,
    })
    expect(told(await world.send('patch', `/v1/flats/${made.id}`, { floor: 1 }, { 'if-match': made.etag }))).toEqual([
      412,
      'precondition.failed',
    ])
    expect(told(await world.send('patch', `/v1/flats/${made.id}`, { floor: 1 }))).toEqual([428, 'precondition.required'])
    const { items } = (await body(`/v1/flats/${made.id}/history`)) as unknown as {
      items: { action: string; changes: { field: string }[] }[]
    }
    expect(items.map(({ action }) => action)).toEqual(['flat.updated', 'flat.created'])
    expect(items[0]?.changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['maxPersons', 'floor', 'apartmentNumber']))
  })

  test('have rooms with places', async () => {
    const home = await flat()
    const room = (await world.made('/v1/rooms', {
      flatId: home.id,
      name: 'Iso huone',
      kind: 'bedroom',
      squareMetres: 18,
      places: ['1', '2'],
    })) as Made
    expect(room).toMatchObject({
      flat: { id: home.id, reference: home.reference, address: home['address'] },
      name: 'Iso huone',
      places: ['1', '2'],
    })
    expect(await body(`/v1/flats/${home.id}`)).toMatchObject({
      rooms: [{ id: room.id, name: 'Iso huone', kind: 'bedroom', squareMetres: 18, places: ['1', '2'] }],
    })
    expect(told(await world.send('post', '/v1/rooms', { flatId: home.id, name: 'Iso huone', kind: 'bedroom' }))).toEqual([
      409,
      'room.nameTaken',
      '/name room.nameTaken',
    ])
    expect(told(await world.send('post', '/v1/rooms', { flatId: randomUUID(), name: 'Huone', kind: 'bedroom' }))).toEqual([
      422,
      'reference.notFound',
      '/flatId reference.notFound',
    ])
    expect((await world.change('patch', `/v1/rooms/${room.id}`, { places: [] })).body).toMatchObject({ places: [], squareMetres: 18 })
    expect(told(await world.change('delete', `/v1/flats/${home.id}`))).toEqual([409, 'record.inUse'])
    expect((await world.change('delete', `/v1/rooms/${room.id}`)).status).toBe(204)
    expect((await world.change('delete', `/v1/flats/${home.id}`)).status).toBe(204)
  })
})

test('another municipality’s area is as absent as none', async () => {
  const foreign = randomUUID()
  const id = randomUUID()
  await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Tampere')", [foreign])
  await app.owner.query("insert into areas (municipality_id, id, name, created_at, updated_at) values ($1, $2, 'Kaleva', now(), now())", [
    foreign,
    id,
  ])
  expect((await world.get(`/v1/areas/${id}`)).status).toBe(404)
  const answer = await world.send('post', '/v1/buildings', {
    areaId: id,
    type: 'other',
    streetAddress: 'Katu 1',
    postalCode: '33100',
    postOffice: 'Tampere',
  })
  expect(told(answer)).toEqual([422, 'reference.notFound', '/areaId reference.notFound'])
})
