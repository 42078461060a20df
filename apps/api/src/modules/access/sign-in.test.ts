import { hash } from '@node-rs/argon2'
import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cookieIn, password, startApp, type AccessApp } from '../../../test/access-app.ts'
import { hashPassword, isWeak } from './password-hashing.ts'
import { changeRoles, disableUser, setPassword } from './users.ts'

let kotoisa: AccessApp
beforeAll(async () => {
  kotoisa = await startApp()
})
// Each test counts its own failures.
beforeEach(() => kotoisa.owner.query('delete from throttles'))

const newEmail = () => `${randomUUID()}@jyvaskyla.example`
const storedHash = async (id: string) =>
  (await kotoisa.owner.query<{ password_hash: string }>('select password_hash from users where id = $1', [id])).rows[0]?.password_hash ?? ''

describe('signing in', () => {
  test('gives an access token, the user and a refresh cookie', async () => {
    const { id, email } = await kotoisa.person(newEmail())
    const answer = await kotoisa.signIn(email)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      accessToken: expect.any(String),
      expiresAt: '2026-11-24T09:15:00.000Z',
      idleEndsAt: '2026-11-24T09:30:00.000Z',
      sessionEndsAt: '2026-11-24T21:00:00.000Z',
      user: {
        id,
        name: 'Aino Esimerkki',
        email,
        roles: ['coordinator'],
        municipality: { id: await kotoisa.municipality(), name: 'Jyväskylä', contact: null, notice: null },
        landlord: null,
        locale: 'fi',
        listSettings: [],
      },
    })
    const current = await kotoisa.current(answer.body.accessToken)
    expect(current.body).toEqual({ user: answer.body.user, expiresAt: '2026-11-24T21:00:00.000Z' })
    expect(current.headers['cache-control']).toBe('no-store')
  })

  test('takes an address whatever its case', async () => {
    const { email } = await kotoisa.person(newEmail())
    expect((await kotoisa.signIn(email.toUpperCase())).status).toBe(200)
  })

  test('AU-09 the cookie is __Host-, HttpOnly, Secure, SameSite=Strict, for every path and no domain', async () => {
    const { email } = await kotoisa.person(newEmail())
    const [cookie, ...others] = (await kotoisa.signIn(email)).headers['set-cookie'] as unknown as string[]
    expect(others).toEqual([])
    expect(cookie).toMatch(/^__Host-kotoisa-refresh=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  })

  test('AU-04 the token tells nothing personal', async () => {
    const { id, email } = await kotoisa.person(newEmail())
    const [, body] = (await kotoisa.signIn(email)).body.accessToken.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'municipality', 'roles', 'sid', 'sub'])
    expect(claims).toMatchObject({ sub: id, aud: 'kotoisa-api', iss: 'http://127.0.0.1:3000', exp: claims.iat + 900 })
  })

  test('keeps in the log who signed in, in the transaction of the session', async () => {
    const { id, email } = await kotoisa.person(newEmail())
    await kotoisa.signIn(email)
    const { rows } = await kotoisa.owner.query(
      "select actor_kind, resource, source_address from audit_entries where action = 'session.started' and actor_id = $1",
      [id],
    )
    expect(rows).toEqual([{ actor_kind: 'person', resource: 'sessions', source_address: expect.stringMatching(/127\.0\.0\.1|::1/) }])
  })
})

describe('passwords', () => {
  test('AU-01 are kept as argon2id of at least 19456 KiB and two passes, with a salt of 16 bytes', async () => {
    const { id } = await kotoisa.person(newEmail())
    const [, memory, time, salt] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$/.exec(await storedHash(id)) ?? []
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(time)).toBeGreaterThanOrEqual(2)
    expect(Buffer.from(salt as string, 'base64')).toHaveLength(16)
  })

  test('AU-01 a hash of less work is made anew at the next sign-in, and no session ends by that', async () => {
    const { id, email } = await kotoisa.person(newEmail(), {
      passwordHash: await hash(password, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 }),
    })
    const first = await kotoisa.signIn(email)
    expect(isWeak(await storedHash(id))).toBe(false)
    expect((await kotoisa.signIn(email)).status).toBe(200)
    expect((await kotoisa.current(first.body.accessToken)).status).toBe(200)
  })

  test('AU-03 are compared exactly, and never cut', async () => {
    const long = 'x'.repeat(65)
    const { email } = await kotoisa.person(newEmail(), { passwordHash: await hashPassword(long) })
    expect((await kotoisa.signIn(email, long)).status).toBe(200)
    expect((await kotoisa.signIn(email, 'x'.repeat(64))).status).toBe(401)
    const odd = ' Ääkköset ja välit 🏠 '
    const other = await kotoisa.person(newEmail(), { passwordHash: await hashPassword(odd) })
    expect((await kotoisa.signIn(other.email, odd)).status).toBe(200)
    expect((await kotoisa.signIn(other.email, odd.trim())).status).toBe(401)
    expect((await kotoisa.signIn(other.email, odd.toLowerCase())).status).toBe(401)
  })

  test('AU-03 of a megabyte are refused without being hashed', async () => {
    const { email } = await kotoisa.person(newEmail())
    expect((await kotoisa.signIn(email, 'x'.repeat(1_000_000))).status).toBe(400)
    expect((await kotoisa.signIn(email, 'x'.repeat(1_100_000))).status).toBe(413)
    expect((await kotoisa.signIn(email, 'x'.repeat(201))).status).toBe(400)
  })
})

describe('AU-08 a session ends at once', () => {
  const ends: [string, (id: string, accessToken: string) => Promise<unknown>][] = [
    [
      'when the person signs out',
      (_id, token) => request(kotoisa.server).delete('/v1/sessions/current').set('authorization', `Bearer ${token}`).expect(204),
    ],
    ['when the account is disabled', (id) => kotoisa.asJob((ctx) => disableUser(ctx, id))],
    ['when the roles change', (id) => kotoisa.asJob((ctx) => changeRoles(ctx, id, ['finance']))],
    [
      'when the password changes',
      async (id) => kotoisa.asJob(async (ctx) => setPassword(ctx, id, await hashPassword('another long password'))),
    ],
    [
      'when the account is changed by hand in the database',
      (id) => kotoisa.owner.query("update users set roles = '{auditor}' where id = $1", [id]),
    ],
  ]
  test.each(ends)('%s', async (_when, end) => {
    const { id, email } = await kotoisa.person(newEmail())
    const opened = await kotoisa.signIn(email)
    expect((await kotoisa.current(opened.body.accessToken)).status).toBe(200)
    kotoisa.later(1)
    await end(id, opened.body.accessToken)
    const access = await kotoisa.current(opened.body.accessToken)
    expect([access.status, access.body.code]).toEqual([401, 'auth.sessionEnded'])
    expect((await kotoisa.refresh(cookieIn(opened))).status).toBe(401)
  })

  test('and signing out clears the cookie', async () => {
    const { email } = await kotoisa.person(newEmail())
    const { body } = await kotoisa.signIn(email)
    const answer = await request(kotoisa.server).delete('/v1/sessions/current').set('authorization', `Bearer ${body.accessToken}`)
    expect(answer.headers['set-cookie']).toEqual(['__Host-kotoisa-refresh=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict'])
    expect(answer.text).toBe('')
  })

  test('twelve hours after it began, however often it was refreshed', async () => {
    const { email } = await kotoisa.person(newEmail())
    const opened = await kotoisa.signIn(email)
    let refreshed = opened
    for (let done = 0; done < 11 * 60 + 55; done += 13 * 5) {
      for (const minutes of [25, 25, 15]) {
        kotoisa.later(minutes * 60)
        refreshed = await kotoisa.refresh(cookieIn(refreshed))
        expect(refreshed.status).toBe(200)
      }
    }
    expect(Date.parse(refreshed.body.expiresAt) - kotoisa.time.now.getTime()).toBe(5 * 60_000)
    kotoisa.later(5 * 60)
    expect((await kotoisa.current(refreshed.body.accessToken)).status).toBe(401)
    expect((await kotoisa.refresh(cookieIn(refreshed))).status).toBe(401)
  })
})

describe('AU-12 nobody learns who has an account', () => {
  test('an unknown address, a wrong password and a disabled account get the same answer', async () => {
    const known = await kotoisa.person(newEmail())
    const disabled = await kotoisa.person(newEmail())
    await kotoisa.asJob((ctx) => disableUser(ctx, disabled.id))
    const answers = [
      await kotoisa.signIn(newEmail()),
      await kotoisa.signIn(known.email, 'wrong wrong wrong'),
      await kotoisa.signIn(disabled.email),
    ]
    const seen = answers.map(({ status, body, headers }) => {
      const { requestId: _, ...rest } = body
      const names = Object.keys(headers)
        .filter((name) => name !== 'date')
        .sort()
      return { status, rest, names }
    })
    expect(seen[0]).toMatchObject({ status: 401, rest: { code: 'auth.badCredentials' } })
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  test('in the same time, within a factor of two', async () => {
    const known = await kotoisa.person(newEmail())
    const disabled = await kotoisa.person(newEmail())
    await kotoisa.asJob((ctx) => disableUser(ctx, disabled.id))
    const tries: Record<string, () => Promise<unknown>> = {
      unknown: () => kotoisa.signIn(newEmail()),
      wrong: () => kotoisa.signIn(known.email, 'wrong wrong wrong'),
      disabled: () => kotoisa.signIn(disabled.email),
    }
    const times: Record<string, number[]> = { unknown: [], wrong: [], disabled: [] }
    for (let round = 0; round < 9; round++) {
      await kotoisa.owner.query('delete from throttles')
      for (const [kind, attempt] of Object.entries(tries)) {
        const begun = performance.now()
        await attempt()
        times[kind]?.push(performance.now() - begun)
      }
    }
    // The fastest of each: what the work itself takes, whatever else the machine does.
    const fastest = Object.values(times).map((list) => Math.min(...list))
    expect(Math.max(...fastest) / Math.min(...fastest)).toBeLessThan(2)
  })
})

test('AU-02 fifty sign-ins at once leave the event loop free and end in nothing but 200 or 503', { retry: 2 }, async () => {
  const { email } = await kotoisa.person(newEmail())
  const signIns = Promise.all(Array.from({ length: 50 }, () => kotoisa.signIn(email)))
  const waits: number[] = []
  for (let i = 0; i < 40; i++) {
    const begun = performance.now()
    await request(kotoisa.server).get('/livez').expect(200)
    waits.push(performance.now() - begun)
  }
  const statuses = (await signIns).map(({ status }) => status)
  expect(statuses.every((status) => status === 200 || status === 503)).toBe(true)
  // The first of them waits for the fifty connections that this very process opens.
  expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(200)
})
