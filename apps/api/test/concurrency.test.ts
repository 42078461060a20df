import { randomUUID } from 'node:crypto'
import request, { type Response } from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from './access-app.ts'
import { moduleWorld } from './module-world.ts'
import { sublease } from './lease-world.ts'

const { app, world } = await moduleWorld({ demoData: true })
let second: AccessApp
let token = ''
beforeAll(async () => {
  // Another process behind the same address: its own pool, the same database.
  second = await startApp({ database: app.database })
  token = await world.as('coordinator')
})

let count = 0
const area = () => ({ name: `Alue ${++count}` })
const post = (url: string, body: object, key: string | undefined, server = app.server) => {
  const sent = request(server).post(url).set('authorization', token)
  return (key === undefined ? sent : sent.set('idempotency-key', key)).send(body)
}
const code = ({ status, body }: Response) => [status, (body as { code?: string }).code]
const areasNamed = async (name: string) =>
  Number((await app.owner.query('select count(*) from areas where name = $1', [name])).rows[0].count)

describe('CO-01 a write that is sent again has one effect (Z37)', () => {
  test('the same request under the same key gives the same bytes, says so, and makes one row', async () => {
    const body = area()
    const first = await post('/v1/areas', body, 'key-1')
    const again = await post('/v1/areas', body, 'key-1')
    expect([first.status, again.status, again.text, again.headers['idempotency-replayed'], again.headers['location']]).toEqual([
      201,
      201,
      first.text,
      'true',
      first.headers['location'],
    ])
    expect(first.headers['location']).toContain(`/v1/areas/${(first.body as { id: string }).id}`)
    expect(await areasNamed(body.name)).toBe(1)
  })

  test('another request under the key is 422; a key is needed and has to be printable', async () => {
    expect((await post('/v1/areas', area(), 'key-2')).status).toBe(201)
    expect(code(await post('/v1/areas', area(), 'key-2'))).toEqual([422, 'idempotency.keyReused'])
    expect(code(await post('/v1/areas', area(), undefined))).toEqual([400, 'idempotency.keyMissing'])
    for (const bad of ['', ' ', 'x'.repeat(256)]) expect((await post('/v1/areas', area(), bad)).status).toBe(400)
  })

  test('a refused request may be tried again with its key', async () => {
    expect((await post('/v1/areas', { name: '' }, 'key-3')).status).toBe(400)
    expect((await post('/v1/areas', area(), 'key-3')).status).toBe(201)
  })

  test('each principal and operation has its own keys', async () => {
    const other = await world.asClient(['areas:write', 'areas:read'])
    expect((await post('/v1/areas', area(), 'key-4')).status).toBe(201)
    const theirs = await request(app.server).post('/v1/areas').set({ authorization: other, 'idempotency-key': 'key-4' }).send(area())
    expect([theirs.status, theirs.headers['idempotency-replayed']]).toEqual([201, undefined])
  })

  test('a command replays before its precondition is looked at', async () => {
    const flat = await world.addFlat()
    const lease = await world.made('/v1/head-leases', {
      flatId: flat,
      term: 'indefinite',
      startsOn: '2026-01-01',
      rentParts: [{ kind: 'base', cents: 1 }],
    })
    const sign = () =>
      request(app.server)
        .post(`/v1/head-leases/${lease.id}/sign`)
        .set({ authorization: token, 'idempotency-key': 'key-5', 'if-match': lease.etag })
        .send({ signedOn: '2026-01-01' })
    const [first, again] = [await sign(), await sign()]
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text])
  })
})

test('CO-02 24 equal creates at once over two processes make one row: one answer, or “under way”', async () => {
  const body = area()
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, i) => post('/v1/areas', body, 'key-6', i % 2 === 0 ? app.server : second.server)),
  )
  expect(answers.map(code).every(([status, why]) => status === 201 || (status === 409 && why === 'idempotency.inFlight'))).toBe(true)
  expect(answers.some(({ status }) => status === 201)).toBe(true)
  expect(await areasNamed(body.name)).toBe(1)
})

test('CO-03 what was answered before an order was set is not told again to who may not see it', async () => {
  const person = await world.made('/v1/persons', {
    firstNames: 'Salla',
    lastName: 'Salainen',
    migriNumber: '7771',
    birthDate: '1990-01-01',
  })
  const client = await world.asClient(['households:write', 'households:read', 'persons:write'])
  const make = () =>
    request(app.server)
      .post('/v1/households')
      .set({ authorization: client, 'idempotency-key': 'key-7' })
      .send({ name: 'Salainen', members: [{ personId: person.id, joinedOn: '2026-01-01' }] })
  expect((await make()).status).toBe(201)
  await world.done(`/v1/persons/${person.id}/address-protection`, { grantedOn: '2026-11-20', endsOn: null })
  const again = await make()
  expect(code(again)).toEqual([409, 'idempotency.notReplayable'])
  expect(again.text).not.toContain('Salainen')
})

describe('CO-04 a change on a stale copy is refused', () => {
  test('428 without a tag, 412 for an old, weak, starred, listed or odd one', async () => {
    const made = await world.made('/v1/areas', area())
    const patch = (ifMatch?: string) => {
      const sent = request(app.server).patch(`/v1/areas/${made.id}`).set('authorization', token)
      return (ifMatch === undefined ? sent : sent.set('if-match', ifMatch)).send(area())
    }
    expect(code(await patch())).toEqual([428, 'precondition.required'])
    for (const bad of ['*', `W/${made.etag}`, `${made.etag}, "x"`, 'rubbish', '"9.abc"', '""'])
      expect(code(await patch(bad))).toEqual([412, 'precondition.failed'])
    const changed = await patch(made.etag)
    expect([changed.status, changed.headers['etag']]).toEqual([200, (changed.body as { etag: string }).etag])
    expect(code(await patch(made.etag))).toEqual([412, 'precondition.failed'])
  })

  test('of 24 changes at once one wins, and what is stored is the winner’s', async () => {
    const made = await world.made('/v1/areas', area())
    const names = Array.from({ length: 24 }, () => area())
    const answers = await Promise.all(
      names.map((body, i) =>
        request(i % 2 === 0 ? app.server : second.server)
          .patch(`/v1/areas/${made.id}`)
          .set({ authorization: token, 'if-match': made.etag })
          .send(body),
      ),
    )
    const won = answers.filter(({ status }) => status === 200)
    expect([won.length, answers.filter(({ status }) => status === 412).length]).toEqual([1, 23])
    expect((await world.get(`/v1/areas/${made.id}`)).body).toMatchObject({ name: (won.at(0) as Response).body.name as string })
  })

  test('If-None-Match takes lists, weak tags and a star: 304 without a body', async () => {
    const made = await world.made('/v1/areas', area())
    for (const tag of [made.etag, `W/${made.etag}`, `"x", ${made.etag}`, '*']) {
      const answer = await request(app.server).get(`/v1/areas/${made.id}`).set({ authorization: token, 'if-none-match': tag })
      expect([answer.status, answer.text]).toEqual([304, ''])
    }
    expect((await request(app.server).get(`/v1/areas/${made.id}`).set({ authorization: token, 'if-none-match': '"1.other"' })).status).toBe(
      200,
    )
  })
})

test('CO-05, Z13 of ten overlapping subleases at once over two processes one wins and nine are 409', async () => {
  const head = await world.activeHeadLease(await world.addFlat())
  const household = await world.addHousehold()
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      post('/v1/subleases', sublease(head.id, household), randomUUID(), i % 2 === 0 ? app.server : second.server),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)])
  for (const answer of answers.filter(({ status }) => status === 409)) expect(code(answer)).toEqual([409, 'lease.overlap'])
})

test('readings that are kept do not wait for one another’s connection, however many there are', async () => {
  await world.addHousehold('Esimerkki', 2)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      request(app.server)
        .get(`/v1/${i % 2 ? 'persons' : 'households'}`)
        .set('authorization', token),
    ),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
})

test('CO-08 a serialisation failure is tried again, and is 503 when it goes on', async () => {
  await app.owner.query(`create sequence tries; grant usage on sequence tries to kotoisa_app;
    create function fail_twice() returns trigger language plpgsql as $$ begin
      if new.name like 'Riita%' and (nextval('tries') < 3 or new.name = 'Riita aina') then raise exception 'again' using errcode = '40001'; end if;
      return new;
    end $$;
    create trigger fail_twice before insert on areas for each row execute function fail_twice()`)
  expect((await post('/v1/areas', { name: 'Riita' }, 'key-8')).status).toBe(201)
  const never = await post('/v1/areas', { name: 'Riita aina' }, 'key-9')
  expect([...code(never), never.headers['retry-after']]).toEqual([503, 'server.unavailable', '5'])
})

test('DP-04 the runtime may add to the log and change nothing in it', async () => {
  const { rows } = await app.owner.query<{ privilege_type: string }>(
    "select privilege_type from information_schema.role_table_grants where grantee = 'kotoisa_app' and table_name = 'audit_entries' order by 1",
  )
  expect(rows.map(({ privilege_type }) => privilege_type)).toEqual(['INSERT', 'SELECT'])
  await expect(
    app
      .asJob((ctx) => ctx.db.execute("update audit_entries set action = 'x'" as never))
      .catch((error: { cause?: { code?: string } }) => Promise.reject(new Error(error.cause?.code))),
  ).rejects.toThrow('42501')
})
