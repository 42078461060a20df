import { addDays } from '@kotoisa/domain'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sublease, told, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

let world: LeaseWorld
let flat = ''
let head = { id: '', reference: '' }
let household = { id: '', tenant: '' }

beforeAll(async () => {
  ;({ world } = await moduleWorld())
})
beforeEach(async () => {
  flat = await world.addFlat()
  household = await world.addHousehold()
  head = await world.activeHeadLease(flat)
})
const draft = (change: Body = {}) => world.made('/v1/subleases', { ...sublease(head.id, household), ...change })
const at = (lease: { id: unknown }, command = '') => `/v1/subleases/${String(lease.id)}${command && `/${command}`}`

describe('overlaps', () => {
  test('of ten parallel drafts of one home one wins, nine are told by which; the next day is free', async () => {
    const token = await world.as('coordinator')
    const households = await Promise.all(Array.from({ length: 10 }, () => world.addHousehold()))
    const answers = await Promise.all(
      households.map((one) =>
        world.send('post', '/v1/subleases', { ...sublease(head.id, one), term: 'fixedTerm', endsOn: '2026-12-31' }, {}, token),
      ),
    )
    const won = answers.find(({ status }) => status === 201)?.body as Body | undefined
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)])
    for (const { status, body } of answers) {
      if (status === 409)
        expect(body).toMatchObject({
          code: 'lease.overlap',
          params: { id: won?.['id'], reference: won?.['reference'] },
        })
    }
    expect((await world.send('post', '/v1/subleases', { ...sublease(head.id, household), startsOn: '2027-01-01' })).status).toBe(201)
  })

  test('a withdrawn draft frees its days', async () => {
    const made = await draft()
    const again = await world.send('post', '/v1/subleases', sublease(head.id, await world.addHousehold()))
    expect(told(again)).toEqual([409, 'lease.overlap', '/startsOn lease.overlap'])
    expect((await world.change('delete', at(made))).status).toBe(204)
    expect((await world.get(at(made))).status).toBe(404)
    expect((await world.send('post', '/v1/subleases', sublease(head.id, household))).status).toBe(201)
  })

  test('moving a draft and extending a lease are refused where the days are taken', async () => {
    const first = await draft({ term: 'fixedTerm', endsOn: '2026-12-31' })
    const second = await draft({
      term: 'fixedTerm',
      startsOn: '2027-01-01',
      endsOn: '2027-12-31',
      householdId: (household = await world.addHousehold()).id,
      tenantIds: [household.tenant],
    })
    const moved = await world.change('patch', at(second), { startsOn: '2026-12-31' })
    expect(told(moved)).toEqual([409, 'lease.overlap', '/startsOn lease.overlap'])
    expect(moved.body).toMatchObject({ params: { id: first.id } })
    expect(told(await world.change('patch', at(first), { endsOn: '2027-01-01' }))).toEqual([409, 'lease.overlap', '/endsOn lease.overlap'])
    await world.done(at(first, 'sign'), { signedOn: '2026-11-20' })
    for (const endsOn of ['2027-01-01', null]) {
      const extended = await world.change('post', at(first, 'extend'), { endsOn })
      expect(told(extended)).toEqual([409, 'lease.overlap', '/endsOn lease.overlap'])
      expect(extended.body).toMatchObject({ params: { id: second.id } })
    }
    expect(told(await world.change('post', at(first, 'extend'), { endsOn: '2026-12-31' }))).toEqual([
      422,
      'date.reversed',
      '/endsOn date.reversed',
    ])
    await world.change('delete', at(second))
    expect(await world.done(at(first, 'extend'), { endsOn: '2027-06-30' })).toMatchObject({
      endsOn: '2027-06-30',
      terms: [
        { startsOn: '2026-02-01', endsOn: '2026-12-31' },
        { startsOn: '2027-01-01', endsOn: '2027-06-30' },
      ],
    })
    expect(await world.done(at(first, 'extend'), { endsOn: null })).toMatchObject({ term: 'indefinite', endsOn: null })
    expect(told(await world.change('post', at(first, 'extend'), { endsOn: '2029-01-01' }))).toEqual([
      422,
      'lease.endNotAllowed',
      '/endsOn lease.endNotAllowed',
    ])
  })

  test('an end that is corrected or taken back meets what was let meanwhile: at the day that the body has, if it has one', async () => {
    const first = await draft()
    await world.done(at(first, 'sign'), { signedOn: '2026-11-20' })
    await world.done(at(first, 'end'), { endsOn: '2026-12-31', reason: 'agreement' })
    const next = await world.made('/v1/subleases', { ...sublease(head.id, await world.addHousehold()), startsOn: '2027-01-01' })
    const later = await world.change('post', at(first, 'end'), { endsOn: '2027-01-31', reason: 'corrected' })
    expect(told(later)).toEqual([409, 'lease.overlap', '/endsOn lease.overlap'])
    const back = await world.change('post', at(first, 'revert'), { reason: 'Väärin' })
    expect(told(back)).toEqual([409, 'lease.overlap'])
    expect(back.body).toMatchObject({ params: { id: next.id } })
  })

  test('of any intervals drafted, then moved in parallel, those that are kept do not overlap, and each refused one meets one that is kept', async () => {
    const token = await world.as('coordinator')
    const interval = fc.record({ from: fc.integer({ min: 0, max: 400 }), days: fc.integer({ min: 95, max: 160 }) })
    const toDays = ({ from, days }: { from: number; days: number }) => ({
      startsOn: addDays('2026-02-01', from),
      endsOn: addDays('2026-02-01', from + days),
    })
    type Days = ReturnType<typeof toDays>
    const meet = (a: Days, b: Days) => a.startsOn <= b.endsOn && b.startsOn <= a.endsOn
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(interval, interval), { minLength: 2, maxLength: 6 }), async (pairs) => {
        const own = await world.activeHeadLease(await world.addFlat())
        const wanted = pairs.map(([first]) => toDays(first))
        const made = await Promise.all(
          wanted.map((days) =>
            world.send('post', '/v1/subleases', { ...sublease(own.id, household), term: 'fixedTerm', ...days }, {}, token),
          ),
        )
        expect(made.every(({ status }) => status === 201 || status === 409)).toBe(true)
        const kept = wanted.filter((_, i) => made[i]?.status === 201)
        expect(kept.every((a) => kept.every((b) => a === b || !meet(a, b)))).toBe(true)
        expect(wanted.every((a) => kept.includes(a) || kept.some((b) => meet(a, b)))).toBe(true)

        const drafts = made.map(({ status, body }) => (status === 201 ? (body as { id: string; etag: string }) : null))
        const moved = await Promise.all(
          drafts.flatMap((one, i) =>
            one === null
              ? []
              : [world.send('patch', at(one), toDays(pairs[i]?.[1] as { from: number; days: number }), { 'if-match': one.etag }, token)],
          ),
        )
        expect(moved.every(({ status }) => status === 200 || status === 409)).toBe(true)
        const now = await Promise.all(drafts.flatMap((one) => (one === null ? [] : [world.get(at(one), token)])))
        const days = now.map(({ body }) => body as Days)
        expect(days.every((a) => days.every((b) => a === b || !meet(a, b)))).toBe(true)
      }),
      { numRuns: 8 },
    )
  })
})
