import { expect, test } from 'vitest'
import { sublease, told, type As } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { addSecret, revokeApiClient } from './api-clients.ts'
import { disableUser } from './users.ts'

const { app, world } = await moduleWorld()
type Item = Record<string, unknown>
const items = async (url: string, as?: As) => {
  const answer = await world.get(url, as ?? (await world.as('auditor')))
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${answer.text}`)
  return (answer.body as { items: Item[] }).items
}

test('administrators and auditors list people: roles, landlord, whether disabled, never a hash', async () => {
  await world.as('landlord')
  const { id } = await app.person('tove@kunta.example', { name: 'Åke Esimerkki', roles: ['coordinator', 'finance'] })
  await app.asJob((ctx) => disableUser(ctx, id))
  const emails = async (query: string) => (await items(`/v1/users${query}`, await world.as('admin'))).map(({ email }) => email)
  expect(await items('/v1/users?disabled=true')).toEqual([
    {
      id,
      etag: expect.stringMatching(/^"2\./) as string,
      createdAt: '2026-11-24T09:00:00.000Z',
      updatedAt: '2026-11-24T09:00:00.000Z',
      name: 'Åke Esimerkki',
      email: 'tove@kunta.example',
      roles: ['coordinator', 'finance'],
      landlord: null,
      locale: 'fi',
      endsOn: null,
      status: 'disabled',
      disabledAt: '2026-11-24T09:00:00.000Z',
    },
  ])
  expect(await items('/v1/users?role=landlord')).toMatchObject([{ landlord: { id: world.landlord, name: 'Esimerkkisäätiö' } }])
  expect(await emails(`?landlordId=${world.landlord}`)).toEqual([`landlord.${world.landlord}@kunta.example`])
  expect(await emails('?sort=email&disabled=false')).toEqual([
    'admin.city@kunta.example',
    'auditor.city@kunta.example',
    `landlord.${world.landlord}@kunta.example`,
  ])
  expect((await emails('?sort=-name')).at(0)).toBe('tove@kunta.example')
})

test('and API clients: scopes, how many secrets are in force, when used last, never a secret', async () => {
  const { id } = await app.client('palkat', ['landlords:read', 'flats:read'])
  const secret = await app.asJob((ctx) => addSecret(ctx, id))
  const { id: revoked } = await app.client('vanha')
  await app.asJob((ctx) => revokeApiClient(ctx, revoked))
  expect(await items('/v1/api-clients')).toEqual([
    {
      id,
      etag: expect.any(String) as string,
      createdAt: '2026-11-24T09:00:00.000Z',
      clientId: 'palkat',
      name: 'Ohjelma',
      scopes: ['landlords:read', 'flats:read'],
      landlord: null,
      secrets: 2,
      lastUsedAt: null,
      revokedAt: null,
    },
    expect.objectContaining({ clientId: 'vanha', revokedAt: '2026-11-24T09:00:00.000Z' }),
  ])
  expect((await app.token('palkat', secret)).status).toBe(200)
  expect(await items('/v1/api-clients?revoked=true')).toMatchObject([{ id: revoked }])
  expect(await items('/v1/api-clients?revoked=false&sort=-lastUsedAt,name')).toMatchObject([{ id, lastUsedAt: '2026-11-24T09:00:00.000Z' }])
})

test.each(['/v1/users', '/v1/api-clients'])('%s is closed to all others, and to clients', async (url) => {
  for (const role of ['coordinator', 'finance', 'supportWorker', 'landlord'] as const)
    expect(told(await world.get(url, await world.as(role))), role).toEqual([403, 'access.denied'])
  expect((await world.get(url, await world.asClient(['landlords:read']))).status).toBe(403)
  for (const query of ['?sort=id', '?unknown=1', '?role=god', '?cursor=x'])
    expect((await world.get(url + query, await world.as('admin'))).status, query).toBe(400)
})

test('a client that is limited to a landlord sees what that landlord sees, and changes nothing', async () => {
  const scopes = ['landlords:read', 'flats:read', 'head-leases:read', 'subleases:read', 'persons:read', 'households:read'] as const
  const { secret } = await app.client('talon-ohjelma', scopes, world.landlord)
  const token = `Bearer ${(await app.token('talon-ohjelma', secret)).body.access_token as string}`
  const other = await world.addLandlord('Toinen säätiö')
  const [own, foreign] = [await world.addFlat(), await world.addFlat({ landlord_id: other })]
  const head = await world.activeHeadLease(own)
  await world.made('/v1/subleases', sublease(head.id, await world.addHousehold('Esimerkki', 1)))
  await world.activeHeadLease(foreign)
  const landlord = await world.as('landlord')
  for (const url of [
    '/v1/landlords',
    '/v1/flats',
    '/v1/head-leases',
    '/v1/subleases',
    `/v1/flats/${own}`,
    `/v1/landlords/${world.landlord}`,
  ]) {
    const [program, person] = [await world.get(url, token), await world.get(url, landlord)]
    expect([url, program.status, program.body]).toEqual([url, 200, person.body])
  }
  expect((await world.get(`/v1/flats/${foreign}`, token)).status).toBe(404)
  for (const url of ['/v1/persons', '/v1/households', `/v1/flats/${own}/history`])
    expect([url, (await world.get(url, token)).status]).toEqual([url, 403])
  expect((await items('/v1/api-clients')).find(({ clientId }) => clientId === 'talon-ohjelma')).toMatchObject({
    landlord: { id: world.landlord, name: 'Esimerkkisäätiö' },
  })
  await expect(app.client('kirjoittaja', ['flats:write'], world.landlord)).rejects.toMatchObject({
    cause: { constraint: 'api_clients_landlord_reads' },
  })
  await expect(app.client('turvakielto', ['protected:read'], world.landlord)).rejects.toMatchObject({
    cause: { constraint: 'api_clients_landlord_reads' },
  })
})
