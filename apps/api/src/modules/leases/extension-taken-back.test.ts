import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headLease, sublease, told, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

let world: LeaseWorld
let flat = ''

beforeAll(async () => {
  ;({ world } = await moduleWorld())
})
beforeEach(async () => {
  flat = await world.addFlat()
})

const reason = 'Väärä päivä'
const until = { term: 'fixedTerm', endsOn: '2027-05-24' }
const back = (url: string) => world.done(`${url}/revert`, { reason })
const refused = async (url: string) => told(await world.change('post', `${url}/revert`, { reason }))
const read = async (url: string) => (await world.get(url)).body as Body
const stands = async (url: string) => {
  const { status, term, effectiveTerm, endsOn, endReason, terms } = await read(url)
  return { status, term, effectiveTerm, endsOn, endReason, terms }
}

/** An active fixed-term lease of the layer, by its address. */
async function activeLease(layer: 'head-leases' | 'subleases'): Promise<string> {
  if (layer === 'head-leases') return `/v1/head-leases/${(await world.activeHeadLease(flat, until)).id}`
  const head = await world.activeHeadLease(flat)
  return activeSublease(head.id, until)
}
async function activeSublease(headLeaseId: string, values: Body): Promise<string> {
  const { id } = await world.made('/v1/subleases', { ...sublease(headLeaseId, await world.addHousehold()), ...values })
  await world.done(`/v1/subleases/${id}/sign`, { signedOn: '2026-01-20' })
  await world.done(`/v1/subleases/${id}/activate`, { activeOn: '2026-11-01' })
  return `/v1/subleases/${id}`
}

describe.each(['head-leases', 'subleases'] as const)('an extension of %s is taken back on its day', (layer) => {
  test.each(['2028-05-24', null])('agreed until %s', async (endsOn) => {
    const lease = await activeLease(layer)
    const before = await stands(lease)
    await world.done(`${lease}/extend`, { endsOn })
    expect(await stands(lease)).toMatchObject({ endsOn, term: endsOn === null ? 'indefinite' : 'fixedTerm' })
    await back(lease)
    expect(await stands(lease)).toEqual(before)
    const { items } = (await read(`${lease}/history`)) as { items: { action: string; reason: string; changes: { field: string }[] }[] }
    expect(items[0]).toMatchObject({ action: `${layer === 'subleases' ? 'sublease' : 'headLease'}.reverted`, reason })
    const fields = items[0]?.changes.map(({ field }) => field) ?? []
    expect(fields).toEqual(expect.arrayContaining(['agreedEndsOn', 'earlierEnds', ...(endsOn === null ? ['term'] : [])]))
    // Below it lie the keys, and they are the next step to take back.
    expect(await back(lease)).toMatchObject({ status: 'signed', endsOn: '2027-05-24' })
  })

  test('over an end, one after the other; of two extensions the last one first', async () => {
    const lease = await activeLease(layer)
    await world.done(`${lease}/extend`, { endsOn: '2028-05-24' })
    const extended = await stands(lease)
    // Ends inside the first term: of the second one nothing is left, until all is taken back.
    await world.done(`${lease}/end`, { endsOn: '2027-03-31', reason: 'agreement' })
    const ended = await stands(lease)
    expect(ended).toMatchObject({ endsOn: '2027-03-31', endReason: 'agreement' })
    await world.done(`${lease}/extend`, { endsOn: null })
    expect(await stands(lease)).toMatchObject({ term: 'indefinite', endsOn: null, endReason: null })
    await back(lease)
    expect(await stands(lease)).toEqual(ended)
    await back(lease)
    expect(await stands(lease)).toEqual(extended)
    await back(lease)
    expect(await stands(lease)).toMatchObject({ endsOn: '2027-05-24', terms: [{ endsOn: '2027-05-24' }] })
  })

  test('not a day later', async () => {
    const lease = await activeLease(layer)
    await world.done(`${lease}/extend`, { endsOn: '2028-05-24' })
    expect(await world.later(1, () => refused(lease))).toEqual([409, 'lease.revertTooLate'])
    expect(await stands(lease)).toMatchObject({ endsOn: '2028-05-24' })
  })
})

describe('of a head lease that is no longer extended', () => {
  test('a sublease without a last day ends with it again (78 §)', async () => {
    const head = await world.activeHeadLease(flat, until)
    const under = await activeSublease(head.id, {})
    const lastOn = async () =>
      (await world.app.owner.query<{ day: string }>('select last_on::text as day from subleases where id = $1', [under.split('/').at(-1)]))
        .rows[0]?.day
    expect(await lastOn()).toBe('2027-05-24')
    await world.done(`/v1/head-leases/${head.id}/extend`, { endsOn: '2028-05-24' })
    expect(await lastOn()).toBe('2028-05-24')
    await back(`/v1/head-leases/${head.id}`)
    expect(await lastOn()).toBe('2027-05-24')
  })

  test.each<[string, Body]>([
    ['agreed beyond its last day', { term: 'fixedTerm', endsOn: '2027-08-31' }],
    ['that begins after it', { startsOn: '2027-06-01' }],
  ])('a sublease %s stops it, by name', async (_, values) => {
    const head = await world.activeHeadLease(flat, until)
    const url = `/v1/head-leases/${head.id}`
    await world.done(`${url}/extend`, { endsOn: '2028-05-24' })
    const under = await world.made('/v1/subleases', { ...sublease(head.id, await world.addHousehold()), ...values })
    const answer = await world.change('post', `${url}/revert`, { reason })
    expect(told(answer)).toEqual([409, 'headLease.subleaseLivesOn'])
    expect(answer.body).toMatchObject({ params: { id: under.id, reference: under['reference'] } })
    expect(await stands(url)).toMatchObject({ endsOn: '2028-05-24' })
    await world.change('delete', `/v1/subleases/${under.id}`)
    expect(await back(url)).toMatchObject({ endsOn: '2027-05-24' })
  })

  test('an end is still no way to cut a sublease that goes on', async () => {
    const head = await world.activeHeadLease(flat)
    await activeSublease(head.id, {})
    const ended = await world.change('post', `/v1/head-leases/${head.id}/end`, { endsOn: '2027-01-31', reason: 'agreement' })
    expect(told(ended)[1]).toBe('headLease.subleaseLivesOn')
  })

  test('the flat may be let anew from the next day on', async () => {
    const lease = await world.activeHeadLease(flat, until)
    await world.done(`/v1/head-leases/${lease.id}/extend`, { endsOn: null })
    const next = () => world.send('post', '/v1/head-leases', { ...headLease(flat), startsOn: '2027-05-25' })
    expect(told(await next()).slice(0, 2)).toEqual([409, 'lease.overlap'])
    await back(`/v1/head-leases/${lease.id}`)
    expect((await next()).status).toBe(201)
  })
})
