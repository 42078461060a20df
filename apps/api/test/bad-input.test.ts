import { randomUUID } from 'node:crypto'
import request, { type Response } from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { moduleWorld } from './module-world.ts'
import { refused } from './refused.ts'
import { headLease, sublease } from './lease-world.ts'

const { app, world } = await moduleWorld({ demoData: true })
const ids: Record<string, string> = {}
/** A good body of each write: what is spoiled below is spoiled in one place only. */
let good: Record<string, { url: string; method: 'post' | 'patch'; body: Record<string, unknown>; etag?: string }> = {}
let token = ''
let _auditor = ''

beforeAll(async () => {
  token = await world.as('coordinator')
  _auditor = await world.as('auditor')
  const flat = await world.addFlat()
  const household = await world.addHousehold()
  const head = await world.activeHeadLease(flat)
  const lease = await world.made('/v1/subleases', sublease(head.id, household))
  const etag = async (url: string) => ((await world.get(url)).body as { etag: string }).etag
  Object.assign(ids, {
    flats: flat,
    households: household.id,
    persons: household.tenant,
    'head-leases': head.id,
    subleases: lease.id,
    landlords: world.landlord,
    areas: world.area,
    buildings: world.building,
  })
  good = {
    landlord: {
      url: '/v1/landlords',
      method: 'post',
      body: {
        name: 'Uusi',
        businessId: '2077474-0',
        nonprofit: true,
        contacts: [{ name: 'A', role: 'tenancy', email: 'a@b.example', phone: '+358401111111', startsOn: '2026-01-01', endsOn: null }],
      },
    },
    changedLandlord: {
      url: `/v1/landlords/${world.landlord}`,
      method: 'patch',
      body: { name: 'Toinen' },
      etag: await etag(`/v1/landlords/${world.landlord}`),
    },
    area: { url: '/v1/areas', method: 'post', body: { name: 'Uusi alue' } },
    building: {
      url: '/v1/buildings',
      method: 'post',
      body: {
        areaId: world.area,
        type: 'apartmentBlock',
        streetAddress: 'Tie 1',
        postalCode: '40100',
        postOffice: 'Jyväskylä',
        builtYear: 1990,
      },
    },
    flat: {
      url: '/v1/flats',
      method: 'post',
      body: {
        landlordId: world.landlord,
        buildingId: world.building,
        apartment: { letter: 'B', number: '7', splitter: null },
        roomCount: 2,
        squareMetres: 50.5,
        lift: true,
        maxPersons: 3,
      },
    },
    room: { url: '/v1/rooms', method: 'post', body: { flatId: flat, name: 'Iso', kind: 'bedroom', places: ['1'] } },
    person: {
      url: '/v1/persons',
      method: 'post',
      body: { firstNames: 'A', lastName: 'B', migriNumber: '5551', birthDate: '1990-01-01', languages: ['ar'], interpreterNeeded: true },
    },
    household: {
      url: '/v1/households',
      method: 'post',
      body: { name: 'C', members: [{ personId: household.tenant, joinedOn: '2026-01-01' }] },
    },
    headLease: { url: '/v1/head-leases', method: 'post', body: headLease(flat) },
    sublease: { url: '/v1/subleases', method: 'post', body: sublease(head.id, household) },
    signing: { url: `/v1/subleases/${lease.id}/sign`, method: 'post', body: { signedOn: '2026-11-20' }, etag: lease.etag },
    session: { url: '/v1/sessions', method: 'post', body: { email: 'a@b.example', password: 'a long enough password' } },
  }
})

const send = ({ url, method, etag }: { url: string; method: 'post' | 'patch'; etag?: string }, body: unknown): Promise<Response> => {
  const to = request(app.server)[method](url)
  const sent = to.set({ authorization: token, 'idempotency-key': randomUUID(), 'content-type': 'application/json' })
  return Promise.resolve(
    (etag === undefined ? sent : sent.set('if-match', etag)).send(typeof body === 'string' ? body : JSON.stringify(body)),
  )
}

type Path = readonly (string | number)[]
function places(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, Array.isArray(value) ? Number(key) : key]))]
}
function changed(body: unknown, path: Path, to: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return to
  const copy = structuredClone(body) as Record<string | number, unknown>
  copy[key] = changed(copy[key], rest, to)
  return copy
}

const rows = async () =>
  (
    await app.owner.query<{ n: string }>(
      "select (select count(*) from landlords) || ' ' || (select count(*) from areas) || ' ' || (select count(*) from flats) || ' ' || (select count(*) from persons) || ' ' || (select count(*) from households) || ' ' || (select count(*) from head_leases) || ' ' || (select count(*) from subleases) || ' ' || (select count(*) from audit_entries where action not like '%.read') || ' ' || (select coalesce(sum(version), 0) from subleases) as n",
    )
  ).rows[0]?.n

describe('IN-01, IN-02, IN-05, IN-11, AZ-15, ER-01, ER-02, ER-03 a spoiled value', () => {
  const names = [
    'landlord',
    'changedLandlord',
    'area',
    'building',
    'flat',
    'room',
    'person',
    'household',
    'headLease',
    'sublease',
    'signing',
    'session',
  ]
  test.each(names)(
    '%s: a wrong type, an unknown field, NUL, half a character or a huge number anywhere is refused with its place, and nothing is stored',
    async (name) => {
      const one = good[name]
      if (!one) throw new Error(name)
      const before = await rows()
      const faults: string[] = []
      const objects = places(one.body).filter(
        (path) =>
          path.length === 0 || typeof path.reduce<unknown>((v, k) => (v as Record<string | number, unknown>)[k], one.body) === 'object',
      )
      for (const path of places(one.body)) {
        const was = path.reduce<unknown>((v, k) => (v as Record<string | number, unknown>)[k], one.body)
        const wrong: unknown[] = [
          typeof was === 'object' ? 'text' : {},
          typeof was === 'string' ? 5 : was === null ? 7 : 'x',
          typeof was === 'boolean' ? 'true' : Array.isArray(was) ? {} : [],
          1e300,
        ]
        if (typeof was === 'number') wrong.push(String(was), -1, 0.001, 2 ** 53, ...(path.at(-1) === 'builtYear' ? [] : [null]))
        if (typeof was === 'string') wrong.push('a\u0000b', 'x'.repeat(5000), '\u0000')
        for (const value of wrong) {
          const answer = await send(one, changed(one.body, path, value))
          faults.push(...refused(answer, `${path.join('/')} = ${JSON.stringify(value).slice(0, 30)}`))
        }
      }
      for (const path of objects) {
        for (const extra of ['unknown', 'id', 'municipalityId', 'version', 'status', 'createdAt', 'etag', 'reference', 'protected']) {
          const at = path.reduce<unknown>((v, k) => (v as Record<string | number, unknown>)[k], one.body)
          if (at === null || Array.isArray(at) || extra in (at as object)) continue
          const answer = await send(one, changed(one.body, path, { ...(at as object), [extra]: 'x' }))
          faults.push(...refused(answer, `AZ-15 ${path.join('/')} + ${extra}`))
          const pointers = ((answer.body as { errors?: { pointer?: string }[] }).errors ?? []).map(({ pointer }) => pointer)
          if (!pointers.includes(`/${[...path, extra].join('/')}`))
            faults.push(`no pointer to ${[...path, extra].join('/')}: ${pointers.join()}`)
        }
      }
      for (const text of [
        '{"name":"\\ud800"}',
        '{"a":1,"a":2}',
        '{"__proto__":{"x":1}}',
        '[]',
        'null',
        '5',
        '{',
        '{"a":NaN}',
        '{}x',
        '['.repeat(20_000),
        '',
      ]) {
        faults.push(...refused(await send(one, text), `body ${text.slice(0, 20)}`))
      }
      expect(faults).toEqual([])
      expect(await rows()).toBe(before)
      expect(({} as { x?: number }).x).toBeUndefined()
    },
  )

  test('IN-09 only real days of 1900–2200 are days', async () => {
    const bad = [
      '2025-02-30',
      '2025-13-01',
      '2025-00-10',
      '10000-01-01',
      '0000-01-01',
      '1899-12-31',
      '2201-01-01',
      'infinity',
      'now',
      '2025-1-1',
      '20250101',
      '2025-01-01T00:00:00Z',
      ' 2025-01-01',
      '-2025-01-01',
      '2025-01-01 BC',
      '2023-02-29',
      'today',
      '١٠٢٥-٠١-٠١',
      '',
      '2025-06-31',
      '24.11.2026',
    ]
    for (const day of bad) expect([day, (await send(good['signing'] as never, { signedOn: day })).status]).toEqual([day, 400])
    for (const [at, day] of [
      ['startsOn', '2025-02-30'],
      ['startsOn', 'infinity'],
    ] as const)
      expect((await send(good['headLease'] as never, changed(good['headLease']?.body, [at], day))).status).toBe(400)
  })

  test('a 400 tells all faults of the body at once, each with its place', async () => {
    const answer = await send(good['landlord'] as never, { name: 5, nonprofit: 'x', extra: 1 })
    expect(
      (answer.body as { errors: { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted(),
    ).toEqual(['/businessId value.missing', '/extra value.unknown', '/name value.type', '/nonprofit value.type'])
  })
})

test('a reference to a record of nobody or of another municipality is 422 at its place, both alike (AZ-04, AZ-09)', async () => {
  const told = async (name: string, path: Path, value: string) => {
    const { status, body } = await send(good[name] as never, changed(good[name]?.body, path, value))
    const { code, errors } = body as { code: string; errors: { pointer: string; code: string }[] }
    return [status, code, errors.map((e) => `${e.pointer} ${e.code}`).join()]
  }
  const elsewhere = randomUUID()
  await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Tampere')", [elsewhere])
  const foreign = randomUUID()
  await app.owner.query(
    "insert into landlords (municipality_id, id, reference, name, business_id, nonprofit, created_at, updated_at) values ($1, $2, 'V-1', 'Muualla', '9999999-1', true, now(), now())",
    [elsewhere, foreign],
  )
  await app.owner.query("insert into areas (municipality_id, id, name, created_at, updated_at) values ($1, $2, 'Muualla', now(), now())", [
    elsewhere,
    foreign,
  ])
  expect(await told('flat', ['landlordId'], foreign)).toEqual([422, 'reference.notFound', '/landlordId reference.notFound'])
  expect(await told('flat', ['landlordId'], randomUUID())).toEqual([422, 'reference.notFound', '/landlordId reference.notFound'])
  expect(await told('building', ['areaId'], foreign)).toEqual([422, 'reference.notFound', '/areaId reference.notFound'])
  expect(await told('household', ['members', 0, 'personId'], randomUUID())).toEqual([
    422,
    'reference.notFound',
    '/members/0/personId reference.notFound',
  ])
  expect(await told('headLease', ['flatId'], randomUUID())).toEqual([422, 'reference.notFound', '/flatId reference.notFound'])
  expect((await told('sublease', ['headLeaseId'], randomUUID()))[0]).toBe(422)
})
