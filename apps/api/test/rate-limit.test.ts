import request from 'supertest'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from './access-app.ts'

describe('J10 too many requests', () => {
  let kotoisa: AccessApp
  beforeAll(async () => {
    kotoisa = await startApp({ config: { rateLimit: 5 } })
  })
  // A new minute.
  beforeEach(() => kotoisa.later(60))
  const anonymous = (headers: Record<string, string> = {}) => request(kotoisa.server).get('/.well-known/jwks.json').set(headers)

  test('are 429 with Retry-After, and each answer tells what is left', async () => {
    const answers = []
    for (let i = 0; i < 7; i++) answers.push(await anonymous())
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-policy': '"default";q=5;w=60', ratelimit: '"default";r=4;t=60' })
    expect(answers[5]?.headers).toMatchObject({
      ratelimit: '"default";r=0;t=60',
      'retry-after': '60',
      'content-type': expect.stringMatching(/^application\/problem\+json/),
    })
    kotoisa.later(60)
    expect((await anonymous()).status).toBe(200)
  })

  test('are counted for each principal, whatever place they come from; another principal goes on', async () => {
    const one = await kotoisa.person('yksi@jyvaskyla.example')
    const two = await kotoisa.person('kaksi@jyvaskyla.example')
    const tokens = [(await kotoisa.signIn(one.email)).body.accessToken, (await kotoisa.signIn(two.email)).body.accessToken] as const
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push((await kotoisa.current(tokens[0])).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect((await kotoisa.current(tokens[1])).status).toBe(200)
  })

  test('bad tokens count for the address that they come from', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) statuses.push((await kotoisa.current(`bad.token.${i}`)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    expect((await anonymous()).status).toBe(200)
  })

  test('AZ-20 forwarding headers of a client change nothing', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      const ip = `198.51.100.${i}`
      statuses.push(
        (
          await anonymous({
            'x-forwarded-for': ip,
            forwarded: `for=${ip}`,
            'x-real-ip': ip,
            'x-forwarded-host': 'evil.example',
            'x-forwarded-proto': 'https',
          })
        ).status,
      )
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect(kotoisa.lines.join('')).not.toContain('198.51.100.')
  })

  test('questions about health are not counted', async () => {
    for (let i = 0; i < 8; i++) expect((await request(kotoisa.server).get('/livez')).status).toBe(200)
  })
})

describe('AZ-20 behind a trusted proxy', () => {
  let kotoisa: AccessApp
  beforeAll(async () => {
    kotoisa = await startApp({ config: { rateLimit: 1, trustProxy: ['127.0.0.1', '::1'] } })
  })

  test('callers are told apart by the address that the proxy saw, not by what they wrote before it', async () => {
    await kotoisa.app.listen({ host: '127.0.0.1', port: 0 })
    const from = (chain: string) => request(kotoisa.server).get('/.well-known/jwks.json').set('x-forwarded-for', chain)
    expect((await from('203.0.113.1')).status).toBe(200)
    expect((await from('203.0.113.2')).status).toBe(200)
    expect((await from('203.0.113.1')).status).toBe(429)
    expect((await from('198.51.100.9, 203.0.113.1')).status).toBe(429)
  })
})
