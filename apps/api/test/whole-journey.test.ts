import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { rent, type As, type Body, type LeaseWorld } from './lease-world.ts'
import { moduleWorld } from './module-world.ts'

let world: LeaseWorld
let client: As
beforeAll(async () => {
  ;({ world } = await moduleWorld())
  const nouns = ['landlords', 'areas', 'buildings', 'flats', 'persons', 'households', 'head-leases', 'subleases'] as const
  client = await world.asClient(nouns.flatMap((noun) => [`${noun}:read`, `${noun}:write`] as const))
})

const url = (...parts: string[]) => `/v1/${parts.join('/')}`
type Made = Body & { id: string; etag: string }

async function post(path: string, body: Body, etag?: string): Promise<Made> {
  const answer = await request(world.app.server)
    .post(path)
    .set({ authorization: client, 'idempotency-key': randomUUID(), ...(etag ? { 'if-match': etag } : {}) })
    .send(body)
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as Made
}
const make = (noun: string, body: Body) => post(url(noun), body)
/** Each step takes the tag that the step before gave. */
const signAndActivate = async (noun: string, lease: Made, day: string) => {
  const signed = await post(url(noun, lease.id, 'sign'), { signedOn: day }, lease.etag)
  return post(url(noun, lease.id, 'activate'), { activeOn: day }, signed.etag)
}

test('a program does the whole job over REST; the landlord sees exactly that tenancy, and another landlord nothing', async () => {
  const landlord = await make('landlords', {
    name: 'Retkiasunnot Esimerkki ry',
    businessId: '0112038-9',
    nonprofit: true,
    nonprofitGround: 'association',
  })
  const area = await make('areas', { name: 'Retkialue' })
  const address = { streetAddress: 'Retkikuja 7', postalCode: '40500', postOffice: 'Jyväskylä' }
  const building = await make('buildings', { areaId: area.id, type: 'apartmentBlock', ...address })
  const flat = await make('flats', {
    landlordId: landlord.id,
    buildingId: building.id,
    ...address,
    apartment: { letter: 'A', number: '12', splitter: null },
    roomCount: 3,
    squareMetres: 71.5,
    maxPersons: 4,
    lift: false,
  })
  const person = await make('persons', { firstNames: 'Amina', lastName: 'Retkeilijä', migriNumber: '9990001', birthDate: '1990-01-01' })
  const household = await make('households', { name: 'Retkeilijä', members: [{ personId: person.id, joinedOn: '2026-11-24' }] })
  const headLease = await make('head-leases', {
    flatId: flat.id,
    term: 'indefinite',
    startsOn: '2026-11-24',
    rentParts: rent,
    subletPermission: { source: 'leaseClause', grantedOn: '2026-11-01' },
    vacancyBornBy: 'municipality',
  })
  await signAndActivate('head-leases', headLease, '2026-11-24')
  const draft = await make('subleases', {
    headLeaseId: headLease.id,
    scope: 'wholeFlat',
    householdId: household.id,
    tenantIds: [person.id],
    term: 'indefinite',
    startsOn: '2026-11-24',
    rentParts: rent,
  })
  const active = await signAndActivate('subleases', draft, '2026-11-24')
  expect(active).toMatchObject({
    status: 'active',
    flat: { address: 'Retkikuja 7 A 12' },
    landlord: { id: landlord.id },
    household: { name: 'Retkeilijä' },
    tenants: [{ id: person.id }],
  })

  const items = async (path: string, as: As) => ((await world.get(path, as)).body as { items: Body[] }).items
  const own = await world.as('landlord', landlord.id)
  expect(await items('/v1/subleases', own)).toMatchObject([{ id: draft.id, flat: { id: flat.id }, startsOn: '2026-11-24' }])
  expect(await items('/v1/flats', own)).toMatchObject([{ id: flat.id }])
  expect(await items('/v1/head-leases', own)).toMatchObject([{ id: headLease.id }])
  const other = await world.as('landlord')
  for (const noun of ['subleases', 'flats', 'head-leases']) expect(await items(url(noun), other)).toEqual([])
  for (const [noun, { id }] of Object.entries({ subleases: draft, flats: flat, 'head-leases': headLease, landlords: landlord }))
    expect((await world.get(url(noun, id), other)).status).toBe(404)
})
