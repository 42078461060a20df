import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld({ demoData: true })

type Made = Body & { id: string; etag: string; reference: string }
const scopes = ['persons:read', 'persons:write', 'households:read', 'households:write'] as const
const person = (values: Body = {}) =>
  world.made('/v1/persons', {
    firstNames: 'Aino',
    lastName: 'Esimerkki',
    migriNumber: randomUUID().slice(0, 12),
    birthDate: '1990-01-01',
    ...values,
  }) as Promise<Made>
const household = (values: Body, ...members: Made[]) =>
  world.made('/v1/households', {
    name: 'Esimerkki',
    members: members.map(({ id }) => ({ personId: id, joinedOn: '2026-01-01' })),
    ...values,
  }) as Promise<Made>
const body = async (url: string, as?: As) => (await world.get(url, as)).body as Body
const protect = (one: Made, values: Body = {}) =>
  world.done(`/v1/persons/${one.id}/address-protection`, { grantedOn: '2026-11-01', endsOn: null, ...values })

/** Whoever lacks the right: of the people only finance reads persons at all. */
const blind: Record<string, () => Promise<As>> = {
  finance: () => world.as('finance'),
  'a client without protected:read': () => world.asClient(scopes),
}
const seeing: Record<string, () => Promise<As>> = {
  a_coordinator: () => world.as('coordinator'),
  a_client: () => world.asClient([...scopes, 'protected:read']),
}

/** Nothing but these words may tell that a planted person leaked. */
const canary = /Canaria|Salattu|Piilopolku|\+358409998877|salattu@|1987-05/
let parent: Made
let child: Made
let home: Made

beforeEach(async () => {
  parent = await person({
    lastName: 'Canaria',
    phone: '+358409998877',
    email: 'salattu@posti.example',
    birthDate: '1987-05-05',
    contactAddress: { streetAddress: 'Piilopolku 7', postalCode: null, postOffice: null },
  })
  child = await person({ lastName: 'Canaria', birthDate: '2015-05-05' })
  home = await household({ name: 'Salattu', note: 'Piilopolku' }, parent, child)
})

describe('an order', () => {
  test('shows to who may see it, with its end, and replaces the one before', async () => {
    expect(await protect(parent, { endsOn: '2031-10-31' })).toMatchObject({
      addressProtection: { grantedOn: '2026-11-01', endsOn: '2031-10-31' },
      lastName: 'Canaria',
    })
    expect(await protect(parent, { grantedOn: '2031-11-01', endsOn: null })).toMatchObject({
      addressProtection: { grantedOn: '2031-11-01', endsOn: null },
    })
    const reversed = await world.change('post', `/v1/persons/${parent.id}/address-protection`, {
      grantedOn: '2026-11-01',
      endsOn: '2026-10-31',
    })
    expect(told(reversed)).toEqual([422, 'date.reversed', '/endsOn date.reversed'])
  })

  test('masks at once and bumps the tags of person, household and members (AZ-13)', async () => {
    const urls = [`/v1/persons/${parent.id}`, `/v1/persons/${child.id}`, `/v1/households/${home.id}`]
    const coordinator = await world.as('coordinator')
    const before = await Promise.all(urls.map((url) => body(url, coordinator)))
    await protect(parent)
    for (const [index, url] of urls.entries()) {
      const after = await body(url, coordinator)
      expect(version(after), url).toBeGreaterThan(version(before[index] as Body))
      const stale = await world.send('patch', url, {}, { 'if-match': (before[index] as Made).etag })
      expect(told(stale), url).toEqual([412, 'precondition.failed'])
    }
  })

  test('past its end masks on (no unlocking by the calendar)', async () => {
    await protect(parent, { grantedOn: '2020-01-01', endsOn: '2020-12-31' })
    expect(await body(`/v1/persons/${parent.id}`, await world.as('finance'))).toMatchObject({ masked: true })
  })

  test('is given once for a key, and an answer kept from before is not replayed to who may no longer see it', async () => {
    const client = await world.asClient(scopes)
    const key = { 'idempotency-key': randomUUID() }
    const new_ = { firstNames: 'Aino', lastName: 'Canaria', migriNumber: randomUUID().slice(0, 12), birthDate: '1987-05-05' }
    const made = await world.send('post', '/v1/persons', new_, key, client)
    await protect(made.body as Made)
    expect(told(await world.send('post', '/v1/persons', new_, key, client))).toEqual([409, 'idempotency.notReplayable'])
  })
})

const version = (record: Body): number => Number(/^"(\d+)\./.exec(record['etag'] as string)?.[1])

describe.each(Object.keys(blind))('for %s', (who) => {
  let as: As
  beforeEach(async () => {
    as = await (blind[who] as () => Promise<As>)()
    await protect(parent)
  })

  test('a protected person, its household and its other members are there and empty', async () => {
    for (const [url, record] of [
      [`/v1/persons/${parent.id}`, parent],
      [`/v1/persons/${child.id}`, child],
      [`/v1/households/${home.id}`, home],
    ] as const) {
      const seen = await body(url, as)
      expect(seen).toMatchObject({ id: record.id, reference: record.reference, masked: true })
      expect(
        Object.entries(seen).filter(([field, value]) => value !== null && !['id', 'reference', 'etag', 'masked'].includes(field)),
      ).toEqual([])
      expect(JSON.stringify(seen)).not.toMatch(canary)
    }
  })

  test('who stays in another household is a masked member there', async () => {
    const friend = await person({ lastName: 'Avoin' })
    await world.change('patch', `/v1/households/${home.id}`, {
      members: [
        { personId: parent.id, joinedOn: '2026-01-01' },
        { personId: child.id, joinedOn: '2026-01-01', leftOn: '2026-03-31' },
      ],
    })
    const next = (await world.made('/v1/households', {
      name: 'Avoin',
      members: [
        { personId: friend.id, joinedOn: '2026-01-01' },
        { personId: child.id, joinedOn: '2026-04-01' },
      ],
    })) as Made
    const seen = await body(`/v1/households/${next.id}`, as)
    expect(seen).toMatchObject({ masked: false, name: 'Avoin' })
    const { members } = seen as { members: { person: Made; joinedOn: string | null }[] }
    expect(members.map(({ person: { id, masked } }) => [id, masked])).toEqual([
      [friend.id, false],
      [child.id, true],
    ])
    expect(members[1]).toMatchObject({
      joinedOn: null,
      leftOn: null,
      person: { reference: child.reference, etag: (await body(`/v1/persons/${child.id}`, as))['etag'] },
    })
    expect(JSON.stringify(seen)).not.toMatch(canary)
  })

  test('the tag of the record tells nothing but that it changed', async () => {
    const before = await body(`/v1/persons/${parent.id}`, as)
    await world.change('patch', `/v1/persons/${parent.id}`, { lastName: 'Canaria-Uusi' })
    const after = await body(`/v1/persons/${parent.id}`, as)
    expect({ ...after, etag: '' }).toEqual({ ...before, etag: '' })
    const tagOf = (record: Body) => (record['etag'] as string).split('.')[1]
    expect(tagOf(after)).toBe(tagOf(before))
  })

  test('a reading that showed nothing is not kept as one', async () => {
    await world.get(`/v1/households/${home.id}`, as)
    const { rowCount } = await app.owner.query(
      "select from audit_entries where record_id = $1 and action = 'household.read' and actor_id <> (select id from users where roles = '{coordinator}')",
      [home.id],
    )
    expect(rowCount).toBe(0)
  })
})

describe.each(Object.keys(seeing))('for %s with the right', (who) => {
  test('the planted words are there, so that what the others do not see is not for want of it', async () => {
    const as = await (seeing[who] as () => Promise<As>)()
    await protect(parent)
    for (const url of [`/v1/persons/${parent.id}`, `/v1/households/${home.id}`]) expect(JSON.stringify(await body(url, as))).toMatch(canary)
    expect(await body(`/v1/households/${home.id}`, as)).toMatchObject({ masked: false, protected: true })
    const { rows } = await app.owner.query(
      "select count(*)::int as n from audit_entries where record_id = $1 and action = 'household.read'",
      [home.id],
    )
    expect((rows[0] as { n: number }).n).toBeGreaterThan(0)
  })
})

describe('a client without protected:read', () => {
  test('changes nothing of a masked person or household, and puts no such person in another (403)', async () => {
    const as = await world.asClient(scopes)
    await protect(parent)
    const current = async (url: string) => ({ 'if-match': (await body(url))['etag'] as string })
    for (const url of [`/v1/persons/${parent.id}`, `/v1/persons/${child.id}`, `/v1/households/${home.id}`]) {
      expect(told(await world.send('patch', url, {}, await current(url), as)), url).toEqual([403, 'addressProtection.noRight'])
      expect(told(await world.send('delete', url, undefined, await current(url), as)), url).toEqual([403, 'addressProtection.noRight'])
    }
    const order = `/v1/persons/${parent.id}/address-protection`
    expect(
      told(await world.send('post', order, { grantedOn: '2026-01-01', endsOn: null }, await current(`/v1/persons/${parent.id}`), as)),
    ).toEqual([403, 'addressProtection.noRight'])
    const joined = await world.send(
      'post',
      '/v1/households',
      { name: 'Muu', members: [{ personId: parent.id, joinedOn: '2020-01-01' }] },
      {},
      as,
    )
    expect(told(joined)).toEqual([403, 'addressProtection.noRight'])
  })

  test('may record an order, and then sees the person no more', async () => {
    const as = await world.asClient(scopes)
    const seen = await body(`/v1/persons/${parent.id}`, as)
    const answer = await world.send(
      'post',
      `/v1/persons/${parent.id}/address-protection`,
      { grantedOn: '2026-01-01', endsOn: null },
      { 'if-match': seen['etag'] as string },
      as,
    )
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ id: parent.id, masked: true, lastName: null })
  })

  test('reads of a masked history who and when, not what', async () => {
    const as = await world.asClient(scopes)
    await protect(parent)
    for (const url of [`/v1/persons/${parent.id}/history`, `/v1/households/${home.id}/history`]) {
      const { items } = (await body(url, as)) as unknown as { items: { changes: unknown; reason: unknown }[] }
      expect(items.length).toBeGreaterThan(0)
      for (const { changes, reason } of items) expect([changes, reason]).toEqual([null, null])
      expect(JSON.stringify(items)).not.toMatch(canary)
    }
    expect(JSON.stringify(await body(`/v1/persons/${parent.id}/history`))).toMatch(canary)
  })

  test('does not learn from a household’s history who was taken out of it', async () => {
    const [friend, taken] = [await person(), await person()]
    const other = await household({ name: 'Muu' }, friend, taken)
    await world.change('patch', `/v1/households/${other.id}`, { members: [{ personId: friend.id, joinedOn: '2026-01-01' }] })
    await protect(taken)
    expect(JSON.stringify(await body(`/v1/households/${other.id}/history`, await world.asClient(scopes)))).not.toContain(taken.id)
  })
})

test('no log line holds the planted words', () => expect(app.lines.join('\n')).not.toMatch(canary))
