import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { headLease, sublease, told, type Body } from './lease-world.ts'
import { moduleWorld } from './module-world.ts'

/** L4 what was done to a record stays readable after it is gone, its deletion too. */
const { world } = await moduleWorld()
const street = { streetAddress: 'Esimerkkikatu 4', postalCode: '40740', postOffice: 'JYVÄSKYLÄ' }
const building = () => world.made('/v1/buildings', { areaId: world.area, ...street, type: 'apartmentBlock' })
const flat = async () => ({
  landlordId: world.landlord,
  buildingId: (await building()).id,
  roomCount: 2,
  squareMetres: 50,
  lift: false,
  maxPersons: 3,
})
const draft = async () => world.made('/v1/head-leases', headLease(await world.addFlat()))

const makes: Record<string, () => Promise<Body>> = {
  '/v1/areas': () => Promise.resolve({ name: `Alue ${world.next()}` }),
  '/v1/buildings': () => Promise.resolve({ areaId: world.area, ...street, type: 'apartmentBlock' }),
  '/v1/flats': flat,
  '/v1/rooms': async () => ({ flatId: await world.addFlat(), name: 'H1', kind: 'bedroom' }),
  '/v1/landlords': () => Promise.resolve({ name: 'Väliaikainen säätiö', businessId: '1572860-0', nonprofit: false }),
  '/v1/head-leases': async () => headLease(await world.addFlat()),
  '/v1/subleases': async () => sublease((await draft()).id, await world.addHousehold()),
  '/v1/vacancies': async () => {
    const flatId = await world.addFlat()
    await world.activeHeadLease(flatId)
    return { flatId, startsOn: '2026-01-01', endsOn: '2026-01-31', reason: 'turnover', bornBy: 'municipality' }
  },
}

describe('the history of a deleted record', () => {
  test.each(Object.keys(makes))('of %s stays with whoever read it before', async (url) => {
    const { id } = await world.made(url, (await makes[url]?.()) ?? {})
    expect((await world.change('delete', `${url}/${id}`)).status).toBe(204)
    expect((await world.get(`${url}/${id}`)).status).toBe(404)
    const { status, body } = await world.get(`${url}/${id}/history`)
    const actions = ((body as { items?: { action: string }[] }).items ?? []).map(({ action }) => action.split('.')[1])
    expect([status, ...actions]).toEqual([200, expect.stringMatching(/^(deleted|withdrawn)$/), 'created'])
    expect(told(await world.get(`${url}/${randomUUID()}/history`))).toEqual([404, 'record.notFound'])
    expect((await world.get(`${url}/${id}/history`, await world.as('landlord'))).status).toBe(403)
  })

  test('of a withdrawn draft tells a client without the right no values: whose it was cannot be told any more', async () => {
    const { id } = await world.made('/v1/subleases', sublease((await draft()).id, await world.addHousehold()))
    await world.change('delete', `/v1/subleases/${id}`)
    const { body } = await world.get(`/v1/subleases/${id}/history`, await world.asClient(['subleases:read']))
    expect((body as { items: Body[] }).items.map(({ changes, reason }) => [changes, reason])).toEqual([
      [null, null],
      [null, null],
    ])
  })
})
