import { beforeEach, describe, expect, test } from 'vitest'
import { headLease, sublease, told, type As } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { tasksWorld } from '../../../test/tasks-world.ts'

const { app, world } = await moduleWorld()
const { lived, ask, about, tasksOf, short } = tasksWorld(world)

beforeEach(async () => {
  // The rows of a test are its own: what is signed is never deleted, so the tables are emptied.
  await app.owner.query('truncate vacancies, subleases, head_leases cascade')
})

describe('E10 who is told', () => {
  test.each(['finance', 'supportWorker', 'landlord', 'admin', 'auditor'] as const)('%s has nothing to do there: 403', async (role) => {
    expect(told(await world.get('/v1/today', await world.as(role)))[0]).toBe(403)
  })

  test('a program gets the tasks of what it may read', async () => {
    const { lease, head } = await lived({}, { told: false, head: { securityForm: 'deposit', securityCents: 100 } })
    const flat = await world.addFlat()
    await world.activeHeadLease(flat)
    const subjects = async (as: As) => (await ask('', as)).items.map(({ subject }) => subject.id).toSorted()
    expect(await subjects(await world.asClient(['subleases:read']))).toEqual([lease.id])
    expect(await subjects(await world.asClient(['subleases:read', 'head-leases:read']))).toEqual([lease.id, head.id].toSorted())
    // Which home is empty is found by looking at all leases: for whoever may see them all.
    expect(await subjects(await world.asClient(['subleases:read', 'vacancies:read']))).toEqual([lease.id])
    expect(await subjects(await world.asClient(['subleases:read', 'vacancies:read', 'protected:read']))).toEqual(
      [lease.id, flat].toSorted(),
    )
    expect((await world.get('/v1/today', await world.asClient(['head-leases:read']))).status).toBe(403)
  })

  test('a protected household and its home are told together to whoever has the right, and the reading is kept', async () => {
    const { lease, household, flat, head } = await lived({}, { told: false, head: { term: 'fixedTerm', endsOn: '2027-03-31' } })
    await world.protect(household.tenant)
    const [whole] = about(await ask('', await world.asClient(['subleases:read', 'protected:read'])), lease.id)
    expect(whole?.subject).toMatchObject({ masked: false, household: { id: household.id }, flat: { id: flat } })
    const { rows } = await app.owner.query(`select action from audit_entries where record_id = $1 and action = 'sublease.read'`, [lease.id])
    expect(rows).toHaveLength(1)
    const answer = await ask('', await world.asClient(['subleases:read', 'head-leases:read', 'vacancies:read']))
    expect(about(answer, lease.id)).toMatchObject([
      {
        kind: 'disclosure',
        subject: { reference: lease.reference, masked: true, household: null, householdSize: null, flat: null, landlord: null },
      },
    ])
    // The home is told of in the head lease's own row, which says nothing of who lives there.
    expect(about(answer, head.id)).toMatchObject([{ kind: 'leaseEnds', subject: { flat: { id: flat }, household: null } }])
    const text = JSON.stringify(about(answer, lease.id))
    for (const secret of [flat, household.id, head.id, 'Esimerkkikatu', 'Esimerkkisäätiö']) expect(text).not.toContain(secret)
  })

  test('a masked draft does not tell by its state what its head lease lacks', async () => {
    const flat = await world.addFlat()
    const household = await world.addHousehold()
    const above = await world.made('/v1/head-leases', { ...headLease(flat), subletPermission: null })
    const lease = await world.made('/v1/subleases', sublease(above.id, household))
    expect(short(await tasksOf(lease.id))).toEqual([['draft', 'late', '2026-02-01', 'headLeaseNotSigned', 'subletPermissionMissing']])
    await world.protect(household.tenant)
    const answer = await ask('', await world.asClient(['subleases:read']))
    expect(short(about(answer, lease.id))).toEqual([['signature', 'late', '2026-02-01']])
  })

  test('another municipality has its own list', async () => {
    await lived({}, { told: false })
    expect((await ask()).total).toBe(1)
    await app.owner.query(`insert into municipalities (id, code, name) values ('0198f4a1-0000-7000-8000-000000000837', '837', 'Toinen')`)
    const { id } = await app.person('toinen@kunta.example', { roles: ['coordinator'] })
    await app.owner.query(`update users set municipality_id = '0198f4a1-0000-7000-8000-000000000837' where id = $1`, [id])
    await app.owner.query(`update sign_in_directory set municipality_id = '0198f4a1-0000-7000-8000-000000000837' where subject_id = $1`, [
      id,
    ])
    const as = `Bearer ${(await app.signIn('toinen@kunta.example')).body.accessToken as string}`
    expect((await ask('', as)).total).toBe(0)
  })
})
