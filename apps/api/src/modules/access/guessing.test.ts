import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from '../../../test/access-app.ts'

let kotoisa: AccessApp
beforeAll(async () => {
  kotoisa = await startApp()
})
// Each test counts its own failures.
beforeEach(() => kotoisa.owner.query('delete from throttles'))

const newEmail = () => `${randomUUID()}@jyvaskyla.example`

describe('AU-11 guessing is slowed', () => {
  const guess = (email: string, i: number) =>
    request(kotoisa.server)
      .post('/v1/sessions')
      .set('x-forwarded-for', `198.51.100.${i}`)
      .set('forwarded', `for=198.51.100.${i}`)
      .send({ email, password: `guess number ${i} of many` })

  test.each([
    ['a known account', true],
    ['an unknown one', false],
  ])('for %s, whatever X-Forwarded-For says; the right password works after the pause', async (_which, exists) => {
    const email = newEmail()
    if (exists) await kotoisa.person(email)
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await guess(email, i)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429, 429, 429])
    const paused = await kotoisa.signIn(email)
    expect([paused.status, paused.body.code]).toEqual([429, 'auth.tooManyAttempts'])
    const wait = Number(paused.headers['retry-after'])
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(10)
    kotoisa.later(wait)
    expect((await kotoisa.signIn(email)).status).toBe(exists ? 200 : 401)
  })

  test('pauses grow to a quarter of an hour and no further', async () => {
    // Behind a proxy every guess comes from another place: what is counted is the account.
    const proxied = await startApp({ database: kotoisa.database, config: { trustProxy: ['127.0.0.1'] } })
    proxied.time.now = kotoisa.time.now
    const email = newEmail()
    const waits: number[] = []
    for (let i = 0; waits.length < 10; i++) {
      const answer = await request(proxied.server)
        .post('/v1/sessions')
        .set('x-forwarded-for', `10.${i >> 8}.${i & 255}.7`)
        .send({ email, password: `guess number ${i} of many` })
      if (answer.status !== 429) continue
      const wait = Number(answer.headers['retry-after'])
      waits.push(wait)
      proxied.later(wait)
    }
    expect(waits.slice(0, 4)).toEqual([10, 20, 40, 80])
    expect(waits.at(-1)).toBe(900)
  })

  test('by all processes together', async () => {
    const other = await startApp({ database: kotoisa.database })
    const { email } = await kotoisa.person(newEmail())
    other.time.now = kotoisa.time.now
    for (let i = 0; i < 4; i++) expect((await guess(email, i)).status).toBe(401)
    expect((await other.signIn(email, 'the fifth wrong guess')).status).toBe(401)
    expect((await kotoisa.signIn(email)).status).toBe(429)
    expect((await other.signIn(email)).status).toBe(429)
  })

  test('for one address that tries many accounts', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 20; i++) statuses.push((await guess(newEmail(), i)).status)
    expect(statuses.indexOf(429)).toBe(15)
  })

  test('strangers lock nobody out of a place that they have signed in from', async () => {
    const { email } = await kotoisa.person(newEmail())
    expect((await kotoisa.signIn(email)).status).toBe(200)
    // As if sixty guesses had come from elsewhere, and the neighbours had failed as well.
    for (let i = 0; i < 20; i++) await guess(newEmail(), i)
    expect((await guess(newEmail(), 99)).status).toBe(429)
    expect((await kotoisa.signIn(email)).status).toBe(200)
  })

  test('a burst of parallel guesses gets no more tries than the count allows', async () => {
    const { email } = await kotoisa.person(newEmail())
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => guess(email, i)))
    const tried = answers.filter(({ status }) => status === 401).length
    expect(tried).toBeGreaterThanOrEqual(5)
    expect(tried).toBeLessThanOrEqual(8)
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true)
  })
})
