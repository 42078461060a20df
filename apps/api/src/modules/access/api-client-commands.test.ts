import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()
const url = '/v1/api-clients'
const add = async (body: Body = {}, headers: Record<string, string> = {}, as?: As) =>
  world.send(
    'post',
    url,
    { clientId: `ohjelma-${world.next()}`, name: 'Palkat', scopes: ['flats:read', 'subleases:read'], ...body },
    headers,
    as ?? (await world.as('admin')),
  )
const tagOf = async (id: string) => ({
  'if-match': ((await world.get(`${url}/${id}`, await world.as('admin'))).body as { etag: string }).etag,
})
const command = async (id: string, act: string) => world.send('post', `${url}/${id}/${act}`, {}, await tagOf(id), await world.as('admin'))
const patch = async (id: string, body: Body) => world.send('patch', `${url}/${id}`, body, await tagOf(id), await world.as('admin'))
const works = async (clientId: string, secret: string) => (await app.token(clientId, secret)).status
type Told = { id: string; clientId: string; secret: string }

test('AU-16 the secret stands in the one answer: not in a later read, a replay, the database or the log', async () => {
  const key = { 'idempotency-key': randomUUID() }
  const body = { clientId: 'talouden-raportit' }
  const made = await add(body, key)
  const { id, clientId, secret } = made.body as Told
  expect([made.status, made.headers['etag']]).toEqual([201, expect.any(String)])
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(await works(clientId, secret)).toBe(200)
  expect(told(await add(body, key))).toEqual([409, 'idempotency.notReplayable'])
  const read = await world.get(`${url}/${id}`, await world.as('admin'))
  expect(read.body).toMatchObject({ secrets: 1, lastUsedAt: '2026-11-24T09:00:00.000Z', revokedAt: null })
  expect(read.body).not.toHaveProperty('secret')
  const dump = await app.owner.query(
    'select to_jsonb(a) as row from audit_entries a union all select to_jsonb(s) from api_client_secrets s',
  )
  expect(JSON.stringify(dump.rows) + app.lines.join('')).not.toContain(secret)
})

test('AU-16 a second secret works beside the first until the older is revoked', async () => {
  const { id, clientId, secret } = (await add()).body as Told
  const before = await tagOf(id)
  const second = ((await command(id, 'secrets')).body as Told).secret
  expect(told(await world.send('post', `${url}/${id}/secrets`, {}, before, await world.as('admin')))).toEqual([412, 'precondition.failed'])
  expect([await works(clientId, secret), await works(clientId, second)]).toEqual([200, 200])
  expect(told(await command(id, 'secrets'))).toEqual([409, 'apiClient.twoSecrets'])
  expect((await command(id, 'revoke-old-secrets')).body).toMatchObject({ secrets: 1 })
  expect([await works(clientId, secret), await works(clientId, second)]).toEqual([401, 200])
  expect(told(await command(id, 'revoke-old-secrets'))).toEqual([409, 'apiClient.oneSecret'])
})

test('other scopes hold from the next token on; a revoked client and its tokens end at once', async () => {
  const { id, clientId, secret } = (await add()).body as Told
  expect((await patch(id, { name: 'Uusi nimi', scopes: ['flats:read'] })).body).toMatchObject({ name: 'Uusi nimi', scopes: ['flats:read'] })
  const token = (await app.token(clientId, secret)).body as { access_token: string; scope: string }
  expect(token.scope).toBe('flats:read')
  expect((await world.get('/v1/flats', `Bearer ${token.access_token}`)).status).toBe(200)
  expect((await command(id, 'revoke')).body).toMatchObject({ revokedAt: '2026-11-24T09:00:00.000Z' })
  expect((await world.get('/v1/flats', `Bearer ${token.access_token}`)).status).toBe(401)
  expect(await works(clientId, secret)).toBe(401)
  for (const act of ['revoke', 'secrets', 'revoke-old-secrets']) expect(told(await command(id, act))).toEqual([409, 'apiClient.isRevoked'])
  expect(told(await patch(id, { name: 'x' }))).toEqual([409, 'apiClient.isRevoked'])
  const history = (await world.get(`${url}/${id}/history`, await world.as('auditor'))).body as { items: { action: string }[] }
  expect(history.items.map(({ action }) => action).toSorted()).toEqual(
    ['apiClient.created', 'apiClient.secretAdded', 'apiClient.updated', 'apiClient.revoked'].toSorted(),
  )
})

test('a client id is taken once, in whichever municipality; a client of a landlord only reads', async () => {
  const { clientId } = (await add()).body as Told
  expect(told(await add({ clientId }))).toEqual([409, 'apiClient.clientIdTaken', '/clientId apiClient.clientIdTaken'])
  for (const scopes of [['flats:write'], ['protected:read']])
    expect(told(await add({ scopes, landlordId: world.landlord }))).toEqual([
      422,
      'apiClient.landlordReadsOnly',
      '/scopes apiClient.landlordReadsOnly',
    ])
  expect(told(await add({ landlordId: randomUUID() }))).toEqual([422, 'reference.notFound', '/landlordId reference.notFound'])
  for (const bad of [{ clientId: 'Iso' }, { scopes: [] }, { scopes: ['everything'] }, { secret: 'x' }])
    expect((await add(bad)).status).toBe(400)
})

test('others may not', async () => {
  const { id } = (await add()).body as Told
  for (const role of ['coordinator', 'finance', 'supportWorker', 'landlord', 'auditor'] as const) {
    const as = await world.as(role)
    expect(told(await add({}, {}, as))).toEqual([403, 'access.denied'])
    for (const act of ['revoke', 'secrets', 'revoke-old-secrets'])
      expect((await world.send('post', `${url}/${id}/${act}`, {}, {}, as)).status).toBe(403)
    expect((await world.get(`${url}/${id}`, as)).status).toBe(role === 'auditor' ? 200 : 403)
  }
})
