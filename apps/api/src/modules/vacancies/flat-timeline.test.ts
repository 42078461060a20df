import { roles, type Role } from '@kotoisa/domain'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sublease, told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()
const readers: readonly Role[] = ['coordinator', 'finance', 'landlord']

type Made = Body & { id: string }
interface Timeline {
  readonly headLeases: readonly Body[]
  readonly subleases: readonly Body[]
  readonly emptyTimes: Body
}

/** A flat with an ended lease, an empty time and the lease of a protected household. */
async function flatWithPast() {
  const flat = await world.addFlat()
  const head = await world.activeHeadLease(flat)
  const [household, hidden] = [await world.addHousehold(), await world.addHousehold()]
  const first = (await world.made('/v1/subleases', {
    ...sublease(head.id, household),
    startsOn: '2026-02-01',
    term: 'fixedTerm',
    endsOn: '2026-06-30',
  })) as Made
  await world.done(`/v1/subleases/${first.id}/sign`, { signedOn: '2026-01-20' })
  await world.made('/v1/vacancies', { flatId: flat, startsOn: '2026-07-01', endsOn: '2026-08-31', reason: 'repair', bornBy: 'landlord' })
  const second = (await world.made('/v1/subleases', { ...sublease(head.id, hidden), startsOn: '2026-10-01' })) as Made
  await world.done(`/v1/subleases/${second.id}/sign`, { signedOn: '2026-09-20' })
  await world.protect(hidden.tenant)
  return { flat, first, second }
}

describe('D6 the timeline of a flat', () => {
  test.each(readers)('tells %s what the lists of that flat tell, the earliest first', async (role) => {
    const { flat, first, second } = await flatWithPast()
    const as = await world.as(role)
    const answer = await world.get(`/v1/flats/${flat}/timeline`, as)
    expect(answer.status).toBe(200)
    const timeline = answer.body as Timeline
    const items = async (path: string) =>
      ((await world.get(`${path}?flatId=${flat}&sort=startsOn&limit=200`, as)).body as { items: Body[] }).items
    expect(timeline.headLeases).toEqual(await items('/v1/head-leases'))
    expect(timeline.subleases).toEqual(await items('/v1/subleases'))
    expect(timeline.emptyTimes).toEqual((await world.get(`/v1/flats/${flat}/empty-times`, as)).body)
    expect(timeline.headLeases).toHaveLength(1)
    // Finance may not join the protected household's lease with the home.
    expect(timeline.subleases.map(({ id }) => id)).toEqual(role === 'finance' ? [first.id] : [first.id, second.id])
  })

  test('a coordinator’s reading of a protected household’s lease is kept', async () => {
    const { flat, second } = await flatWithPast()
    await world.get(`/v1/flats/${flat}/timeline`)
    const { rows } = await app.owner.query(
      `select count(*)::int as n from audit_entries where action = 'sublease.read' and record_id = $1`,
      [second.id],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('is absent for another landlord and for a flat that is not there, and refused to everybody else', async () => {
    const { flat } = await flatWithPast()
    const stranger = await world.as('landlord', await world.addLandlord('Toinen säätiö'))
    expect(told(await world.get(`/v1/flats/${flat}/timeline`, stranger))).toEqual([404, 'record.notFound'])
    expect(told(await world.get(`/v1/flats/${randomUUID()}/timeline`))).toEqual([404, 'record.notFound'])
    for (const role of roles.filter((one) => !readers.includes(one)))
      expect([role, ...told(await world.get(`/v1/flats/${flat}/timeline`, await world.as(role)))]).toEqual([role, 403, 'access.denied'])
    const client = await world.asClient(['subleases:read', 'head-leases:read', 'vacancies:read'])
    expect(told(await world.get(`/v1/flats/${flat}/timeline`, client))).toEqual([403, 'access.denied'])
  })
})
