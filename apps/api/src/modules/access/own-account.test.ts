import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { cookieIn, password } from '../../../test/access-app.ts'
import { told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { catchMail } from '../../../test/smtp-catcher.ts'
import { deliverLetters } from './deliver-letters.ts'
import { disableUser } from './users.ts'

const mail = await catchMail()
const { app, world } = await moduleWorld({ smtpUrl: mail.url })
beforeEach(async () => {
  mail.letters.length = 0
  for (const table of ['throttles', 'letters', 'password_resets']) await app.owner.query(`delete from ${table}`)
})
const newEmail = () => `${randomUUID()}@kunta.example`
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const bearerOf = ({ body }: { body: unknown }) => `Bearer ${(body as { accessToken: string }).accessToken}`
const sessionsOf = async (as: string) => ((await world.get('/v1/sessions', as)).body as { items: Body[] }).items
const letters = async () => {
  await deliverLetters(app.deps)
  return mail.letters.map(({ to, head }) => [...to, /^Subject: (.*)$/m.exec(head)?.[1]])
}

describe('AU-20 one’s own sessions', () => {
  test('are listed with device and address, and ended one by one', async () => {
    const { email } = await app.person(newEmail())
    const [here, there] = [await app.signIn(email), await app.signIn(email).set('user-agent', firefox)]
    expect(await sessionsOf(bearerOf(here))).toEqual([
      expect.objectContaining({ device: 'Firefox · Linux', current: false }),
      {
        id: expect.any(String) as string,
        startedAt: '2026-11-24T09:00:00.000Z',
        lastUsedAt: '2026-11-24T09:00:00.000Z',
        endsAt: '2026-11-24T21:00:00.000Z',
        device: null,
        sourceAddress: expect.stringContaining('127.0.0.1') as string,
        current: true,
      },
    ])
    const [other] = await sessionsOf(bearerOf(here))
    const end = (id: unknown, as: string) => world.send('delete', `/v1/sessions/${id as string}`, undefined, {}, as)
    expect((await end(other?.['id'], await world.as('finance'))).status).toBe(404)
    expect((await end(other?.['id'], bearerOf(here))).status).toBe(204)
    expect((await app.current((there.body as { accessToken: string }).accessToken)).status).toBe(401)
    expect((await end(other?.['id'], bearerOf(here))).status).toBe(404)
    expect(await sessionsOf(bearerOf(here))).toHaveLength(1)
  })

  test('an administrator sees and ends anybody’s, an auditor sees them', async () => {
    const { id, email } = await app.person(newEmail())
    const there = await app.signIn(email)
    const { body } = await world.get(`/v1/users/${id}/sessions`, await world.as('auditor'))
    const [session] = (body as { items: [{ id: string }] }).items
    const end = async (as: string) => (await world.send('delete', `/v1/sessions/${session.id}`, undefined, {}, as)).status
    expect(await end(await world.as('auditor'))).toBe(404)
    expect(await end(await world.as('admin'))).toBe(204)
    expect((await app.current((there.body as { accessToken: string }).accessToken)).status).toBe(401)
    for (const role of ['coordinator', 'landlord'] as const)
      expect((await world.get(`/v1/users/${id}/sessions`, await world.as(role))).status).toBe(403)
    expect((await world.get(`/v1/users/${randomUUID()}/sessions`, await world.as('admin'))).status).toBe(404)
  })

  test('signing out tells the browser to drop what it keeps', async () => {
    const here = await app.signIn((await app.person(newEmail())).email)
    const out = await request(app.server).delete('/v1/sessions/current').set('authorization', bearerOf(here))
    expect([out.status, out.headers['clear-site-data']]).toEqual([204, '"cache"'])
  })

  test('a sign-in on a new device is told by a letter, the first one and a known one are not', async () => {
    const { email } = await app.person(newEmail())
    await app.signIn(email).set('user-agent', firefox)
    await app.signIn(email).set('user-agent', firefox)
    expect(await letters()).toEqual([])
    await app.signIn(email).set('user-agent', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0')
    expect(await letters()).toEqual([[email, 'Tunnuksellasi kirjauduttiin uudella laitteella']])
  })
})

describe('AU-17 a session that lies', () => {
  test('for half an hour ends; one that is refreshed in time goes on, and no longer than twelve hours', async () => {
    const { email } = await app.person(newEmail())
    const opened = await app.signIn(email)
    expect(opened.body).toMatchObject({ idleEndsAt: '2026-11-24T09:30:00.000Z', sessionEndsAt: '2026-11-24T21:00:00.000Z' })
    const begun = app.time.now
    let answer = opened
    for (let half = 0; half < 24; half++) {
      app.later(1799)
      answer = await app.refresh(cookieIn(answer))
      expect(answer.status).toBe(200)
    }
    app.later(60)
    expect(told(await app.refresh(cookieIn(answer)))).toEqual([401, 'auth.sessionEnded'])
    app.time.now = begun

    const idle = await app.signIn(email)
    app.later(1800)
    expect(told(await app.refresh(cookieIn(idle)))).toEqual([401, 'auth.sessionEnded'])
    app.time.now = begun
    expect((await app.current((idle.body as { accessToken: string }).accessToken)).status).toBe(401)
  })
})

describe('changing the own password', () => {
  const change = (as: string, body: Body) => request(app.server).post('/v1/sessions/current/password').set('authorization', as).send(body)
  const chosen = 'a wholly different sentence'

  test('keeps this session, ends the others and tells the person', async () => {
    const { email } = await app.person(newEmail())
    const [here, there] = [await app.signIn(email), await app.signIn(email)]
    app.later(1)
    expect((await change(bearerOf(here), { currentPassword: password, password: chosen })).status).toBe(204)
    expect((await app.current((here.body as { accessToken: string }).accessToken)).status).toBe(200)
    expect((await app.refresh(cookieIn(here))).status).toBe(200)
    expect((await app.current((there.body as { accessToken: string }).accessToken)).status).toBe(401)
    expect((await app.refresh(cookieIn(there))).status).toBe(401)
    expect([(await app.signIn(email)).status, (await app.signIn(email, chosen)).status]).toEqual([401, 200])
    expect(await letters()).toEqual([[email, 'Kotoisa-salasanasi vaihdettiin']])
  })

  test('needs the current one, whose guesses are counted, and a good new one', async () => {
    const { email } = await app.person(newEmail())
    const as = bearerOf(await app.signIn(email))
    expect(told(await change(as, { currentPassword: password, password: 'kotoisa-kotoisa-1' }))).toEqual([
      422,
      'password.blocked',
      '/password password.blocked',
    ])
    expect((await change(as, { currentPassword: password, password: 'short' })).status).toBe(400)
    const guesses = []
    for (let i = 0; i < 6; i++) guesses.push(told(await change(as, { currentPassword: `guess ${i}`, password: chosen })))
    expect(guesses[0]).toEqual([422, 'password.wrong', '/currentPassword password.wrong'])
    expect(guesses.at(-1)).toEqual([429, 'auth.tooManyAttempts'])
    expect((await change(await world.asClient(['flats:read']), { currentPassword: password, password: chosen })).status).toBe(403)
  })
})

test('the own language is kept with the account, and letters follow it', async () => {
  const { id, email } = await app.person(newEmail())
  const as = bearerOf(await app.signIn(email))
  const answer = await request(app.server).post('/v1/sessions/current/locale').set('authorization', as).send({ locale: 'sv' })
  expect([answer.status, (answer.body as { user: Body }).user['locale']]).toEqual([200, 'sv'])
  expect((await world.get(`/v1/users/${id}`, await world.as('admin'))).body).toMatchObject({ locale: 'sv' })
  expect((await request(app.server).post('/v1/sessions/current/locale').set('authorization', as).send({ locale: 'ar' })).status).toBe(400)
})

describe('a forgotten password', () => {
  const ask = (email: string) => request(app.server).post('/v1/password-resets').send({ email })
  const useLink = (token = '') => request(app.server).post('/v1/one-time-links/uses').send({ token, password: 'chosen after forgetting' })

  test('AU-19 is set anew by a link within the hour, once, and every session ends', async () => {
    const { email } = await app.person(newEmail())
    const here = await app.signIn(email)
    expect((await ask(email.toUpperCase())).status).toBe(202)
    expect(await letters()).toEqual([[email, 'Uusi salasana Kotoisaan']])
    const token = mail.letters[0]?.token
    app.later(3600)
    expect((await useLink(token)).status).toBe(404)
    app.later(-60)
    expect((await useLink(token)).status).toBe(204)
    expect((await useLink(token)).status).toBe(404)
    expect((await letters()).map(([, subject]) => subject)).toEqual(['Uusi salasana Kotoisaan', 'Kotoisa-salasanasi vaihdettiin'])
    app.later(-3540)
    expect((await app.current((here.body as { accessToken: string }).accessToken)).status).toBe(401)
    expect((await app.signIn(email, 'chosen after forgetting')).status).toBe(200)
  })

  test('AU-12 answers all alike: same status, body and work for known, unknown, disabled', async () => {
    const { email } = await app.person(newEmail())
    const { id, email: disabled } = await app.person(newEmail())
    await app.asJob((ctx) => disableUser(ctx, id))
    const answers = [await ask(email), await ask(newEmail()), await ask(disabled)]
    const heads = Object.keys(answers[0]?.headers ?? {}).toSorted()
    for (const { status, text, headers } of answers) expect([status, text, Object.keys(headers).toSorted()]).toEqual([202, '', heads])
    expect(await letters()).toEqual([[email, 'Uusi salasana Kotoisaan']])
    expect((await app.owner.query('select from password_resets')).rowCount).toBe(0)
  })

  test('AU-12 takes as long for an address that is known as for one that is not', { retry: 2 }, async () => {
    const { email } = await app.person(newEmail())
    const taken: Record<string, number[]> = { known: [], unknown: [] }
    // In turns, so that what else the machine does falls on both.
    for (let i = 0; i < 11; i++) {
      for (const [kind, address] of [
        ['known', email],
        ['unknown', newEmail()],
      ] as const) {
        await app.owner.query('delete from throttles')
        const from = performance.now()
        await ask(address)
        taken[kind]?.push(performance.now() - from)
      }
    }
    const [known = 0, unknown = 0] = Object.values(taken).map((times) => times.toSorted((a, b) => a - b)[5])
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2)
  })

  test('is asked for some times only, known or not, and signing in goes on', async () => {
    for (const email of [(await app.person(newEmail())).email, newEmail()]) {
      const statuses: number[] = []
      for (let i = 0; i < 6; i++) statuses.push((await ask(email)).status)
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
    }
    expect((await app.signIn((await app.person(newEmail())).email)).status).toBe(200)
    expect((await ask('nobody')).status).toBe(400)
  })

  test('of somebody who was invited and has none sends the invitation again', async () => {
    const { email } = await app.person(newEmail(), { passwordHash: null })
    await ask(email)
    expect((await letters())[0]?.[1]).toMatch(/Kutsu_Kotoisaan/)
  })
})
