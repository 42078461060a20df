import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from './access-app.ts'

let kotoisa: AccessApp
let port: number
beforeAll(async () => {
  kotoisa = await startApp()
  await kotoisa.app.listen({ host: '127.0.0.1', port: 0 })
  port = (kotoisa.server.address() as { port: number }).port
})

describe('HD headers', () => {
  const addresses: [string, string][] = [
    ['GET', '/livez'],
    ['GET', '/readyz'],
    ['GET', '/version'],
    ['GET', '/.well-known/jwks.json'],
    ['GET', '/v1/sessions/current'],
    ['POST', '/v1/sessions'],
    ['POST', '/oauth/token'],
    ['GET', '/nothing/here'],
    ['GET', '/.env'],
    ['OPTIONS', '/v1/sessions'],
  ]
  test.each(addresses)('HD-01, HD-02 are on every answer: %s %s', async (method, url) => {
    const { headers } = await kotoisa.app.inject({ method: method as 'GET', url })
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; report-to csp",
    )
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()'),
      'cache-control': 'no-store',
    })
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('x-powered-by')
  })

  test('HD-01 the reference page alone may style itself in place, and nothing else', async () => {
    const csp = async (url: string) => String((await kotoisa.app.inject(url)).headers['content-security-policy'])
    expect(await csp('/docs')).toContain("style-src 'self' 'unsafe-inline';")
    expect((await csp('/docs')).replace(" 'unsafe-inline'", '')).toBe(await csp('/livez'))
    expect(await csp('/docsx')).not.toContain('unsafe')
  })

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:3000', 'http://127.0.0.1.evil.example'])(
    'HD-04 no origin may read an answer: %s',
    async (origin) => {
      for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'] as const) {
        const { headers } = await kotoisa.app.inject({
          method,
          url: '/v1/sessions/current',
          headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
        })
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      }
    },
  )

  test('HD-01 reports of browsers are taken, and only what was stopped is kept', async () => {
    const report = [
      {
        type: 'csp-violation',
        body: { effectiveDirective: 'img-src', blockedURL: 'https://evil.example/secret?x=canary', documentURL: 'http://x/canary' },
      },
    ]
    const answer = await request(kotoisa.server)
      .post('/csp-reports')
      .set('content-type', 'application/reports+json')
      .send(JSON.stringify(report))
    expect(answer.status).toBe(204)
    const line = kotoisa.lines.filter((one) => one.includes('csp.violation')).at(-1) ?? ''
    expect(JSON.parse(line)).toMatchObject({ directive: 'img-src', blocked: 'https://evil.example' })
    expect(line).not.toContain('canary')
    expect((await request(kotoisa.server).post('/csp-reports').send({})).status).toBe(415)
  })
})

describe('compression', () => {
  const asked = async (url: string, encoding: string, headers: Record<string, string> = {}) =>
    await fetch(`http://127.0.0.1:${port}${url}`, { headers: { 'accept-encoding': encoding, ...headers } })

  test('what is long leaves compressed where the caller takes it, with the same tag, and is the same', async () => {
    const plain = await asked('/openapi.json', 'identity')
    expect(plain.headers.get('content-encoding')).toBeNull()
    const text = await plain.text()
    for (const encoding of ['br', 'gzip']) {
      const answer = await asked('/openapi.json', encoding)
      expect(answer.headers.get('content-encoding')).toBe(encoding)
      expect(answer.headers.get('vary')).toContain('accept-encoding')
      expect(await answer.text()).toBe(text)
    }
  })

  test('an answer with a token in it does not, however long', async () => {
    const body = JSON.stringify({ email: 'nobody@jyvaskyla.example', password: 'does not matter here' })
    const answer = await fetch(`http://127.0.0.1:${port}/v1/sessions`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
    })
    expect(answer.headers.get('content-encoding')).toBeNull()
  })
})
