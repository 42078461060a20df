import { defaultPlacementWeights, type Scope } from '@kotoisa/domain'
import { describe, expect, test } from 'vitest'
import { sublease, told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()

interface Ranked extends Body {
  readonly rank: number | null
  readonly score: number
  readonly flat: { readonly id: string }
  readonly room: { readonly id: string; readonly place: string | null } | null
  readonly freeFrom: string | null
  readonly reasons: { code: string }[]
  readonly blockers: { code: string; lifts: string }[]
}
interface Ranking {
  readonly weights: object
  readonly fitting: Ranked[]
  readonly blocked: Ranked[]
  readonly areas: { area: { id: string; name: string }; fitting: number; blocked: number }[]
}
const need: Body = { persons: 4, latestOn: '2026-12-15', rentCeilingCents: 70_000 }
const rank = async (values: Body = {}, weights?: Body) =>
  (await world.send('post', '/v1/flats/rankings', { need: { ...need, ...values }, ...(weights ? { weights } : {}) })).body as Ranking
const codes = (ranked: Ranked | undefined) => [...(ranked?.blockers ?? []), ...(ranked?.reasons ?? [])].map(({ code }) => code)

describe('D3, D4 homes for a need', () => {
  test('come best first with reasons; what is blocked stands apart with what would lift it', async () => {
    const free = await world.addFlat()
    const { id: headLeaseId } = await world.activeHeadLease(free)
    const let_ = await world.addFlat()
    const head = await world.activeHeadLease(let_)
    await world.made('/v1/subleases', sublease(head.id, await world.addHousehold()))
    const alone = await world.addFlat()
    const repaired = await world.addFlat()
    await world.activeHeadLease(repaired)
    await world.made('/v1/vacancies', {
      flatId: repaired,
      startsOn: '2026-11-01',
      endsOn: '2026-12-31',
      reason: 'repair',
      bornBy: 'landlord',
    })
    const { fitting, blocked, areas, weights } = await rank()
    expect(weights).toEqual(defaultPlacementWeights)
    expect(fitting).toMatchObject([
      {
        rank: 1,
        flat: { id: free },
        rentCents: 64_000,
        freeFrom: '2026-11-24',
        headLease: { id: headLeaseId, status: 'active' },
        blockers: [],
      },
    ])
    expect(codes(fitting[0])).toEqual(['fits', 'rentUnderCeiling', 'freeInTime'])
    const of = (flat: string) => blocked.find((one) => one.flat.id === flat)
    expect([of(let_), of(alone), of(repaired)]).toMatchObject([
      { rank: null, freeFrom: null, blockers: [{ code: 'notFree', lifts: 'freeFlat' }] },
      { rank: null, headLease: null, blockers: [{ code: 'headLeaseMissing', lifts: 'makeHeadLease' }] },
      { rank: null, freeFrom: '2027-01-01', emptyBecause: 'repair', blockers: [{ code: 'freeTooLate', lifts: 'laterMove' }] },
    ])
    expect(areas).toEqual([{ area: { id: world.area, name: 'Kortepohja' }, fitting: 1, blocked: 3 }])
    expect((await rank({ latestOn: '2027-01-15' })).fitting.map(({ flat }) => flat.id)).toEqual([free, repaired])
  })

  test('by the home’s own limit, its accessibility and the wishes', async () => {
    const flat = await world.addFlat({ max_persons: 3, lift: true, features: ['sauna'] })
    await world.activeHeadLease(flat)
    const of = async (values: Body) => {
      const { fitting, blocked } = await rank(values)
      return codes([...fitting, ...blocked].find((one) => one.flat.id === flat))
    }
    expect(await of({})).toContain('tooSmall')
    expect(await of({ persons: 3, accessibility: ['lift'], features: ['sauna'], areaIds: [world.area] })).toEqual([
      'fits',
      'rentUnderCeiling',
      'areaWished',
      'featureThere',
      'freeInTime',
    ])
    expect(await of({ persons: 3, accessibility: ['wheelchair'] })).toContain('accessibilityLacks')
  })

  test('a protected household’s home is not free, without a word about why', async () => {
    const flat = await world.addFlat()
    const head = await world.activeHeadLease(flat)
    const household = await world.addHousehold('Qvsalainen')
    await world.made('/v1/subleases', sublease(head.id, household))
    await world.protect(household.tenant)
    const answer = await world.send('post', '/v1/flats/rankings', { need })
    expect(answer.text).not.toContain('Qvsalainen')
    expect((answer.body as Ranking).blocked.find((one) => one.flat.id === flat)).toMatchObject({
      blockers: [{ code: 'notFree', params: {} }],
    })
  })

  test('A5 room by room, and place by place: what others of the flat have does not take it', async () => {
    const flat = await world.addFlat()
    const head = await world.activeHeadLease(flat)
    const [taken, open, shared] = [await world.addRoom(flat), await world.addRoom(flat), await world.addRoom(flat, ['1', '2'])]
    const part = async (roomId: string, place?: string) =>
      world.made('/v1/subleases', {
        ...sublease(head.id, await world.addHousehold()),
        scope: 'partOfFlat',
        roomId,
        ...(place === undefined ? {} : { place }),
      })
    await part(taken)
    await part(shared, '1')
    const free = async (values: Body = {}) => {
      const { fitting, blocked } = await rank({ persons: 1, ...values })
      const told = (homes: Ranked[]) =>
        homes.filter((one) => one.flat.id === flat).map(({ room }) => [room?.id ?? null, room?.place ?? null].join())
      return { fitting: new Set(told(fitting)), blocked: new Set(told(blocked)) }
    }
    expect(await free()).toEqual({ fitting: new Set(), blocked: new Set([',']) })
    expect(await free({ scope: 'partOfFlat' })).toEqual({
      fitting: new Set([`${open},`, `${shared},2`]),
      blocked: new Set([`${taken},`, `${shared},1`]),
    })
    // A place is for one person.
    expect((await free({ scope: 'partOfFlat', persons: 2 })).fitting).toEqual(new Set([`${open},`]))
    const found = async (as?: string) =>
      ((await world.get(`/v1/rooms?flatId=${flat}&freeOn=2026-11-24`, as)).body as { items: { id: string }[] }).items.map(({ id }) => id)
    expect(new Set(await found())).toEqual(new Set([open, shared]))
    expect(new Set(await found(await world.as('landlord')))).toEqual(new Set([open, shared]))
    expect(told(await world.get('/v1/rooms?freeOn=2026-11-24', await world.as('finance'))).slice(0, 2)).toEqual([
      403,
      'addressProtection.noRight',
    ])
    await part(shared, '2')
    expect(await found()).toEqual([open])
  })

  test('is told to programs that may know all of it, and to no others', async () => {
    const all = ['flats:read', 'head-leases:read', 'vacancies:read', 'protected:read'] as const
    const asked = async (scopes: readonly Scope[], body: Body = { need }) =>
      told(await world.send('post', '/v1/flats/rankings', body, {}, await world.asClient(scopes))).slice(0, 2)
    expect(await asked(all)).toEqual([200, undefined])
    expect(await asked(all.slice(0, 3))).toEqual([403, 'addressProtection.noRight'])
    expect(await asked(all.slice(0, 3), {})).toEqual([403, 'addressProtection.noRight'])
    for (const lacking of all.slice(0, 3)) expect(await asked(all.filter((scope) => scope !== lacking))).toEqual([403, 'access.denied'])
  })

  test('is for coordinators, with bounds on all that is asked', async () => {
    for (const role of ['finance', 'supportWorker', 'landlord', 'admin', 'auditor'] as const) {
      expect((await world.send('post', '/v1/flats/rankings', { need }, {}, await world.as(role))).status).toBe(403)
    }
    expect(told(await world.send('post', '/v1/flats/rankings', { need: { persons: 0, latestOn: '2026-13-01' } }))).toEqual([
      400,
      'request.malformed',
      '/need/persons value.tooSmall',
      '/need/latestOn value.format',
    ])
  })
})

describe('the weights', () => {
  const set = async (weights: Body, role: 'admin' | 'coordinator' | 'auditor' = 'admin') => {
    const { body } = await world.get('/v1/settings', await world.as('admin'))
    const headers = { 'if-match': (body as { etag: string }).etag }
    return world.send('patch', '/v1/settings', { placementWeights: weights }, headers, await world.as(role))
  }

  test('are a setting of the municipality, which an administrator changes and an auditor reads', async () => {
    const { body } = await world.get('/v1/settings', await world.as('auditor'))
    expect(body).toMatchObject({
      etag: expect.stringMatching(/^"0\./) as string,
      updatedAt: null,
      placementWeights: defaultPlacementWeights,
    })
    const answer = await set({ areaWished: 40 })
    expect([answer.status, answer.body]).toMatchObject([200, { placementWeights: { ...defaultPlacementWeights, areaWished: 40 } }])
    expect((await rank()).weights).toEqual({ ...defaultPlacementWeights, areaWished: 40 })
    expect((await set({}, 'auditor')).status).toBe(403)
    expect((await set({}, 'coordinator')).status).toBe(403)
    expect((await world.get('/v1/settings')).status).toBe(403)
    const { rows } = await app.owner.query("select changes from audit_entries where action = 'settings.updated'")
    expect(rows).toEqual([{ changes: [{ field: 'areaWished', before: 15, after: 40 }] }])
  })

  test('are changed on the version seen, and within bounds: what is against a home never lifts it', async () => {
    const stale = await world.send('patch', '/v1/settings', {}, { 'if-match': '"7.x"' }, await world.as('admin'))
    expect(told(stale)).toEqual([412, 'precondition.failed'])
    expect(told(await set({ overCeiling: 5, fits: 101 }))).toEqual([
      400,
      'request.malformed',
      '/placementWeights/fits value.tooLarge',
      '/placementWeights/overCeiling value.tooLarge',
    ])
  })

  test('of one question go for that question only', async () => {
    const before = await rank()
    const asked = await rank({}, { ...defaultPlacementWeights, fits: 0 })
    expect(asked.weights).toEqual({ ...defaultPlacementWeights, fits: 0 })
    expect((asked.fitting[0]?.score ?? 0) - (before.fitting[0]?.score ?? 0)).toBe(-30)
    expect((await rank()).weights).toEqual(before.weights)
  })
})

describe('D10 the waiting list', () => {
  const waiting = async () =>
    ((await world.get('/v1/households?waiting=true&sort=waitingSince')).body as { items: Body[] }).items.map(({ id, waitingSince }) => [
      id,
      waitingSince,
    ])

  test('stands in the order of waiting, and whoever gets the keys leaves it, until they are taken back', async () => {
    const [first, second] = [await world.addHousehold('Ensimmäinen'), await world.addHousehold('Toinen')]
    await world.set('households', second.id, { waiting_since: '2026-10-05' })
    await world.set('households', first.id, { waiting_since: '2026-09-01' })
    expect(await waiting()).toEqual([
      [first.id, '2026-09-01'],
      [second.id, '2026-10-05'],
    ])
    const head = await world.activeHeadLease(await world.addFlat())
    const { id } = await world.made('/v1/subleases', sublease(head.id, first))
    await world.done(`/v1/subleases/${id}/sign`, { signedOn: '2026-11-20' })
    expect(await waiting()).toHaveLength(2)
    await world.done(`/v1/subleases/${id}/activate`, { activeOn: '2026-11-24' })
    expect(await waiting()).toEqual([[second.id, '2026-10-05']])
    const { items } = (await world.get(`/v1/households/${first.id}/history`)).body as { items: Body[] }
    expect(items[0]).toMatchObject({
      action: 'household.housed',
      changes: [{ field: 'waitingSince', before: '2026-09-01', after: null }],
    })
    await world.done(`/v1/subleases/${id}/revert`, { reason: 'Avaimia ei haettu' })
    expect(await waiting()).toHaveLength(2)
  })
})
