import { randomUUID } from 'node:crypto'
import { request as rawRequest } from 'node:http'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { documentOf } from '../src/platform/openapi.ts'
import { moduleWorld } from './module-world.ts'
import { refused } from './refused.ts'

const { app, world } = await moduleWorld({ demoData: true })
let token = ''
let auditor = ''
beforeAll(async () => {
  token = await world.as('coordinator')
  auditor = await world.as('auditor')
})

test.each([
  '0000-01-01T00:00:00Z',
  '1899-12-31T23:59:59Z',
  '2201-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:59:60Z',
  '2026-01-01T00:00:00+23:59',
  '2026-01-01T00:00:00-16:00',
  '2026-01-01T00:00:00',
  '2026-01-01',
  'now',
])('an instant that the calendar or the clock does not have is a 400 at its parameter: %s', async (instant) => {
  const lists = ['landlords', 'areas', 'buildings', 'flats', 'rooms', 'persons', 'households', 'head-leases', 'subleases'].map(
    (list) => `${list}?updatedSince=`,
  )
  for (const list of [...lists, 'audit-entries?from=', 'audit-entries?to=']) {
    const as = list.startsWith('audit') ? auditor : token
    const answer = await request(app.server)
      .get(`/v1/${list}${encodeURIComponent(instant)}`)
      .set('authorization', as)
    const { errors } = answer.body as { errors: { parameter?: string }[] }
    expect([list, answer.status, errors[0]?.parameter]).toEqual([list, 400, list.slice(list.indexOf('?') + 1, -1)])
  }
})

describe('IN-07, IN-12 what stands in the address', () => {
  const gets = (): string[] => {
    const { paths } = documentOf(app.app) as unknown as { paths: Record<string, Record<string, unknown>> }
    return Object.entries(paths)
      .filter(([, path]) => 'get' in path)
      .map(([url]) => url)
  }

  test('odd ids, odd queries and SQL in any place are refused or find nothing, quickly, and never end in 5xx', async () => {
    const faults: string[] = []
    const values = [
      "' or pg_sleep(6)--",
      '1;drop table areas',
      '../../etc/passwd',
      '%00',
      '%ff',
      '%ud800',
      '0',
      '-1',
      'null',
      'undefined',
      'x'.repeat(3000),
      '[]',
      '{}',
      '\u202e',
    ]
    for (const url of gets()) {
      for (const value of values) {
        const encoded = value.startsWith('%') ? value : encodeURIComponent(value)
        const asked = url.includes('{id}')
          ? [url.replace('{id}', encoded)]
          : ['limit', 'cursor', 'sort', 'count', 'updatedSince', 'status', 'q', 'nothing'].map((name) => `${url}?${name}=${encoded}`)
        for (const one of asked) {
          const from = performance.now()
          const { status } = await request(app.server).get(one).set('authorization', token)
          if (status >= 500 || performance.now() - from > 2_000) faults.push(`${one.slice(0, 80)}: ${status}`)
        }
      }
    }
    expect(faults).toEqual([])
  })

  test('a value given twice, in brackets, out of bounds or unknown is 400 and named', async () => {
    for (const query of [
      'limit=1&limit=2',
      'limit[]=1',
      'limit=201',
      'limit=0',
      'limit=1.5',
      'limit=',
      'count=yes',
      'nothing=1',
      'sort=password',
      'sort=name;drop',
      'sort=name,name',
      'cursor=abc',
      'status=none',
      'q=',
      '__proto__=1',
      'constructor=1',
    ]) {
      const answer = await request(app.server).get(`/v1/subleases?${query}`).set('authorization', token)
      expect([query, answer.status]).toEqual([query, 400])
      expect((answer.body as { errors: { parameter?: string }[] }).errors[0]?.parameter).toBeTruthy()
    }
  })

  test('a value that no schema names is 400 and named, on every operation that the caller may call', async () => {
    const { paths } = documentOf(app.app) as unknown as { paths: Record<string, Record<string, unknown>> }
    const all = Object.entries(paths).flatMap(([url, path]) =>
      Object.keys(path).map((method) => ({ method: method as 'get' | 'post' | 'patch' | 'put' | 'delete', url })),
    )
    const asked = all.filter(({ url }) => url.startsWith('/v1/'))
    expect(asked.length).toBeGreaterThan(100)
    const callers = [token, auditor, await world.as('admin'), await world.as('landlord')]
    const lax: string[] = []
    for (const { method, url } of asked) {
      const told = new Set<string>()
      for (const as of callers) {
        const to = `${url.replace('{id}', randomUUID()).replace('{form}', 'area:new')}?nothing=1`
        const sent = request(app.server)[method](to).set({ authorization: as, 'idempotency-key': randomUUID(), 'if-match': '"1.x"' })
        const { status, body } = await sent
        const { errors = [] } = body as { errors?: { parameter?: string }[] }
        told.add(status === 400 && (method !== 'get' || errors.some(({ parameter }) => parameter === 'nothing')) ? 'named' : String(status))
      }
      told.delete('403')
      if ([...told].join() !== 'named') lax.push(`${method} ${url}: ${[...told].join(' ')}`)
    }
    expect(lax).toEqual([])
  })

  test('AZ-05 nobody names a municipality: what tries is refused or ignored', async () => {
    const other = randomUUID()
    const plain = await request(app.server).get('/v1/areas').set('authorization', token)
    for (const headers of [
      { 'x-tenant-id': other },
      { 'x-municipality': other },
      { 'x-forwarded-host': 'toinen.example' },
      { forwarded: 'host=toinen.example' },
      { 'x-original-url': '/v1/users' },
    ]) {
      const answer = await request(app.server)
        .get('/v1/areas')
        .set({ authorization: token, ...headers })
      expect([answer.status, answer.text]).toEqual([200, plain.text])
    }
    for (const query of ['municipalityId', 'municipality', 'tenantId', 'tenant'])
      expect((await request(app.server).get(`/v1/areas?${query}=${other}`).set('authorization', token)).status).toBe(400)
    const named = request(app.server).post('/v1/areas').set({ authorization: token, 'idempotency-key': randomUUID() })
    expect((await named.send({ name: 'x', municipality: other })).status).toBe(400)
  })

  test('ER-01 addresses, methods and heads that lead nowhere are problem documents too', async () => {
    for (const [method, url, status] of [
      ['get', '/v1/nothing', 404],
      ['put', '/v1/areas', 405],
      ['delete', '/v1/subleases', 405],
      ['get', `/v1/${'x'.repeat(9000)}`, 404],
    ] as const) {
      const answer = await request(app.server)[method](url).set('authorization', token)
      expect(answer.status).toBe(status)
      expect(refused(answer, url)).toEqual([])
    }
    const tooLong = await new Promise<number>((done) => {
      app.server.listen(0, '127.0.0.1', () => {
        const { port } = app.server.address() as { port: number }
        rawRequest({ port, path: '/v1/areas', headers: { 'x-long': 'x'.repeat(20_000) } }, (response) => {
          response.resume()
          done(response.statusCode ?? 0)
        }).end()
      })
    })
    expect(tooLong).toBe(431)
  })
})
