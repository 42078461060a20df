import { beforeAll, describe, expect, test } from 'vitest'
import { scopes } from '@kotoisa/domain'
import { sublease, told, type As } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld({ demoData: true })

interface Hit {
  readonly resource: string
  readonly id: string
  readonly reference: string
  readonly title: string | null
  readonly subtitle: string | null
  readonly status: string | null
  readonly masked: boolean
}
const search = async (q: string, as?: As): Promise<Hit[]> => {
  const answer = await world.get(`/v1/search?q=${encodeURIComponent(q)}`, as)
  if (answer.status !== 200) throw new Error(`${q}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return (answer.body as { items: Hit[] }).items
}
const kinds = (hits: readonly Hit[]) => [...new Set(hits.map(({ resource }) => resource))]

async function letHome(street: string, name: string, first: string) {
  const flat = await world.addFlat({ street_address: street })
  const person = await world.made('/v1/persons', { firstNames: first, lastName: name, migriNumber: `M${name}`, birthDate: '1990-01-01' })
  const household = await world.made('/v1/households', { name, members: [{ personId: person.id, joinedOn: '2026-01-01' }] })
  const head = await world.activeHeadLease(flat)
  const lease = await world.made('/v1/subleases', sublease(head.id, { id: household.id, tenant: person.id }))
  return { flat, person, household, head, lease }
}
let plain: Awaited<ReturnType<typeof letHome>>
let hidden: Awaited<ReturnType<typeof letHome>>
let foreign = ''

beforeAll(async () => {
  plain = await letHome('Kuusikkotie 5', 'Selinmaa', 'Farid')
  hidden = await letHome('Piilokuusikko 9', 'Zetasalo', 'Qamar')
  await world.done(`/v1/persons/${hidden.person.id}/address-protection`, { grantedOn: '2026-11-20', endsOn: null })
  foreign = await world.addLandlord('Vieras Kuusikko Oy')
})

describe('a search', () => {
  test('finds every kind by a word of it, in one answer, with what tells it from others', async () => {
    const hits = await search('kuusikko')
    expect(kinds(hits)).toEqual(['sublease', 'headLease', 'flat', 'landlord'])
    expect(hits.find(({ id }) => id === plain.lease.id)).toMatchObject({ status: 'draft', subtitle: 'Selinmaa', masked: false })
    expect(hits.find(({ id }) => id === plain.head.id)).toMatchObject({ status: 'active', title: expect.stringContaining('Kuusikkotie 5') })
    expect(hits.find(({ id }) => id === plain.flat)).toMatchObject({ status: null, subtitle: expect.stringMatching(/^\d{5} /) })
    expect(kinds(await search('farid selin'))).toEqual(['household', 'person', 'sublease'])
    expect((await search('selin'))[0]).toMatchObject({ resource: 'household', title: 'Selinmaa', subtitle: 'Farid' })
    expect((await search('selin')).find(({ resource }) => resource === 'person')).toMatchObject({ title: 'Farid Selinmaa', subtitle: null })
  })

  test('finds one record by its reference, and nothing by words that do not all fit', async () => {
    expect((await search(plain.head.reference)).map(({ id }) => id)).toEqual([plain.head.id])
    expect((await search(plain.lease['reference'] as string)).map(({ id }) => id)).toEqual([plain.lease.id])
    expect(await search('selinmaa piilokuusikko')).toEqual([])
    expect(await search('--')).toEqual([])
  })

  test('tells at most five of a kind, the first in the order of the list', async () => {
    for (const number of [10, 2, 30, 4, 5, 6]) await world.addFlat({ street_address: `Rivitalopolku ${number}` })
    const found = (await search('rivitalopolku')).map(({ title }) => /polku (\d+)/.exec(title ?? '')?.[1])
    expect(found).toEqual(['2', '4', '5', '6', '10'])
  })

  test.each(['', '?q=', '?q=a', `?q=${'a'.repeat(101)}`, '?q=ab&limit=3'])('with %s is malformed', async (query) => {
    expect((await world.get(`/v1/search${query}`)).status).toBe(400)
  })
})

describe('who finds what', () => {
  test.each([
    ['coordinator', 'kuusikko', ['sublease', 'headLease', 'flat', 'landlord']],
    ['finance', 'kuusikko', ['sublease', 'headLease', 'flat', 'landlord']],
    ['supportWorker', 'kuusikko', ['flat', 'landlord']],
    ['admin', 'kuusikko', ['flat', 'landlord']],
    ['auditor', 'kuusikko', []],
    ['supportWorker', 'selinmaa', []],
    ['admin', 'selinmaa', []],
    ['finance', 'selinmaa', ['household', 'person', 'sublease']],
  ] as const)('%s by “%s”', async (role, q, expected) => {
    expect(kinds(await search(q, await world.as(role)))).toEqual(expected)
  })

  test('a landlord: its own homes and leases, nobody who lives there, no other landlord', async () => {
    const own = await search('kuusikko', await world.as('landlord'))
    expect(kinds(own)).toEqual(['sublease', 'headLease', 'flat'])
    expect(own.find(({ id }) => id === plain.lease.id)).toMatchObject({ title: expect.stringContaining('Kuusikkotie 5'), subtitle: null })
    expect(await search('selinmaa', await world.as('landlord'))).toEqual([])
    expect(kinds(await search('kuusikko', await world.as('landlord', foreign)))).toEqual(['landlord'])
  })

  test('a program: the kinds of its scopes', async () => {
    expect(kinds(await search('kuusikko', await world.asClient(['flats:read'])))).toEqual(['flat'])
    expect(await search('selinmaa', await world.asClient(['flats:read', 'flats:write']))).toEqual([])
  })

  test('whoever is not signed in is refused', async () => {
    expect(told(await world.get('/v1/search?q=kuusikko', 'Bearer none'))).toEqual([401, 'auth.invalidToken'])
  })
})

describe('a protected household', () => {
  const without: Record<string, () => Promise<As>> = {
    finance: () => world.as('finance'),
    'a client without protected:read': () => world.asClient(scopes.filter((scope) => scope !== 'protected:read')),
  }
  test.each(Object.keys(without))('is found by %s by reference alone, and masked', async (who) => {
    const as = await (without[who] as () => Promise<As>)()
    expect(await search('zetasalo', as)).toEqual([])
    expect(await search('qamar', as)).toEqual([])
    // The home by itself is no secret; that it is let, and to whom, is.
    expect(kinds(await search('piilokuusikko', as))).toEqual(['headLease', 'flat'])
    for (const record of [hidden.household, hidden.person, hidden.lease]) {
      const [hit, ...others] = await search(record['reference'] as string, as)
      expect([hit, others]).toMatchObject([{ id: record.id, title: null, subtitle: null, masked: true }, []])
    }
  })

  test('is whole for whoever has the right, and each reading is kept', async () => {
    await app.owner.query("delete from audit_entries where action like '%.read'")
    const hits = await search('zetasalo')
    expect(hits.map(({ resource, masked, title }) => [resource, masked, title === null])).toEqual([
      ['household', false, false],
      ['person', false, false],
      ['sublease', false, false],
    ])
    const { rows } = await app.owner.query(
      "select distinct action, record_id as id from audit_entries where action like '%.read' order by action",
    )
    expect(rows).toEqual([
      { action: 'household.read', id: hidden.household.id },
      { action: 'person.read', id: hidden.person.id },
      { action: 'sublease.read', id: hidden.lease.id },
    ])
  })
})
