import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { cookieIn, startApp, type AccessApp } from '../../../test/access-app.ts'

let kotoisa: AccessApp
beforeAll(async () => {
  kotoisa = await startApp()
})

const opened = async () => {
  const { email } = await kotoisa.person(`${randomUUID()}@jyvaskyla.example`)
  return kotoisa.signIn(email)
}

describe('refreshing', () => {
  test('answers as signing in does, with a new token each time', async () => {
    const first = await opened()
    kotoisa.later(60)
    const second = await kotoisa.refresh(cookieIn(first))
    expect(second.status).toBe(200)
    expect(second.body.user).toEqual(first.body.user)
    expect(Date.parse(second.body.expiresAt)).toBe(Date.parse(first.body.expiresAt) + 60_000)
    expect(cookieIn(second)).not.toBe(cookieIn(first))
  })

  test('AU-06 tokens have 256 bits and are stored as a hash', async () => {
    const token = cookieIn(await opened())
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const { rows } = await kotoisa.owner.query(
      "select 1 from refresh_tokens where encode(token_hash, 'escape') like '%' || $1 || '%' or token_hash = $2",
      [token, Buffer.from(token, 'base64url')],
    )
    expect(rows).toEqual([])
  })

  test('AU-06 a second use ends the session, its newer token and its access tokens', async () => {
    const first = await opened()
    const second = await kotoisa.refresh(cookieIn(first))
    const again = await kotoisa.refresh(cookieIn(first))
    expect([again.status, again.body.code]).toEqual([401, 'auth.refreshReused'])
    expect(again.headers['set-cookie']?.[0]).toContain('Max-Age=0')
    expect((await kotoisa.refresh(cookieIn(second))).status).toBe(401)
    expect((await kotoisa.current(second.body.accessToken)).status).toBe(401)
    expect((await kotoisa.current(first.body.accessToken)).status).toBe(401)
    const { rows } = await kotoisa.owner.query(
      "select count(*)::int as n from audit_entries where action = 'session.refreshReused' and actor_id = $1",
      [first.body.user.id],
    )
    expect(rows[0].n).toBe(1)
  })

  test('AU-07 of twelve uses at once exactly one succeeds, and the session has ended', async () => {
    for (let round = 0; round < 3; round++) {
      const token = cookieIn(await opened())
      const answers = await Promise.all(Array.from({ length: 12 }, () => kotoisa.refresh(token)))
      const good = answers.filter(({ status }) => status === 200)
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(11).fill(401)])
      expect((await kotoisa.refresh(cookieIn(good[0] as never))).status).toBe(401)
      expect((await kotoisa.current(good[0]?.body.accessToken)).status).toBe(401)
    }
  })

  test('an unknown, a missing and a misshapen token are 401', async () => {
    for (const token of ['A'.repeat(43), '', 'x', 'A'.repeat(5000)]) expect((await kotoisa.refresh(token)).status).toBe(401)
  })

  test('the cookie opens nothing but refreshing', async () => {
    const cookie = `__Host-kotoisa-refresh=${cookieIn(await opened())}`
    expect((await request(kotoisa.server).get('/v1/sessions/current').set({ cookie })).status).toBe(401)
    expect((await request(kotoisa.server).delete('/v1/sessions/current').set({ cookie })).status).toBe(401)
  })

  test('a rotation whose caller has gone is finished', async () => {
    const token = cookieIn(await opened())
    await kotoisa.app.listen({ port: 0, host: '127.0.0.1' })
    const address = kotoisa.server.address() as { port: number }
    const used = 'select from refresh_tokens where used_at is not null'
    const usedBefore = (await kotoisa.owner.query(used)).rowCount
    const lock = await kotoisa.owner.connect()
    await lock.query('begin')
    await lock.query('select from refresh_tokens for update')
    // The request stands at the lock when its connection is cut.
    const socket = connect(address.port, '127.0.0.1')
    socket.write(
      `POST /v1/sessions/refresh HTTP/1.1\r\nHost: x\r\nOrigin: ${kotoisa.deps.config.publicUrl}\r\nX-Requested-With: XMLHttpRequest\r\nCookie: __Host-kotoisa-refresh=${token}\r\nContent-Length: 0\r\n\r\n`,
    )
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%refresh_tokens%'"
    while ((await kotoisa.owner.query(waiting)).rowCount === 0);
    socket.destroy()
    await lock.query('commit')
    lock.release()
    while ((await kotoisa.owner.query(used)).rowCount === usedBefore);
    expect((await kotoisa.refresh(token)).body.code).toBe('auth.refreshReused')
  })
})

describe('AU-10 the cookie is taken from our own page only', () => {
  const own = { origin: 'http://127.0.0.1:3000', 'x-requested-with': 'XMLHttpRequest' }
  const variants: [string, Record<string, string>, number][] = [
    ['no origin', { 'x-requested-with': own['x-requested-with'] }, 403],
    ['origin null', { ...own, origin: 'null' }, 403],
    ['another site', { ...own, origin: 'https://evil.example' }, 403],
    ['a sibling of the same site', { ...own, origin: 'http://other.127.0.0.1:3000' }, 403],
    ['another port', { ...own, origin: 'http://127.0.0.1:3001' }, 403],
    ['no custom header', { origin: own.origin }, 403],
    ['another custom header', { ...own, 'x-requested-with': 'fetch' }, 403],
    ['a cross-site fetch', { ...own, 'sec-fetch-site': 'cross-site' }, 403],
    ['a same-site fetch', { ...own, 'sec-fetch-site': 'same-site' }, 403],
  ]
  test.each(variants)('%s: refused, and the token stays unspent', async (_name, headers, status) => {
    const cookie = cookieIn(await opened())
    const answer = await request(kotoisa.server)
      .post('/v1/sessions/refresh')
      .set({ ...headers, cookie: `__Host-kotoisa-refresh=${cookie}` })
    expect([answer.status, answer.body.code]).toEqual([status, 'auth.forbiddenOrigin'])
    expect((await kotoisa.refresh(cookie)).status).toBe(200)
  })

  test('text/plain with a body: refused, and the token stays unspent', async () => {
    const cookie = cookieIn(await opened())
    const answer = await kotoisa.refresh(cookie).set('content-type', 'text/plain').send('x')
    expect([403, 415]).toContain(answer.status)
    expect((await kotoisa.refresh(cookie, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })
})
