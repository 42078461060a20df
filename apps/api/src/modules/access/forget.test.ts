import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { moduleWorld } from '../../../test/module-world.ts'
import { forgetOld } from './forget.ts'

const { app, world } = await moduleWorld()
const tables = ['sessions', 'refresh_tokens', 'idempotency_keys', 'one_time_links', 'throttles', 'sign_in_directory'] as const
const counts = async () =>
  Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, (await app.owner.query(`select from ${table}`)).rowCount] as const)),
  )

test('ended sessions, old keys, links and throttles are dropped a week later, in every municipality, and nothing that is in use', async () => {
  const { id: user } = await app.person('aino@kunta.example')
  await app.signIn('aino@kunta.example')
  await app.signIn('aino@kunta.example', 'wrong password altogether')
  const body = { name: 'Kuokkala' }
  expect((await world.send('post', '/v1/areas', body, { 'idempotency-key': 'first' })).status).toBe(201)
  await app.owner.query(
    `insert into one_time_links (municipality_id, id, user_id, purpose, token_hash, expires_at, created_at)
     values ($1, $2, $3, 'firstAdministrator', $4, $5, $5)`,
    [world.municipality, randomUUID(), user, randomBytes(32), app.time.now],
  )
  // Another municipality's rows go too, and only its old ones.
  const elsewhere = randomUUID()
  await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Toinen')", [elsewhere])
  for (const createdAt of ['2026-11-01Z', '2026-12-01Z']) {
    await app.owner.query(
      `insert into idempotency_keys (municipality_id, principal_id, operation, key_hash, request_hash, status, response, created_at)
       values ($1, $1, 'createArea', $2, $2, 201, $2, $3)`,
      [elsewhere, randomBytes(32), createdAt],
    )
  }
  const before = await counts()
  await forgetOld(app.deps)
  expect(await counts()).toEqual({ ...before, idempotency_keys: (before['idempotency_keys'] ?? 0) - 1 })

  await world.later(7, async () => {
    await forgetOld(app.deps)
    expect(await counts()).toMatchObject({ sessions: before['sessions'], refresh_tokens: before['refresh_tokens'] })
    expect((await world.send('post', '/v1/areas', body, { 'idempotency-key': 'first' })).headers['idempotency-replayed']).toBe('true')
  })

  await world.later(100, async () => {
    await app.signIn('aino@kunta.example')
    await forgetOld(app.deps)
    const users = (await app.owner.query('select from users')).rowCount
    expect(await counts()).toEqual({
      sessions: 1,
      refresh_tokens: 1,
      idempotency_keys: 0,
      one_time_links: 0,
      throttles: 1,
      sign_in_directory: (users ?? 0) + 1,
    })
  })
})
