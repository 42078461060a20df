import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld({ demoData: true })

type Made = Body & { id: string; etag: string; reference: string }
interface Page {
  readonly items: (Body & { id: string; masked: boolean; reference: string })[]
  readonly nextCursor: string | null
  readonly totalCount?: number
}
const page = async (url: string, as?: As): Promise<Page> => {
  const answer = await world.get(url, as)
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as Page
}
const csv = async (url: string, as: As) => (await request(app.server).get(url).set({ authorization: as, accept: 'text/csv' })).text
const person = (lastName: string, firstNames = 'Aino', values: Body = {}) =>
  world.made('/v1/persons', {
    firstNames,
    lastName,
    migriNumber: randomUUID().slice(0, 12),
    birthDate: '1990-01-01',
    ...values,
  }) as Promise<Made>
const household = (name: string, values: Body, ...members: [Made, string, string?][]) =>
  world.made('/v1/households', {
    name,
    members: members.map(([one, joinedOn, leftOn]) => ({ personId: one.id, joinedOn, leftOn: leftOn ?? null })),
    ...values,
  }) as Promise<Made>

const scopes = ['persons:read', 'households:read'] as const
const blind: Record<string, () => Promise<As>> = {
  finance: () => world.as('finance'),
  'a client without protected:read': () => world.asClient(scopes),
}
const seeing: Record<string, () => Promise<As>> = {
  'a coordinator': () => world.as('coordinator'),
  'a client with protected:read': () => world.asClient([...scopes, 'protected:read']),
}

/** Under an order; of its household; of that household once and of an open one now; nothing to hide. */
let hidden: Made
let inherits: Made
let moved: Made
let plain: Made
let protectedHome: Made
let openHome: Made

beforeAll(async () => {
  hidden = await person('Aavasalo', 'Canaria', {
    phone: '+358409998877',
    email: 'canaria@posti.example',
    contactAddress: { streetAddress: 'Piilopolku 7', postalCode: null, postOffice: null },
  })
  inherits = await person('Canariainen', 'Lapsi')
  moved = await person('Canariamuuttaja', 'Aikuinen')
  plain = await person('Özdemir', 'Selin', { phone: '+358401234567' })
  protectedHome = await household(
    'Canaria',
    { waitingSince: '2026-10-01' },
    [hidden, '2026-01-01'],
    [inherits, '2026-01-01'],
    [moved, '2026-01-01', '2026-05-31'],
  )
  openHome = await household('Özdemir', { waitingSince: '2026-09-01' }, [plain, '2026-01-01'], [moved, '2026-06-01'])
  await household('Kotona', {}, [await person('Aalto'), '2026-01-01'])
  await world.done(`/v1/persons/${hidden.id}/address-protection`, { grantedOn: '2026-11-01', endsOn: null })
})

const canary = /canaria|aavasalo|piilopolku|998877/i
const found = ({ items }: Page) => items.map(({ id }) => id)

describe.each(Object.keys(blind))('for %s', (who) => {
  const as = () => (blind[who] as () => Promise<As>)()

  test('masked persons and households are in the lists, counted and empty', async () => {
    const persons = await page('/v1/persons?count=true', await as())
    expect(persons.totalCount).toBe(5)
    expect(
      persons.items
        .filter(({ masked }) => masked)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([hidden.id, inherits.id, moved.id].sort())
    const households = await page('/v1/households?count=true', await as())
    expect(households.totalCount).toBe(3)
    expect(households.items.filter(({ masked }) => masked).map(({ id }) => id)).toEqual([protectedHome.id])
    expect(JSON.stringify([persons, households])).not.toMatch(canary)
  })

  test('none is found by a name, its own or of its household; by reference it is, masked', async () => {
    for (const url of [
      '/v1/persons?q=canaria',
      '/v1/persons?q=aavasalo',
      '/v1/persons?q=c',
      '/v1/households?q=canaria',
      '/v1/households?q=aavasalo',
      '/v1/households?q=canariamuuttaja',
    ])
      expect(found(await page(`${url}&count=true`, await as())), url).toEqual([])
    expect((await page('/v1/persons?q=canaria&count=true', await as())).totalCount).toBe(0)
    expect((await page(`/v1/persons?q=${hidden.reference}`, await as())).items).toMatchObject([
      { id: hidden.id, masked: true, lastName: null },
    ])
    expect((await page(`/v1/households?q=${protectedHome.reference}`, await as())).items).toMatchObject([
      { id: protectedHome.id, masked: true, name: null },
    ])
    expect(found(await page('/v1/persons?q=selin', await as()))).toEqual([plain.id])
    expect(found(await page('/v1/households?q=selin', await as()))).toEqual([openHome.id])
  })

  test('none is found by a filter on what is hidden', async () => {
    expect(found(await page(`/v1/persons?householdId=${protectedHome.id}`, await as()))).toEqual([])
    expect(found(await page(`/v1/persons?householdId=${openHome.id}`, await as()))).toEqual([plain.id])
    expect(found(await page(`/v1/households?personId=${hidden.id}`, await as()))).toEqual([])
    expect(found(await page(`/v1/households?personId=${inherits.id}`, await as()))).toEqual([])
    expect(found(await page(`/v1/households?personId=${moved.id}`, await as()))).toEqual([])
    expect(found(await page(`/v1/households?personId=${plain.id}`, await as()))).toEqual([openHome.id])
    expect(found(await page('/v1/households?waiting=true', await as()))).toEqual([openHome.id])
    expect(found(await page('/v1/households?waiting=false', await as()))).not.toContain(protectedHome.id)
  })

  test('by when they were changed they are not found: person, home and lease change at one instant', async () => {
    expect(found(await page('/v1/persons?updatedSince=2026-11-24T00:00:00Z', await as()))).not.toContain(hidden.id)
    expect(found(await page('/v1/households?updatedSince=2026-11-24T00:00:00Z', await as()))).not.toContain(protectedHome.id)
    expect(found(await page('/v1/persons?updatedSince=2026-11-24T00:00:00Z', await world.as('coordinator')))).toContain(hidden.id)
  })

  test.each(['lastName', '-lastName', 'firstNames,lastName', '-firstNames', 'createdAt', '-updatedAt'])(
    'sorted by %s they stand together as null, in an order that tells nothing',
    async (sort) => {
      const { items } = await page(`/v1/persons?sort=${sort}`, await as())
      const places = items.flatMap(({ masked }, index) => (masked ? [index] : []))
      expect(places).toEqual(sort.startsWith('-') ? [0, 1, 2] : [2, 3, 4])
      // Among themselves by id, which is the order of their making.
      const order = items.filter(({ masked }) => masked).map(({ id }) => id)
      expect(order).toEqual(sort.startsWith('-') ? [moved.id, inherits.id, hidden.id] : [hidden.id, inherits.id, moved.id])
      await expectPaged(`/v1/persons?sort=${sort}`, await as())
    },
  )

  test.each(['name', '-name', 'waitingSince', '-waitingSince', 'reference'])('households sorted by %s come page by page', async (sort) =>
    expectPaged(`/v1/households?sort=${sort}`, await as()),
  )

  test('CSV holds no hidden word', async () => {
    for (const url of ['/v1/persons', '/v1/households']) {
      const text = await csv(url, await as())
      expect(text).toContain('zdemir')
      expect(text, url).not.toMatch(canary)
    }
  })

  test('a reading of the list is kept for those it showed', async () => {
    const before = await reads(plain.id)
    const hiddenBefore = await reads(hidden.id)
    await page('/v1/persons', await as())
    expect(await reads(plain.id)).toBe(before + 1)
    expect(await reads(hidden.id)).toBe(hiddenBefore)
  })
})

const reads = async (id: string) =>
  Number(
    (await app.owner.query<{ n: string }>("select count(*) as n from audit_entries where record_id = $1 and action = 'person.read'", [id]))
      .rows[0]?.n,
  )

async function expectPaged(url: string, as: As): Promise<void> {
  const whole = found(await page(url, as))
  const parts: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const one: Page = await page(`${url}&limit=1${cursor && `&cursor=${cursor}`}`, as)
    parts.push(...found(one))
    cursor = one.nextCursor
  }
  expect(parts).toEqual(whole)
}

describe.each(Object.keys(seeing))('for %s', (who) => {
  test('the same questions find them', async () => {
    const as = await (seeing[who] as () => Promise<As>)()
    expect(JSON.stringify(await page('/v1/persons', as))).toMatch(canary)
    expect(await csv('/v1/persons', as)).toMatch(/Piilopolku 7/)
    expect(found(await page('/v1/persons?q=aavasalo', as))).toEqual([hidden.id])
    expect(found(await page('/v1/persons?q=canaria', as))).toHaveLength(3)
    expect(found(await page('/v1/households?q=aavasalo', as))).toEqual([protectedHome.id])
    expect(found(await page(`/v1/households?personId=${moved.id}&sort=reference`, as))).toEqual([protectedHome.id, openHome.id])
    expect(found(await page(`/v1/persons?householdId=${protectedHome.id}`, as))).toHaveLength(3)
    expect(found(await page('/v1/households?waiting=true&sort=waitingSince', as))).toEqual([openHome.id, protectedHome.id])
    expect((await page('/v1/persons', as)).items.map(({ lastName }) => lastName)).toEqual([
      'Aalto',
      'Aavasalo',
      'Canariainen',
      'Canariamuuttaja',
      'Özdemir',
    ])
    await expectPaged('/v1/persons?sort=-lastName,firstNames', as)
  })
})

test.each(['supportWorker', 'landlord', 'admin', 'auditor'] as const)('%s lists neither', async (role) => {
  for (const url of ['/v1/persons', '/v1/households', '/v1/persons?q=x'])
    expect(told(await world.get(url, await world.as(role)))).toEqual([403, 'access.denied'])
})

test('identity codes stand in no address: there is no such filter', async () => {
  for (const query of ['identityCode=010190-900P', 'migriNumber=1', 'birthDate=1990-01-01', 'sort=birthDate', 'sort=identityCode'])
    expect((await world.get(`/v1/persons?${query}`)).status, query).toBe(400)
})
