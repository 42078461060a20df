import request from 'supertest'
import { parse } from 'node:querystring'
import { describe, expect, test } from 'vitest'
import { leaseReversions, mayRun, type LeaseCommand, type LeaseStatus } from '@kotoisa/domain'
import fc from 'fast-check'
import { startApp } from './access-app.ts'
import { moduleWorld } from './module-world.ts'

const { app, world } = await moduleWorld()

describe('AZ-01 deny by default', () => {
  test('a route that does not say who may call it stops the start', async () => {
    await expect(startApp({ options: { extend: (routes) => void routes.app.get('/v1/forgotten', () => 'x') } })).rejects.toThrow(
      'does not say who may call it',
    )
  })

  test('without a token every operation that is not public is 401 before anything of it is looked at', async () => {
    for (const url of ['/v1/areas?limit=rubbish', '/v1/areas/rubbish', '/v1/subleases/rubbish/history'])
      expect((await request(app.server).get(url)).status).toBe(401)
    const posted = await request(app.server).post('/v1/areas').set('content-type', 'text/plain').send('rubbish')
    expect([posted.status, posted.headers['www-authenticate']]).toEqual([401, 'Bearer realm="kotoisa"'])
  })

  test('an ended session is 401 before a body, a type or a right is looked at', async () => {
    const { email } = await app.person('lahteva@kunta.example', { roles: ['finance'] })
    const authorization = `Bearer ${(await app.signIn(email)).body.accessToken as string}`
    expect((await request(app.server).delete('/v1/sessions/current').set({ authorization })).status).toBe(204)
    const tries = [
      request(app.server).get('/v1/landlords?limit=rubbish').set({ authorization }),
      request(app.server).post('/v1/areas').set({ authorization }).send({ rubbish: true }),
      request(app.server).post('/v1/areas').set({ authorization, 'content-type': 'text/plain' }).send('x'),
    ]
    for (const answer of await Promise.all(tries))
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([401, 'auth.sessionEnded'])
  })
})

describe('lists', () => {
  test('IN-14, K4 a text that a spreadsheet would run gets an apostrophe; numbers and the rest stay, quoted by RFC 4180', async () => {
    const names = ['=1+1', '+358', '-5 a', '@sum', 'a, "b"', 'plain']
    for (const name of names) await world.made('/v1/areas', { name })
    const answer = await request(app.server)
      .get('/v1/areas?sort=name')
      .set({ authorization: await world.as('coordinator'), accept: 'text/csv' })
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('text/csv; charset=utf-8'),
      'content-disposition': expect.stringContaining('attachment'),
    })
    expect(answer.text.startsWith('\uFEFF')).toBe(true)
    const lines = answer.text.slice(1).split('\r\n')
    expect(lines[0]).toContain('name')
    for (const shown of ["'=1+1", "'+358", "'-5 a", "'@sum", '"a, ""b"""', 'plain']) expect(answer.text).toContain(shown)
    const flat = await world.addFlat({ square_metres: 71.5 })
    const flats = await request(app.server)
      .get('/v1/flats')
      .set({ authorization: await world.as('coordinator'), accept: 'text/csv' })
    expect(flats.text).toContain(flat)
    expect(flats.text).toContain(',71.5,')
  })

  test('pages meet without gap or double while rows come in between, and a cursor belongs to its question', async () => {
    const token = await world.as('coordinator')
    const get = (url: string, as = token) => request(app.server).get(url).set('authorization', as)
    for (let i = 0; i < 12; i++) await world.made('/v1/areas', { name: `Sivu ${String(i).padStart(2, '0')}` })
    const seen: string[] = []
    let next: string | null = ''
    for (let page = 0; next !== null; page++) {
      const { body, headers } = await get(`/v1/areas?q=sivu&limit=5&sort=-name${next && `&cursor=${encodeURIComponent(next)}`}`)
      const { items, nextCursor } = body as { items: { name: string }[]; nextCursor: string | null }
      seen.push(...items.map(({ name }) => name))
      expect(headers['link'] !== undefined).toBe(nextCursor !== null)
      if (nextCursor !== null) expect(parse(String(headers['link']).split('?')[1]?.split('>')[0] ?? '')['cursor']).toBe(nextCursor)
      // Comes before what was shown and behind nothing: it is not missed, since it was not there.
      await world.made('/v1/areas', { name: `Sivu 99 ${page}` })
      next = nextCursor
      if (page > 5) throw new Error('the pages do not end')
    }
    expect(seen.filter((name) => !name.startsWith('Sivu 99'))).toEqual(
      Array.from({ length: 12 }, (_, i) => `Sivu ${String(11 - i).padStart(2, '0')}`),
    )
    expect(new Set(seen).size).toBe(seen.length)

    const cursor = encodeURIComponent(((await get('/v1/areas?limit=2&sort=name')).body as { nextCursor: string }).nextCursor)
    for (const [url, as] of [
      [`/v1/areas?limit=2&sort=-name&cursor=${cursor}`, token],
      [`/v1/areas?limit=2&sort=name&q=sivu&cursor=${cursor}`, token],
      [`/v1/landlords?limit=2&sort=name&cursor=${cursor}`, token],
      [`/v1/areas?limit=2&sort=name&cursor=${cursor.slice(0, -2)}AA`, token],
      [`/v1/areas?limit=2&sort=name&cursor=${cursor}`, await world.as('finance')],
    ] as const) {
      const answer = await get(url, as)
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'cursor.invalid'])
    }
    expect((await get(`/v1/areas?limit=2&sort=name&cursor=${cursor}`)).status).toBe(200)
  })
})

test('AZ-17 any sequence of commands moves a lease along its states and nowhere else', async () => {
  const commands = {
    sign: { signedOn: '2026-11-20' },
    activate: { activeOn: '2026-11-24' },
    end: { endsOn: '2026-12-31', reason: 'agreement' },
    extend: { endsOn: null },
    revert: { reason: 'Virhe' },
  } as const
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...(Object.keys(commands) as (keyof typeof commands)[])), { minLength: 1, maxLength: 6 }),
      async (sequence) => {
        const lease = await world.made('/v1/head-leases', {
          flatId: await world.addFlat(),
          term: 'indefinite',
          startsOn: '2026-01-01',
          rentParts: [{ kind: 'base', cents: 1 }],
        })
        let status: LeaseStatus = 'draft'
        for (const command of sequence) {
          const answer = await world.change('post', `/v1/head-leases/${lease.id}/${command}`, commands[command])
          const now = ((await world.get(`/v1/head-leases/${lease.id}`)).body as { status: LeaseStatus }).status
          if (answer.status === 200) {
            if (command === 'revert') {
              // The last step: a state, or the end that was set.
              expect([status, leaseReversions[status as keyof typeof leaseReversions]]).toContain(now)
            } else {
              expect([command, status, mayRun(command as LeaseCommand, status)]).toEqual([command, status, true])
              expect(now).toBe({ sign: 'signed', activate: 'active', end: status, extend: status }[command])
            }
          } else {
            expect([answer.status === 409 || answer.status === 422, now]).toEqual([true, status])
          }
          status = now
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('AV-04 every wait for the database has an end', async () => {
  const { rows } = await app.deps.database.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name",
  )
  expect(rows.map(({ name, setting }) => `${name} ${setting}`)).toEqual([
    'idle_in_transaction_session_timeout 10000',
    'lock_timeout 2000',
    'statement_timeout 5000',
  ])
  const from = performance.now()
  await expect(app.deps.database.query('select pg_sleep(20)')).rejects.toMatchObject({ code: '57014' })
  expect(performance.now() - from).toBeLessThan(7_000)
  expect((await request(app.server).get('/readyz')).status).toBe(200)
})
