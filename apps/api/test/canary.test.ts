import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { scopes } from '@kotoisa/domain'
import { documentOf } from '../src/platform/openapi.ts'
import { moduleWorld } from './module-world.ts'
import { sublease, type As } from './lease-world.ts'
import { xlsxOf } from './read-xlsx.ts'

/**
 * A household under a non-disclosure order is planted with words that stand nowhere else. Whatever anybody without the
 * right is answered, they are not in it: a leaked home can cost a life (661/2009 36 §).
 */
const canary = {
  name: 'Zxcanary',
  first: 'Qvcanary',
  phone: '+358409990999',
  street: 'Wzcanarykuja 9',
  code: '010190Y900P',
  note: 'Xjcanary muistio',
}
const { app, world } = await moduleWorld({ demoData: true })
const ids: Record<string, string> = {}
const without: Record<string, As> = {}
let right = ''

beforeAll(async () => {
  const flat = await world.addFlat({ street_address: canary.street })
  const person = await world.made('/v1/persons', {
    firstNames: canary.first,
    lastName: canary.name,
    identityCode: canary.code,
    phone: canary.phone,
  })
  const household = await world.made('/v1/households', {
    name: canary.name,
    members: [{ personId: person.id, joinedOn: '2026-01-01' }],
    note: canary.note,
  })
  const head = await world.activeHeadLease(flat)
  const lease = await world.made('/v1/subleases', {
    ...sublease(head.id, { id: household.id, tenant: person.id }),
    note: canary.note,
    paperLocation: canary.note,
  })
  const days = { startsOn: '2026-01-01', endsOn: '2026-01-31' }
  const vacancy = await world.made('/v1/vacancies', { flatId: flat, ...days, reason: 'turnover', bornBy: 'municipality' })
  await world.done(`/v1/persons/${person.id}/address-protection`, { grantedOn: '2026-11-20', endsOn: null })
  Object.assign(ids, {
    persons: person.id,
    households: household.id,
    subleases: lease.id,
    flats: flat,
    'head-leases': head.id,
    vacancies: vacancy.id,
  })
  right = await world.as('coordinator')
  Object.assign(without, {
    finance: await world.as('finance'),
    supportWorker: await world.as('supportWorker'),
    admin: await world.as('admin'),
    auditor: await world.as('auditor'),
    landlord: await world.as('landlord'),
    client: await world.asClient(scopes.filter((scope) => scope !== 'protected:read')),
  })
  app.lines.length = 0
})

const secrets = [canary.name, canary.first, canary.phone, canary.code, canary.note]
/** The home joined with the lease or the household; a flat by itself is no secret. */
const joined = (text: string) => /Wzcanarykuja/.test(text) && /S-2026-\d+|H-2026-\d+/.test(text)

function urls(ofIds = ids): string[] {
  const { paths } = documentOf(app.app) as unknown as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths)
    .filter(([, path]) => 'get' in path)
    .flatMap(([url]) => {
      const noun = url.split('/')[2] ?? ''
      if (url.includes('{id}')) return ofIds[noun] === undefined ? [] : [url.replace('{id}', ofIds[noun])]
      const words = ['Zxcanary', 'Qvcanary', 'Wzcanarykuja', '358409990999', '010190Y900P']
      const asked = words.map((word) => `${url}?q=${encodeURIComponent(word)}`)
      const filters = Object.entries({
        flatId: ofIds['flats'],
        householdId: ofIds['households'],
        personId: ofIds['persons'],
        landlordId: world.landlord,
        areaId: world.area,
      })
      return [
        url,
        `${url}?limit=200&count=true`,
        ...asked,
        ...filters.map(([name, id]) => `${url}?${name}=${id}&count=true`),
        ...['name', 'lastName', 'flat.address', 'household.name'].map((sort) => `${url}?sort=${sort}`),
      ]
    })
}

const ask = (url: string, as: As, accept = 'application/json') =>
  request(app.server)
    .get(url)
    .set({ authorization: as, accept })
    .buffer(true)
    .parse((response, done) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => done(null, text))
    })

describe('AZ-11, AZ-12 the planted household (Z33)', () => {
  test.each(['finance', 'supportWorker', 'admin', 'auditor', 'landlord', 'client'])(
    'is in no answer, head, tag or file for %s',
    async (role) => {
      const leaks: string[] = []
      for (const url of urls()) {
        for (const accept of ['application/json', 'text/csv']) {
          const answer = await ask(url, without[role] ?? '', accept)
          const all = `${JSON.stringify(answer.headers)}${String(answer.body)}`
          // The landlord keeps its own flat in its own tenancy; who lives there is told by the city.
          const isLeak =
            secrets.some((secret) => all.includes(secret)) ||
            (role !== 'landlord' && /subleases|households|persons|search|today/.test(url) && joined(all))
          if (isLeak) leaks.push(`${accept} ${url}`)
        }
      }
      expect(leaks).toEqual([])
    },
  )

  test.each(['finance', 'landlord', 'client'])('is in no XLSX for %s', async (role) => {
    const cells = async (url: string, as: As | undefined) =>
      (await xlsxOf(world, url, as)).rows.map((row) => (row.values as unknown[]).map(String).join('|')).join('\n')
    const lists = role === 'landlord' ? ['/v1/subleases'] : ['/v1/subleases', '/v1/households', '/v1/persons']
    for (const url of lists) {
      const all = await cells(url, without[role])
      expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
      if (role !== 'landlord') expect(joined(all)).toBe(false)
      expect(await cells(url, right)).toContain(canary.name)
    }
  })

  test('is seen by whoever has the right, so that the search above is not empty', async () => {
    for (const [url, secret] of [
      [`/v1/subleases/${ids['subleases']}`, canary.name],
      [`/v1/subleases?q=Wzcanarykuja`, canary.first],
      [`/v1/households?q=Zxcanary`, canary.phone],
      [`/v1/persons/${ids['persons']}`, canary.first],
      ['/v1/today?limit=200', canary.name],
    ] as const) {
      expect(String((await ask(url, right)).body)).toContain(secret)
    }
  })

  test.each(['finance', 'client', 'landlord'])(
    'a search, filter or count tells %s the same for the hidden address and for one that is nowhere',
    async (role) => {
      const same = async (one: string, other: string) => {
        const [a, b] = await Promise.all([ask(one, without[role] ?? ''), ask(other, without[role] ?? '')])
        expect([a.status, String(a.body)]).toEqual([b.status, String(b.body)])
      }
      await same('/v1/subleases?q=Zxcanary&count=true', '/v1/subleases?q=Zznowhere&count=true')
      await same('/v1/search?q=Zxcanary', '/v1/search?q=Zznowhere')
      if (role !== 'landlord') {
        await same('/v1/subleases?q=Wzcanarykuja&count=true', '/v1/subleases?q=Zznowhere&count=true')
        await same(`/v1/subleases?flatId=${ids['flats']}&count=true`, `/v1/subleases?flatId=${ids['subleases']}&count=true`)
        await same('/v1/households?q=Zxcanary&count=true', '/v1/households?q=Zznowhere&count=true')
      }
    },
  )

  test('is found by reference and masked, and a change of it is refused', async () => {
    const { body } = await world.get(`/v1/subleases/${ids['subleases']}`)
    const reference = (body as { reference: string }).reference
    const found = JSON.parse(String((await ask(`/v1/subleases?q=${reference}`, without['finance'] ?? '')).body)) as { items: object[] }
    expect(found.items).toMatchObject([
      { reference, masked: true, flat: null, household: null, tenants: null, landlord: null, headLease: null, roomId: null, place: null },
    ])
    const refused = await world.change('patch', `/v1/subleases/${ids['subleases']}`, { note: 'x' }, without['client'])
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([403, 'addressProtection.noRight'])
  })

  test('LG-01 is in no line of the log, and each reading by whoever has the right is kept', async () => {
    expect(secrets.filter((secret) => app.lines.join('').includes(secret))).toEqual([])
    const { rows } = await app.owner.query("select distinct resource from audit_entries where action like '%.read' order by resource")
    expect(rows.map(({ resource }) => resource as string)).toEqual(expect.arrayContaining(['person', 'sublease']))
  })
})

/**
 * Whoever may not join protected persons and homes must be answered the same about homes, whether or not the household lives
 * in one of them: else that home is what is left when the empty ones and the visible leases are subtracted from all.
 */
describe('AZ-11, AZ-12 a protected household moves in', () => {
  const day = '2026-11-24'
  const aboutHomes = (home: Record<string, string>) => [
    ...urls(home).filter((url) => !/^\/v1\/(subleases|households|persons|audit-entries|search)\b|[?](q|sort)=/.test(url)),
    ...[
      `emptyOn=${day}`,
      `emptyOn=${day}&emptyReason=turnover`,
      `emptyOn=${day}&emptyReason=unrecorded`,
      'emptyReason=repair',
      `freeOn=${day}`,
      'freeFrom=2027-01-01',
      'freeUntil=2027-01-31',
    ].flatMap((query) => [`/v1/flats?limit=200&count=true&${query}`, `/v1/flats?${query}&buildingId=${world.building}`]),
    ...['on=2026-11-24', 'reason=turnover', 'sort=effectiveEndsOn', 'sort=-effectiveEndsOn', 'updatedSince=2026-11-24T09:00:00Z'].map(
      (query) => `/v1/vacancies?limit=200&count=true&${query}`,
    ),
  ]
  /** What the masked lease itself tells in numbers, and the tasks about it, are not about a home. */
  const withoutLease = (url: string, text: string): unknown => {
    const body = JSON.parse(text) as Record<string, unknown>
    if (url.startsWith('/v1/occupancy'))
      return JSON.parse(text, (name, value: unknown) => (['letDays', 'subleases'].includes(name) ? null : value))
    if (url.startsWith('/v1/today') && Array.isArray(body['items']))
      return (body['items'] as { subject: { resource: string } }[]).filter(({ subject }) => subject.resource !== 'sublease')
    return body
  }
  const answers = async (home: Record<string, string>, as: As) => {
    const told: Record<string, unknown> = {}
    for (const url of aboutHomes(home)) {
      const { status, body } = await ask(url, as)
      told[url] = [status, status === 200 ? withoutLease(url, String(body)) : null]
    }
    const need = { persons: 1, latestOn: '2027-01-31' }
    const { status, body } = await world.send('post', '/v1/flats/rankings', { need }, {}, as)
    told['rankings'] = [status, status === 200 ? (body as unknown) : null]
    return told
  }
  /** One home that was empty for a recorded reason, one of which nobody said anything; somebody known lives beside. */
  const homes = async () => {
    const [recorded, silent, known] = [await world.addFlat(), await world.addFlat(), await world.addFlat()]
    const heads = [await world.activeHeadLease(recorded), await world.activeHeadLease(silent), await world.activeHeadLease(known)]
    const open = { flatId: recorded, startsOn: '2026-01-01', reason: 'turnover', bornBy: 'municipality' }
    const vacancy = await world.made('/v1/vacancies', open)
    await moveIn(heads[2]?.id ?? '', await world.addHousehold())
    return { heads, ids: { flats: recorded, 'head-leases': heads[0]?.id ?? '', vacancies: vacancy.id }, silent: { flats: silent } }
  }
  const moveIn = async (head: string, household: { id: string; tenant: string }, startsOn = '2026-02-01') => {
    const { id } = await world.made('/v1/subleases', { ...sublease(head, household), startsOn })
    await world.done(`/v1/subleases/${id}/sign`, { signedOn: '2026-01-20' })
    await world.done(`/v1/subleases/${id}/activate`, { activeOn: '2026-11-24' })
    return id
  }

  test.each(['finance', 'supportWorker', 'admin', 'client'])('and %s is told of every home what it was told before', async (role) => {
    const home = await homes()
    const households = [await world.addHousehold('Zxmuuttaja'), await world.addHousehold('Zxmuuttaja')]
    for (const { tenant } of households) await world.protect(tenant)
    const as = without[role] ?? ''
    const before = [await answers(home.ids, as), await answers(home.silent, as)]
    for (const [index, household] of households.entries()) await moveIn(home.heads[index]?.id ?? '', household)
    const after = [await answers(home.ids, as), await answers(home.silent, as)]
    expect(after).toEqual(before)
    expect(Object.values(before[0] ?? {}).filter((told) => (told as unknown[])[0] === 200).length).toBeGreaterThan(10)
  })

  test('and an order set later hides what the lease had shown', async () => {
    const home = await homes()
    const household = await world.addHousehold('Zxmuuttaja')
    const before = await answers(home.ids, without['finance'] ?? '')
    await moveIn(home.heads[0]?.id ?? '', household)
    await world.protect(household.tenant)
    const told = (url: string, all: Record<string, unknown>) =>
      JSON.parse(JSON.stringify(all[url]), (name, value: unknown) => (['etag', 'updatedAt'].includes(name) ? null : value)) as unknown
    const after = await answers(home.ids, without['finance'] ?? '')
    for (const url of Object.keys(before)) expect([url, told(url, after)]).toEqual([url, told(url, before)])
  })

  test('and the landlord is told of its homes what it was told when the household was like any other', async () => {
    const home = await homes()
    const household = await world.addHousehold('Zxmuuttaja')
    await moveIn(home.heads[0]?.id ?? '', household)
    const told = async () =>
      JSON.parse(JSON.stringify(await answers(home.ids, without['landlord'] ?? '')), (name, value: unknown) =>
        name === 'etag' ? null : value,
      ) as unknown
    const before = await told()
    await world.protect(household.tenant)
    expect(await told()).toEqual(before)
  })

  test('and finance’s numbers count the masked lease by the days that it tells, wherever its head lease ends', async () => {
    const letDays = () =>
      world.later(40, async () => {
        const { body } = await world.get('/v1/occupancy', await world.as('finance'))
        const { occupancy } = body as { occupancy: { month: string; letDays: number }[] }
        return occupancy.slice(-2).map((one) => one.letDays)
      })
    const head = await world.activeHeadLease(await world.addFlat(), { term: 'fixedTerm', endsOn: '2026-12-15' })
    const household = await world.addHousehold('Zxmuuttaja')
    await world.protect(household.tenant)
    const before = await letDays()
    const { id } = await world.made('/v1/subleases', { ...sublease(head.id, household), startsOn: '2026-12-01' })
    await world.done(`/v1/subleases/${id}/sign`, { signedOn: '2026-11-20' })
    expect((await letDays()).map((days, index) => days - (before[index] ?? 0))).toEqual([31, 3])
  })
})
