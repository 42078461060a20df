import type { Problem } from '@kotoisa/contracts'
import request from 'supertest'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from '../../../test/access-app.ts'
import { addSecret, revokeApiClient, revokeOldSecrets } from './api-clients.ts'

let kotoisa: AccessApp
beforeAll(async () => {
  kotoisa = await startApp({
    options: {
      extend: ({ app }) => {
        for (const noun of ['flats', 'landlords'] as const) {
          app.get(`/test/${noun}`, { config: { access: { roles: [], scope: `${noun}:read` } } }, async () => ({ ok: true }))
        }
      },
    },
  })
})
beforeEach(() => kotoisa.owner.query('delete from throttles'))

let number = 0
const newClientId = () => `client-${++number}`

describe('POST /oauth/token', () => {
  test('gives a token with all scopes of the client, or those that it asks for', async () => {
    const clientId = newClientId()
    const { id, secret } = await kotoisa.client(clientId, ['landlords:read', 'flats:read'])
    const all = await kotoisa.token(clientId, secret)
    expect(all.status).toBe(200)
    expect(all.body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'landlords:read flats:read',
    })
    expect(all.headers['cache-control']).toBe('no-store')
    const some = await kotoisa.token(clientId, secret, { scope: 'flats:read' })
    expect(some.body.scope).toBe('flats:read')
    const claims = JSON.parse(Buffer.from(some.body.access_token.split('.')[1], 'base64url').toString())
    expect(claims).toMatchObject({ sub: id, client_id: clientId, scope: 'flats:read', aud: 'kotoisa-api', exp: claims.iat + 3600 })
    expect(claims).not.toHaveProperty('sid')
  })

  test('AU-16 a secret has 256 bits, is stored as a hash, and its last use is visible', async () => {
    const clientId = newClientId()
    const { id, secret } = await kotoisa.client(clientId)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    const { rows } = await kotoisa.owner.query('select row_to_json(s)::text as row from api_client_secrets s where api_client_id = $1', [
      id,
    ])
    expect(rows[0].row).not.toContain(secret)
    await kotoisa.token(clientId, secret)
    const used = await kotoisa.owner.query('select last_used_at from api_clients where id = $1', [id])
    expect(used.rows[0].last_used_at).toEqual(kotoisa.time.now)
  })

  test('AU-16 two secrets live side by side, the old one until it is revoked', async () => {
    const clientId = newClientId()
    const { id, secret: old } = await kotoisa.client(clientId)
    const fresh = await kotoisa.asJob((ctx) => addSecret(ctx, id))
    expect((await kotoisa.token(clientId, old)).status).toBe(200)
    expect((await kotoisa.token(clientId, fresh)).status).toBe(200)
    await expect(kotoisa.asJob((ctx) => addSecret(ctx, id))).rejects.toMatchObject({ code: 'apiClient.twoSecrets' })
    await kotoisa.asJob((ctx) => revokeOldSecrets(ctx, id))
    expect((await kotoisa.token(clientId, old)).status).toBe(401)
    expect((await kotoisa.token(clientId, fresh)).status).toBe(200)
  })

  test('AU-16 a token opens what its scope names and nothing else, whatever the client could have asked for', async () => {
    const clientId = newClientId()
    const { secret } = await kotoisa.client(clientId, ['landlords:read', 'flats:read'])
    const { body } = await kotoisa.token(clientId, secret, { scope: 'flats:read' })
    const get = (noun: string) => request(kotoisa.server).get(`/test/${noun}`).set('authorization', `Bearer ${body.access_token}`)
    expect((await get('flats')).status).toBe(200)
    const other = await get('landlords')
    expect([other.status, other.body.code]).toEqual([403, 'access.denied'])
  })

  test('AU-16 a client has no session of a person', async () => {
    const clientId = newClientId()
    const { secret } = await kotoisa.client(clientId)
    const { body } = await kotoisa.token(clientId, secret)
    expect((await kotoisa.current(body.access_token)).status).toBe(403)
  })

  test('J4 a revoked client is refused at once, its tokens too', async () => {
    const clientId = newClientId()
    const { id, secret } = await kotoisa.client(clientId)
    const { body } = await kotoisa.token(clientId, secret)
    await kotoisa.asJob((ctx) => revokeApiClient(ctx, id))
    const access = await kotoisa.current(body.access_token)
    expect([access.status, access.body.code]).toEqual([401, 'auth.sessionEnded'])
    expect((await kotoisa.token(clientId, secret)).status).toBe(401)
  })

  test('an unknown client, a wrong secret and a revoked client are one answer', async () => {
    const clientId = newClientId()
    const { id, secret } = await kotoisa.client(clientId)
    const wrong = await kotoisa.token(clientId, 'wrong')
    const unknown = await kotoisa.token('nobody', 'wrong')
    await kotoisa.asJob((ctx) => revokeApiClient(ctx, id))
    const revoked = await kotoisa.token(clientId, secret)
    for (const { status, body, headers } of [wrong, unknown, revoked]) {
      expect(status).toBe(401)
      expect(body).toEqual({ ...wrong.body, requestId: body.requestId })
      expect(body).toMatchObject({ error: 'invalid_client', code: 'oauth.invalidClient', type: '/docs/problems/oauth.invalidClient' })
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(headers['www-authenticate']).toMatch(/^Basic realm="kotoisa"/)
    }
  })

  test('AU-11 guessing a secret is slowed', async () => {
    const clientId = newClientId()
    const { secret } = await kotoisa.client(clientId)
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) statuses.push((await kotoisa.token(clientId, 'wrong')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    kotoisa.later(10)
    expect((await kotoisa.token(clientId, secret)).status).toBe(200)
  })

  const post = () => request(kotoisa.server).post('/oauth/token')
  const cases: [string, (clientId: string, secret: string) => request.Test, number, string][] = [
    ['no Authorization', () => post().type('form').send({ grant_type: 'client_credentials' }), 401, 'invalid_client'],
    [
      'Bearer instead of Basic',
      () => post().type('form').set('authorization', 'Bearer x').send({ grant_type: 'client_credentials' }),
      401,
      'invalid_client',
    ],
    [
      'broken base64',
      () => post().type('form').set('authorization', 'Basic ???').send({ grant_type: 'client_credentials' }),
      401,
      'invalid_client',
    ],
    ['another grant', (id, secret) => post().auth(id, secret).type('form').send({ grant_type: 'password' }), 400, 'unsupported_grant_type'],
    ['no grant', (id, secret) => post().auth(id, secret).type('form').send({ scope: 'landlords:read' }), 400, 'invalid_request'],
    ['no body', (id, secret) => post().auth(id, secret), 400, 'invalid_request'],
    [
      'an unknown scope',
      (id, secret) => post().auth(id, secret).type('form').send({ grant_type: 'client_credentials', scope: 'landlords:read all' }),
      400,
      'invalid_scope',
    ],
    [
      'a scope that it does not have',
      (id, secret) => post().auth(id, secret).type('form').send({ grant_type: 'client_credentials', scope: 'protected:read' }),
      400,
      'invalid_scope',
    ],
    [
      'an unknown field',
      (id, secret) => post().auth(id, secret).type('form').send({ grant_type: 'client_credentials', municipality: 'x' }),
      400,
      'invalid_request',
    ],
    [
      'a field twice',
      (id, secret) => post().auth(id, secret).type('form').send('grant_type=client_credentials&grant_type=client_credentials'),
      400,
      'invalid_request',
    ],
    [
      'bytes that are no UTF-8',
      (id, secret) => post().auth(id, secret).type('form').send('grant_type=client_credentials&scope=%ff%c0'),
      400,
      'invalid_request',
    ],
    ['JSON', (id, secret) => post().auth(id, secret).send({ grant_type: 'client_credentials' }), 415, 'invalid_request'],
  ]
  test.each(cases)('%s: a problem document with `error`', async (_name, send, status, error) => {
    const clientId = newClientId()
    const { secret } = await kotoisa.client(clientId)
    const answer = await send(clientId, secret)
    expect([answer.status, answer.body.status, answer.body.error]).toEqual([status, status, error])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })

  test.each<[string, string[]]>([
    ['', ['/grant_type value.missing']],
    ['scope=', ['/grant_type value.missing', '/scope value.tooShort']],
    ['grant_type=&scope=', ['/grant_type oauth.unsupportedGrantType', '/scope value.tooShort']],
    ['grant_type=password&colour=red', ['/grant_type oauth.unsupportedGrantType', '/colour value.unknown']],
    ['grant_type=client_credentials&scope=', ['/scope value.tooShort']],
    ['grant_type=client_credentials&scope=all', ['/scope oauth.invalidScope']],
  ])('the form "%s" is told each faulty field', async (form, faults) => {
    const clientId = newClientId()
    const { secret } = await kotoisa.client(clientId)
    const to = post().auth(clientId, secret)
    const answer = form === '' ? await to : await to.type('form').send(form)
    expect(answer.status).toBe(400)
    expect((answer.body as Problem).errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(faults)
  })

  test('the form that browsers and libraries send, with its charset, is taken', async () => {
    const clientId = newClientId()
    const { secret } = await kotoisa.client(clientId)
    const answer = await post()
      .auth(clientId, secret)
      .set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8')
      .send('grant_type=client_credentials&scope=landlords%3Aread')
    expect(answer.status).toBe(200)
  })
})
