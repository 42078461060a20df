import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { told, sublease, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()

type Made = Body & { id: string; etag: string }
const vacancy = (flatId: string, values: Body = {}): Body => ({
  flatId,
  startsOn: '2026-01-01',
  endsOn: '2026-01-31',
  reason: 'turnover',
  bornBy: 'municipality',
  ...values,
})
const made = async (flat: string, values: Body = {}) => (await world.made('/v1/vacancies', vacancy(flat, values))) as Made
const at = async (id: string) => (await world.get(`/v1/vacancies/${id}`)).body as Body
const days = async (id: string) => {
  const { startsOn, endsOn, effectiveEndsOn } = await at(id)
  return [startsOn, endsOn, effectiveEndsOn]
}

/** A flat that the city holds since 2026, and nobody lives in it. */
async function heldFlat(values: Body = {}) {
  const flat = await world.addFlat()
  return { flat, head: await world.activeHeadLease(flat, values) }
}
async function letFlat(startsOn: string, { signed = true }: { signed?: boolean } = {}) {
  const held = await heldFlat()
  const household = await world.addHousehold()
  const lease = (await world.made('/v1/subleases', { ...sublease(held.head.id, household), startsOn })) as Made
  if (signed) await world.done(`/v1/subleases/${lease.id}/sign`, { signedOn: '2026-11-20' })
  return { ...held, household, lease }
}

describe('D6 an empty time', () => {
  test('has days, a coded reason and who pays; is read as it was answered', async () => {
    const { flat } = await heldFlat()
    const body = vacancy(flat, { reason: 'awaitingArrivals', decision: ' ELY 12/2026 ', note: 'Perhe tulee helmikuussa.' })
    const answer = await world.send('post', '/v1/vacancies', body)
    expect([answer.status, answer.body]).toEqual([
      201,
      {
        id: expect.any(String) as string,
        etag: answer.headers['etag'] as string,
        createdAt: '2026-11-24T09:00:00.000Z',
        updatedAt: '2026-11-24T09:00:00.000Z',
        flat: expect.objectContaining({ id: flat }) as object,
        area: { id: world.area, name: 'Kortepohja' },
        startsOn: '2026-01-01',
        endsOn: '2026-01-31',
        effectiveEndsOn: '2026-01-31',
        reason: 'awaitingArrivals',
        bornBy: 'municipality',
        decision: 'ELY 12/2026',
        note: 'Perhe tulee helmikuussa.',
      },
    ])
    expect(await at((answer.body as Made).id)).toEqual(answer.body)
  })

  test('is made once for each key', async () => {
    const { flat } = await heldFlat()
    const key = { 'idempotency-key': randomUUID() }
    const [one, other] = [
      await world.send('post', '/v1/vacancies', vacancy(flat), key),
      await world.send('post', '/v1/vacancies', vacancy(flat), key),
    ]
    expect([one.status, other.status, other.text === one.text, other.headers['idempotency-replayed']]).toEqual([201, 201, true, 'true'])
  })

  test.each<[string, Body, unknown[]]>([
    ['no reason of the list', { reason: 'holiday' }, [400, 'request.malformed', '/reason value.notAllowed']],
    ['reversed days', { endsOn: '2025-12-31' }, [422, 'date.reversed', '/endsOn date.reversed']],
    [
      'a flat that is not there, and reversed days',
      { flatId: randomUUID(), endsOn: '2025-12-31' },
      [422, 'request.invalid', '/flatId reference.notFound', '/endsOn date.reversed'],
    ],
    ['days before the head lease', { startsOn: '2025-12-31' }, [422, 'vacancy.outsideHeadLease', '/startsOn vacancy.outsideHeadLease']],
  ])('is refused with %s', async (_name, values, refusal) => {
    const { flat } = await heldFlat()
    expect(told(await world.send('post', '/v1/vacancies', vacancy(flat, values)))).toEqual(refusal)
  })

  test('meets no other of its flat', async () => {
    const { flat } = await heldFlat()
    await made(flat)
    const refused = [409, 'vacancy.overlap', '/startsOn vacancy.overlap']
    expect(told(await world.send('post', '/v1/vacancies', vacancy(flat, { startsOn: '2026-01-31', endsOn: null })))).toEqual(refused)
    const next = await made(flat, { startsOn: '2026-02-01', endsOn: null, reason: 'repair' })
    expect(told(await world.change('patch', `/v1/vacancies/${next.id}`, { startsOn: '2026-01-15' }))).toEqual(refused)
  })

  test('stands on no day on which the whole flat is let; a draft lets nobody live there', async () => {
    const { flat, lease } = await letFlat('2026-02-01')
    const refused = [409, 'vacancy.flatLet', '/startsOn vacancy.flatLet']
    expect(told(await world.send('post', '/v1/vacancies', vacancy(flat, { endsOn: '2026-02-01' })))).toEqual(refused)
    expect(told(await world.send('post', '/v1/vacancies', vacancy(flat, { startsOn: '2026-03-01', endsOn: null })))).toEqual(refused)
    await world.done(`/v1/subleases/${lease.id}/revert`, { reason: 'Väärä päivä' })
    expect((await made(flat, { startsOn: '2026-03-01', endsOn: null }))['effectiveEndsOn']).toBeNull()
  })

  test('open, it ends where the next lease begins, and goes on when that is taken back', async () => {
    const { flat, lease } = await letFlat('2026-12-01', { signed: false })
    const { id } = await made(flat, { endsOn: null })
    expect(await days(id)).toEqual(['2026-01-01', null, null])
    await world.done(`/v1/subleases/${lease.id}/sign`, { signedOn: '2026-11-20' })
    expect(await days(id)).toEqual(['2026-01-01', null, '2026-11-30'])
    await world.done(`/v1/subleases/${lease.id}/revert`, { reason: 'Väärä päivä' })
    expect(await days(id)).toEqual(['2026-01-01', null, null])
  })

  test('with a planned end it keeps its days: a lease on them is not signed', async () => {
    const { flat, lease } = await letFlat('2026-12-01', { signed: false })
    const { id } = await made(flat, { endsOn: '2026-12-31', reason: 'repair' })
    const refused = await world.change('post', `/v1/subleases/${lease.id}/sign`, { signedOn: '2026-11-20' })
    expect(told(refused)).toEqual([409, 'lease.vacancyMeets'])
    expect((await world.change('patch', `/v1/vacancies/${id}`, { endsOn: '2026-11-30' })).status).toBe(200)
    await world.done(`/v1/subleases/${lease.id}/sign`, { signedOn: '2026-11-20' })
  })

  test('ends with the head lease', async () => {
    const { flat, head } = await heldFlat()
    const { id } = await made(flat, { endsOn: null })
    await world.done(`/v1/head-leases/${head.id}/end`, { endsOn: '2026-12-31', reason: 'agreement' })
    expect(await days(id)).toEqual(['2026-01-01', null, '2026-12-31'])
  })

  test('is changed on the version seen, removed, and its history tells who did', async () => {
    const { flat } = await heldFlat()
    const { id, etag } = await made(flat)
    expect((await world.change('patch', `/v1/vacancies/${id}`, { bornBy: 'landlord' })).body).toMatchObject({ bornBy: 'landlord' })
    expect(told(await world.send('patch', `/v1/vacancies/${id}`, { bornBy: 'shared' }, { 'if-match': etag }))).toEqual([
      412,
      'precondition.failed',
    ])
    const { items } = (await world.get(`/v1/vacancies/${id}/history`)).body as { items: Body[] }
    expect(items).toMatchObject([
      { action: 'vacancy.updated', changes: [{ field: 'bornBy', before: 'municipality', after: 'landlord' }] },
      { action: 'vacancy.created' },
    ])
    expect((await world.change('delete', `/v1/vacancies/${id}`)).status).toBe(204)
    expect((await world.get(`/v1/vacancies/${id}`)).status).toBe(404)
  })

  test('is listed by what is asked, and as CSV', async () => {
    const { flat } = await heldFlat()
    await made(flat)
    await made(flat, { startsOn: '2026-02-01', endsOn: null, reason: 'repair', bornBy: 'landlord' })
    const reasons = async (query: string) =>
      ((await world.get(`/v1/vacancies?flatId=${flat}&${query}`)).body as { items: Body[] }).items.map(({ reason }) => reason)
    expect(await reasons('sort=startsOn')).toEqual(['turnover', 'repair'])
    expect(await reasons('on=2026-11-24')).toEqual(['repair'])
    expect(await reasons('bornBy=municipality')).toEqual(['turnover'])
    expect(await reasons('reason=damage')).toEqual([])
    const csv = await world.send('get', `/v1/vacancies?flatId=${flat}`, undefined, { accept: 'text/csv' })
    expect(csv.text.split('\r\n')).toHaveLength(4)
  })

  test('its landlord reads it without note and decision, another landlord and whoever has no right do not', async () => {
    const { flat } = await heldFlat()
    const { id } = await made(flat, { note: 'Sisäinen', decision: 'ELY 1' })
    const own = await world.get(`/v1/vacancies/${id}`, await world.as('landlord'))
    expect([own.status, own.text.includes('Sisäinen'), own.text.includes('ELY 1')]).toEqual([200, false, false])
    const stranger = await world.addLandlord('Toinen säätiö')
    expect((await world.get(`/v1/vacancies/${id}`, await world.as('landlord', stranger))).status).toBe(404)
    for (const role of ['supportWorker', 'admin', 'auditor'] as const) {
      expect((await world.get('/v1/vacancies', await world.as(role))).status).toBe(403)
    }
    for (const role of ['finance', 'landlord'] as const) {
      expect((await world.send('post', '/v1/vacancies', vacancy(flat), {}, await world.as(role))).status).toBe(403)
    }
    expect((await world.get(`/v1/vacancies/${id}`, await world.asClient(['vacancies:read']))).status).toBe(200)
    expect((await world.get(`/v1/vacancies/${id}`, await world.asClient(['flats:read']))).status).toBe(403)
  })
})

describe('D6 empty times that nobody recorded', () => {
  const empty = async (flat: string) => ((await world.get(`/v1/flats/${flat}/empty-times`)).body as { unrecorded: Body[] }).unrecorded

  test('are told with who pays by the head lease, until they are recorded', async () => {
    const { flat } = await letFlat('2026-03-01')
    expect(await empty(flat)).toEqual([{ startsOn: '2026-01-01', endsOn: '2026-02-28', bornBy: 'municipality' }])
    await made(flat, { endsOn: '2026-01-31' })
    expect(await empty(flat)).toEqual([{ startsOn: '2026-02-01', endsOn: '2026-02-28', bornBy: 'municipality' }])
    expect((await world.get(`/v1/flats/${flat}/empty-times`)).body).toMatchObject({
      recorded: [{ reason: 'turnover', startsOn: '2026-01-01' }],
    })
    const { flat: other } = await heldFlat({ vacancyBornBy: 'landlord' })
    expect(await empty(other)).toEqual([{ startsOn: '2026-01-01', endsOn: null, bornBy: 'landlord' }])
  })

  test('of another landlord’s flat are 404', async () => {
    const { flat } = await heldFlat()
    const stranger = await world.addLandlord('Kolmas säätiö')
    expect((await world.get(`/v1/flats/${flat}/empty-times`, await world.as('landlord', stranger))).status).toBe(404)
    expect((await world.get(`/v1/flats/${flat}/empty-times`, await world.as('landlord'))).status).toBe(200)
  })
})

describe('D5 free homes', () => {
  const found = async (query: string, role: 'coordinator' | 'finance' | 'landlord' | 'admin' = 'coordinator') =>
    ((await world.get(`/v1/flats?limit=200&${query}`, await world.as(role))).body as { items: { id: string }[] }).items.map(({ id }) => id)

  test('are searched by days with size and features; drafts hold days, repair too, a head lease that is over as well', async () => {
    const { flat: free } = await heldFlat()
    const { flat: drafted } = await letFlat('2026-12-01', { signed: false })
    const { flat: repaired } = await heldFlat()
    await made(repaired, { endsOn: '2026-12-31', reason: 'repair' })
    const { flat: short } = await heldFlat({ term: 'fixedTerm', endsOn: '2027-01-31' })
    const small = await world.addFlat({ room_count: 1, features: ['sauna'] })
    await world.activeHeadLease(small)
    const ours = [free, drafted, repaired, short, small]
    const ask = async (query: string) => (await found(query)).filter((id) => ours.includes(id)).map((id) => ours.indexOf(id))
    expect(new Set(await ask('freeOn=2026-11-30'))).toEqual(new Set([0, 1, 3, 4]))
    expect(new Set(await ask('freeOn=2027-01-15'))).toEqual(new Set([0, 2, 3, 4]))
    expect(new Set(await ask('freeFrom=2027-01-01&freeUntil=2027-02-15'))).toEqual(new Set([0, 2, 4]))
    expect(new Set(await ask('freeUntil=2026-11-30'))).toEqual(new Set([0, 1, 3, 4]))
    expect(await ask('freeOn=2026-11-30&minRooms=3&features=sauna')).toEqual([])
    expect(await ask('freeOn=2026-11-30&features=sauna')).toEqual([4])
    expect(await ask('freeFrom=2026-12-01&freeUntil=2026-11-01')).toEqual([])
    expect(told(await world.get('/v1/flats?freeOn=2026-02-30'))[0]).toBe(400)
  })

  test('are told by all leases or not at all: the home of a protected household is not free, like any other that is let', async () => {
    const { flat, household } = await letFlat('2026-02-01')
    await world.protect(household.tenant)
    expect(await found('freeOn=2026-11-24')).not.toContain(flat)
    expect(await found('freeOn=2026-11-24', 'landlord')).not.toContain(flat)
    expect(await found('emptyOn=2026-11-24', 'finance')).not.toContain(flat)
    for (const query of ['freeOn=2026-11-24', 'freeFrom=2026-11-24', 'freeUntil=2026-11-24']) {
      for (const as of [await world.as('finance'), await world.as('supportWorker'), await world.asClient(['flats:read', 'vacancies:read'])])
        expect(told(await world.get(`/v1/flats?${query}`, as)).slice(0, 2)).toEqual([403, 'addressProtection.noRight'])
    }
  })

  test('empty ones are found by reason, by whoever may read vacancies; by leases for whoever may know them all', async () => {
    const { flat } = await heldFlat()
    expect(await found('emptyOn=2026-11-24&emptyReason=unrecorded')).toContain(flat)
    expect(await found('emptyOn=2026-11-24', 'finance')).not.toContain(flat)
    expect(await found('emptyReason=unrecorded', 'finance')).toEqual([])
    await made(flat, { endsOn: null, reason: 'damage' })
    expect(await found('emptyReason=damage')).toEqual([flat])
    expect(await found('emptyReason=damage', 'finance')).toEqual([flat])
    expect(await found('emptyReason=damage', 'landlord')).toEqual([flat])
    expect(await found('emptyOn=2026-11-24', 'finance')).toContain(flat)
    for (const query of ['emptyReason=damage', 'emptyOn=2026-11-24'])
      expect(told(await world.get(`/v1/flats?${query}`, await world.as('admin'))).slice(0, 2)).toEqual([403, 'access.denied'])
  })

  test('empty times that nobody recorded are not told to finance, which is told so', async () => {
    const { flat } = await letFlat('2026-03-01')
    await made(flat, { endsOn: '2026-01-31' })
    const times = async (role: 'coordinator' | 'finance') =>
      (await world.get(`/v1/flats/${flat}/empty-times`, await world.as(role))).body as Body
    expect(await times('coordinator')).toMatchObject({ complete: true, unrecorded: [{ startsOn: '2026-02-01' }] })
    expect(await times('finance')).toMatchObject({ complete: false, unrecorded: [], recorded: [{ effectiveEndsOn: '2026-01-31' }] })
  })
})

test('K6 ends, empty homes and occupancy are told in numbers, for coordinators and finance', async () => {
  const before = (await world.get('/v1/occupancy')).body as Numbers
  const { flat } = await heldFlat({ term: 'fixedTerm', endsOn: '2027-01-31' })
  await letFlat('2026-02-01')
  const after = (await world.get('/v1/occupancy')).body as Numbers
  expect(after.asOf).toBe('2026-11-24')
  expect(after.ending.map(({ month }) => month)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'])
  expect((after.ending[2]?.headLeases ?? 0) - (before.ending[2]?.headLeases ?? 0)).toBe(1)
  const grew = (month: string) => {
    const [one, other] = [before, after].map(({ occupancy }) => occupancy.find((row) => row.month === month))
    return [(other?.heldDays ?? 0) - (one?.heldDays ?? 0), (other?.letDays ?? 0) - (one?.letDays ?? 0)]
  }
  expect(after.occupancy).toHaveLength(12)
  expect([grew('2025-12'), grew('2026-01'), grew('2026-10'), grew('2026-11')]).toEqual([
    [0, 0],
    [62, 0],
    [62, 31],
    [48, 24],
  ])
  const flats = ({ empty }: Numbers, reason: string | null) => empty.find((row) => row.reason === reason)?.flats ?? 0
  expect(flats(after, null) - flats(before, null)).toBe(1)
  await made(flat, { endsOn: null, reason: 'noSuitableHousehold' })
  expect(flats((await world.get('/v1/occupancy')).body as Numbers, 'noSuitableHousehold')).toBe(1)
  expect((await world.get('/v1/occupancy', await world.as('finance'))).status).toBe(200)
  expect((await world.get('/v1/occupancy', await world.asClient(['vacancies:read']))).status).toBe(200)
  expect((await world.get('/v1/occupancy', await world.asClient(['flats:read']))).status).toBe(403)
  for (const role of ['supportWorker', 'landlord', 'admin', 'auditor'] as const) {
    expect((await world.get('/v1/occupancy', await world.as(role))).status).toBe(403)
  }
  expect(app.lines.join('')).not.toContain('"level":50')
})

interface Numbers {
  readonly asOf: string
  readonly ending: { month: string; headLeases: number; subleases: number }[]
  readonly empty: { reason: string | null; flats: number }[]
  readonly occupancy: { month: string; heldDays: number; letDays: number }[]
}
