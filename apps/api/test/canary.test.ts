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
  const lease = await world.made('/v1/subleases', { ...sublease(head.id, { id: household.id, tenant: person.id }), note: canary.note })
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

function urls(): string[] {
  const { paths } = documentOf(app.app) as unknown as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths)
    .filter(([, path]) => 'get' in path)
    .flatMap(([url]) => {
      const noun = url.split('/')[2] ?? ''
      if (url.includes('{id}')) return ids[noun] === undefined ? [] : [url.replace('{id}', ids[noun])]
      const words = ['Zxcanary', 'Qvcanary', 'Wzcanarykuja', '358409990999', '010190Y900P']
      const asked = words.map((word) => `${url}?q=${encodeURIComponent(word)}`)
      const filters = Object.entries({
        flatId: ids['flats'],
        householdId: ids['households'],
        personId: ids['persons'],
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
            (role !== 'landlord' && /subleases|households|persons|search/.test(url) && joined(all))
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
