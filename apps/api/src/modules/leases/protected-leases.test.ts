import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headLease, sublease, told, type As, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

let world: LeaseWorld
let finance: As
let client: As
let entrusted: As
let landlord: As
let flat = ''
let head = { id: '', reference: '' }
let household = { id: '', tenant: '' }
let lease = { id: '', etag: '' }

beforeAll(async () => {
  ;({ world } = await moduleWorld())
  finance = await world.as('finance')
  client = await world.asClient(['subleases:read', 'subleases:write'])
  entrusted = await world.asClient(['subleases:read', 'subleases:write', 'protected:read'])
  landlord = await world.as('landlord')
})
beforeEach(async () => {
  flat = await world.addFlat()
  household = await world.addHousehold('Kätketty', 1)
  head = await world.activeHeadLease(flat)
  lease = await world.made('/v1/subleases', {
    ...sublease(head.id, household),
    note: 'Salainen muistiinpano',
    paperLocation: 'Salainen muistiinpano',
  })
})
const url = () => `/v1/subleases/${lease.id}`

const hidden = [
  'household',
  'tenants',
  'flat',
  'roomId',
  'roomName',
  'place',
  'landlord',
  'headLease',
  'householdSize',
  'cityContact',
  'note',
  'paperLocation',
]

describe('a lease of a household with a protected person', () => {
  test('shows whoever lacks the right its terms, and neither the home nor the people', async () => {
    await world.protect(household.tenant)
    for (const as of [finance, client]) {
      const { body } = await world.get(url(), as)
      expect(body).toMatchObject({
        masked: true,
        status: 'draft',
        startsOn: '2026-02-01',
        rentCents: 64_000,
        ...Object.fromEntries(hidden.map((field) => [field, null])),
      })
      const text = JSON.stringify(body)
      for (const secret of [
        'Kätketty',
        'Esimerkkikatu',
        'Esimerkkisäätiö',
        'Salainen',
        flat,
        household.id,
        household.tenant,
        head.id,
        head.reference,
      ])
        expect(text).not.toContain(secret)
    }
    for (const as of [await world.as('coordinator'), entrusted]) {
      expect((await world.get(url(), as)).body).toMatchObject({
        masked: false,
        flat: { id: flat },
        household: { id: household.id },
        tenants: [{ id: household.tenant }],
      })
    }
  })

  test('does not tell which head lease it stands under: by its state, permission, days or instant', async () => {
    const fixed = { term: 'fixedTerm', endsOn: '2027-04-17' }
    const draft = await world.made('/v1/head-leases', { ...headLease(await world.addFlat()), ...fixed, subletPermission: null })
    const active = await world.activeHeadLease(await world.addFlat(), fixed)
    const [first, second] = [
      await world.made('/v1/subleases', sublease(draft.id, household)),
      await world.made('/v1/subleases', sublease(active.id, household)),
    ]
    await world.protect(household.tenant)
    const read = async ({ id }: { id: string }, as?: As) => (await world.get(`/v1/subleases/${id}`, as)).body as Body
    expect(JSON.stringify((await read(first))['missing'])).toMatch(/headLease/)
    expect(JSON.stringify((await read(first, finance))['missing'])).not.toMatch(/headLease|subletPermission/)
    expect(await read(second)).toMatchObject({ effectiveEndsOn: '2027-04-17', warnings: [{ code: 'indefiniteUnderFixedHeadLease' }] })
    const before = await read(second, finance)
    expect(before).toMatchObject({ masked: true, effectiveEndsOn: null, warnings: [] })
    await world.later(1, async () => {
      await world.done(`/v1/head-leases/${active.id}/extend`, { endsOn: '2027-05-31' })
      expect((await read(second))['effectiveEndsOn']).toBe('2027-05-31')
      expect((await read(second))['updatedAt']).toBe(before['updatedAt'])
    })
  })

  test('what was written about its head lease is not for who lacks the right', async () => {
    const above = await world.made('/v1/head-leases', headLease(await world.addFlat()))
    await world.done(`/v1/head-leases/${above.id}/sign`, { signedOn: '2026-01-01' })
    await world.done(`/v1/head-leases/${above.id}/revert`, { reason: 'Kätketty muuttaa tähän' })
    await world.made('/v1/subleases', sublease(above.id, household))
    const reader = await world.asClient(['head-leases:read'])
    const reasons = async (as?: As) =>
      JSON.stringify((await world.get(`/v1/head-leases/${above.id}/history`, as)).body as Body).includes('Kätketty')
    // Nor before the order: reasons that vanish would tell over whose home it is.
    expect([await reasons(), await reasons(reader)]).toEqual([true, false])
    await world.protect(household.tenant)
    expect([await reasons(), await reasons(reader)]).toEqual([true, false])
  })

  test('is masked at once and all the same where an order comes later, a member inherits or a tenant is protected elsewhere', async () => {
    const before = (await world.get(url(), finance)).body as Body
    expect(before).toMatchObject({ masked: false, household: { name: 'Kätketty' } })
    await world.protect(household.tenant)
    const after = await world.get(url(), finance)
    expect(after.body).toMatchObject({ masked: true })
    expect((after.body as Body)['etag']).not.toBe(before['etag'])
    expect((await world.send('patch', url(), {}, { 'if-match': before['etag'] as string })).status).toBe(412)

    const other = await world.addHousehold('Toinen')
    const elsewhere = await world.activeHeadLease(await world.addFlat())
    const second = await world.made('/v1/subleases', sublease(elsewhere.id, other))
    expect((await world.get(`/v1/subleases/${second.id}`, finance)).body).toMatchObject({ masked: false })
    // somebody of the other household has lived with the protected person
    await world.insert('household_members', {
      household_id: household.id,
      person_id: other.tenant,
      joined_on: '2019-01-01',
      left_on: '2019-12-31',
    })
    expect((await world.get(`/v1/subleases/${second.id}`, finance)).body).toMatchObject({ masked: true })
  })

  test('an order bumps the version of each lease of the household, also where it was masked already', async () => {
    await world.protect(household.tenant)
    const first = (await world.get(url())).body as Body
    const [{ id: other } = { id: '' }] = (
      await world.app.owner.query<{ id: string }>(
        'select person_id as id from household_members where household_id = $1 and person_id <> $2',
        [household.id, household.tenant],
      )
    ).rows
    await world.protect(other)
    expect(((await world.get(url())).body as Body)['etag']).not.toBe(first['etag'])
  })

  test('is not changed without the right, and not made', async () => {
    await world.protect(household.tenant)
    const { etag } = (await world.get(url(), client)).body as { etag: string }
    const ifMatch = { 'if-match': etag }
    const refused = [
      world.send('patch', url(), { note: 'x' }, ifMatch, client),
      world.send('patch', url(), {}, {}, client),
      world.send('delete', url(), undefined, ifMatch, client),
      world.send('post', `${url()}/sign`, { signedOn: '2026-11-24' }, ifMatch, client),
      world.send('post', `${url()}/rent-parts`, { kind: 'base', cents: 1, startsOn: '2026-12-01' }, ifMatch, client),
      world.send('post', `${url()}/disclosures`, { to: 'tenant', disclosedOn: '2026-11-24' }, ifMatch, client),
      world.send('post', '/v1/subleases', { ...sublease((await world.activeHeadLease(await world.addFlat())).id, household) }, {}, client),
    ]
    for (const answer of await Promise.all(refused)) expect(told(answer)).toEqual([403, 'addressProtection.noRight'])
    expect((await world.send('patch', url(), { dueDay: 5 }, ifMatch, entrusted)).body).toMatchObject({ dueDay: 5, masked: false })
  })

  test('takes its days without being named', async () => {
    await world.protect(household.tenant)
    const other = await world.addHousehold()
    const overlapping = { ...sublease(head.id, other), startsOn: '2026-03-01' }
    const unnamed = await world.send('post', '/v1/subleases', overlapping, {}, client)
    expect([unnamed.status, unnamed.body]).toEqual([409, expect.objectContaining({ code: 'lease.overlap', params: {} })])
    expect((await world.send('post', '/v1/subleases', overlapping)).body).toMatchObject({ params: { id: lease.id } })
  })

  test('each reading by whoever may is kept, and no other', async () => {
    const reads = async () =>
      (await world.app.owner.query("select actor_id from audit_entries where action = 'sublease.read' and record_id = $1", [lease.id])).rows
        .length
    await world.get(url())
    expect(await reads()).toBe(0)
    await world.protect(household.tenant)
    await world.get(url(), finance)
    await world.get(url(), landlord)
    expect(await reads()).toBe(0)
    await world.get(url())
    await world.get(url(), entrusted)
    expect(await reads()).toBe(2)
  })
})

describe('the landlord of the flat', () => {
  const exactly = [
    'cityContact',
    'endsOn',
    'etag',
    'flat',
    'headLease',
    'householdSize',
    'id',
    'reference',
    'scope',
    'startsOn',
    'status',
    'tenant',
    'tenantDisclosure',
    'term',
  ]

  test('gets a closed set of fields, and the tenant once told', async () => {
    const untold = (await world.get(url(), landlord)).body as Body
    expect(Object.keys(untold).sort()).toEqual(exactly)
    expect(untold).toMatchObject({ tenant: null, tenantDisclosure: 'byCity', householdSize: 2, headLease: head, flat: { id: flat } })
    await world.done(`${url()}/disclosures`, { to: 'landlord', disclosedOn: '2026-11-24', channel: 'registeredLetter' })
    const seen = (await world.get(url(), landlord)).body as Body
    expect(Object.keys(seen).sort()).toEqual(exactly)
    expect(seen).toMatchObject({ tenant: { name: 'Aino Kätketty', phone: '+358401234567' }, tenantDisclosure: 'told' })
    expect((await world.get(url(), await world.as('landlord', await world.addLandlord('Kolmas')))).status).toBe(404)
  })

  test('cannot tell a protected tenant from one it was not told of', async () => {
    const untold = (await world.get(url(), landlord)).body as Body
    await world.done(`${url()}/disclosures`, { to: 'landlord', disclosedOn: '2026-11-24' })
    await world.protect(household.tenant)
    const masked = (await world.get(url(), landlord)).body as Body
    expect({ ...masked, etag: '' }).toEqual({ ...untold, etag: '' })
  })

  test('gets whom to call from the sublease, else from the head lease', async () => {
    const team = { name: 'Asumisen tiimi', email: 'asuminen@kunta.example', phone: null }
    await world.change('patch', `/v1/head-leases/${head.id}`, { cityContact: team })
    expect((await world.get(url(), landlord)).body).toMatchObject({ cityContact: team })
    const person = { name: 'Aino Esimerkki', email: null, phone: '+358401234567' }
    await world.change('patch', url(), { cityContact: person })
    expect((await world.get(url(), landlord)).body).toMatchObject({ cityContact: person })
  })
})
