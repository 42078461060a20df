import { beforeAll, describe, expect, test } from 'vitest'
import { sublease, told, type As } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { newId } from '../../platform/ids.ts'

const { app, world } = await moduleWorld()

interface Entry {
  readonly at: string
  readonly action: string
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null }
  readonly recordId: string | null
  readonly reason: string | null
  readonly fields: readonly string[]
}
interface Page {
  readonly items: Entry[]
  readonly nextCursor: string | null
  readonly totalCount?: number
}
let auditor: As
let area = ''
const page = async (query: string, as = auditor): Promise<Page> => {
  const answer = await world.get(`/v1/audit-entries${query}`, as)
  if (answer.status !== 200) throw new Error(`${query}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as Page
}
const actions = async (query: string) => (await page(query)).items.map(({ action }) => action)

beforeAll(async () => {
  auditor = await world.as('auditor')
  await world.as('coordinator')
  app.later(60)
  area = (await world.made('/v1/areas', { name: 'Kanarialinnusto' })).id
  app.later(60)
  await world.change('patch', `/v1/areas/${area}`, { name: 'Kuokkala' })
  app.later(60)
})

describe('the log', () => {
  test('tells who did what to which record, newest first, and which fields, never their values', async () => {
    const { items } = await page(`?recordId=${area}`)
    expect(items).toMatchObject([
      {
        at: '2026-11-24T09:02:00.000Z',
        action: 'area.updated',
        actor: { kind: 'person', name: 'Aino Esimerkki' },
        resource: 'area',
        recordId: area,
        recordName: 'Kuokkala',
        fields: ['name'],
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        sourceAddress: '127.0.0.1',
      },
      { at: '2026-11-24T09:01:00.000Z', action: 'area.created' },
    ])
    expect(JSON.stringify(await page('?limit=200'))).not.toContain('Kanaria')
  })

  test('is filtered by record, action, person and time', async () => {
    expect(await actions(`?resource=area&recordId=${area}&action=area.created`)).toEqual(['area.created'])
    expect(await actions('?from=2026-11-24T09:01:00Z&to=2026-11-24T09:02:00Z')).toEqual(['area.created'])
    expect(await actions('?from=2026-11-24T09:02:00Z')).toEqual(['area.updated'])
    const [{ actor } = { actor: { id: '' } }] = (await page(`?recordId=${area}`)).items
    expect(await actions(`?actorId=${actor.id}&sort=at`)).toEqual(['session.started', 'area.created', 'area.updated'])
    expect(await actions('?resource=nothing')).toEqual([])
    const made = await world.made('/v1/persons', {
      firstNames: 'Aino',
      lastName: 'Esimerkki',
      migriNumber: '1234568',
      birthDate: '1990-01-01',
    })
    const { id, reference } = { reference: '', ...made }
    const { items } = await page(`?reference=${reference}&action=person.created`)
    expect(items).toMatchObject([{ action: 'person.created', recordId: id, recordName: reference }])
    expect(await actions('?reference=H-2026-99999')).toEqual([])
  })

  test('comes page by page, each entry once, entries of one instant too', async () => {
    const whole = (await page('?limit=200&count=true')) as Required<Page>
    expect(whole.totalCount).toBe(whole.items.length)
    for (const sort of ['-at', 'at']) {
      const found: Entry[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const one: Page = await page(`?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`)
        found.push(...one.items)
        cursor = one.nextCursor
      }
      expect(found).toEqual(sort === '-at' ? whole.items : whole.items.toReversed())
    }
  })

  test.each(['coordinator', 'finance', 'supportWorker', 'landlord'] as const)('is closed to the role %s', async (role) => {
    expect(told(await world.get('/v1/audit-entries', await world.as(role)))).toEqual([403, 'access.denied'])
  })

  test('is open to administrators, to no client, and ends at the municipality', async () => {
    const elsewhere = newId(app.time.now)
    await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Toinen')", [elsewhere])
    await app.owner.query(
      "insert into audit_entries (municipality_id, id, at, action, actor_kind, resource) values ($1, $1, $2, 'area.created', 'job', 'elsewhere')",
      [elsewhere, app.time.now],
    )
    const { items } = await page('?limit=200', await world.as('admin'))
    expect(items.length).toBeGreaterThan(2)
    expect(JSON.stringify(items)).not.toContain('elsewhere')
    expect((await world.get('/v1/audit-entries', await world.asClient(['landlords:read', 'areas:read']))).status).toBe(403)
  })

  test('refuses what it does not know', async () => {
    for (const query of ['?sort=action', '?q=a', '?actorId=me', '?from=yesterday', '?action=%27', '?limit=0', '?cursor=abc'])
      expect((await world.get(`/v1/audit-entries${query}`, auditor)).status, query).toBe(400)
  })
})

describe('who acted and why', () => {
  test('L5 names the program that acted, in the history of the record too', async () => {
    const client = await world.asClient(['areas:write', 'areas:read'])
    const { body } = await world.send('post', '/v1/areas', { name: 'Ohjelman alue' }, {}, client)
    const { id } = body as { id: string }
    const actor = { kind: 'integration', id: expect.any(String) as string, name: 'Ohjelma' }
    expect((await page(`?recordId=${id}`)).items).toMatchObject([{ action: 'area.created', actor }])
    expect((await world.get(`/v1/areas/${id}/history`)).body).toMatchObject({ items: [{ action: 'area.created', actor }] })
  })

  test('tells the reason, but none that could join a protected person and a home', async () => {
    const { id } = await world.made('/v1/persons', {
      firstNames: 'Aino',
      lastName: 'Esimerkki',
      migriNumber: '1234567',
      birthDate: '1990-01-01',
    })
    const reasons = async (recordId: string) =>
      (await page(`?recordId=${recordId}&sort=at`)).items.filter(({ reason }) => reason !== null).map(({ reason }) => reason)
    const why = 'Muuttaa osoitteeseen Esimerkkikatu 4'
    await world.send('post', `/v1/persons/${id}/reveals`, { fields: ['migriNumber'], reason: why })
    expect(await reasons(id)).toEqual([why])

    const household = await world.addHousehold()
    const head = await world.activeHeadLease(await world.addFlat())
    await world.done(`/v1/head-leases/${head.id}/end`, { endsOn: '2027-12-31', reason: 'agreement' })
    const lease = await world.made('/v1/subleases', { ...sublease(head.id, household), term: 'fixedTerm', endsOn: '2027-11-30' })
    await world.done(`/v1/subleases/${lease.id}/sign`, { signedOn: '2026-11-24' })
    await world.done(`/v1/subleases/${lease.id}/revert`, { reason: why })
    expect([await reasons(lease.id), await reasons(head.id)]).toEqual([[why], ['agreement']])
    await world.protect(household.tenant)
    await world.protect(id)
    // A word of a list, the same for every head lease: a missing one would tell whose home it is over.
    expect([await reasons(id), await reasons(lease.id), await reasons(head.id)]).toEqual([[], [], ['agreement']])
    const history = (await world.get(`/v1/subleases/${lease.id}/history`)).body as Page
    expect(history.items.map(({ reason }) => reason)).toContain(why)

    // Nobody can tell any more whose lease it was.
    await world.change('delete', `/v1/subleases/${lease.id}`)
    expect(await reasons(lease.id)).toEqual([])
  })
})
