import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld({ demoData: true })

type Made = Body & { id: string; etag: string; reference: string }
const person = (values: Body = {}) =>
  world.made('/v1/persons', {
    firstNames: 'Aino',
    lastName: 'Esimerkki',
    migriNumber: randomUUID().slice(0, 12),
    birthDate: '1990-01-01',
    ...values,
  }) as Promise<Made>
const household = (...members: (Made | Body)[]) =>
  world.made('/v1/households', {
    name: 'Esimerkki',
    members: members.map((one) => ('id' in one ? { personId: one['id'], joinedOn: '2026-01-01' } : one)),
  }) as Promise<Made>
const body = async (url: string, as?: As) => (await world.get(url, as)).body as Body

describe('each role', () => {
  test('finance reads names and contacts, no codes and no background, and changes nothing', async () => {
    const made = await person({ phone: '+358401234567', residenceGround: 'asylum', languages: ['ar'] })
    const home = await household(made)
    const finance = await world.as('finance')
    const seen = await body(`/v1/persons/${made.id}`, finance)
    expect(Object.keys(seen).sort()).toEqual([
      'contactAddress',
      'createdAt',
      'email',
      'etag',
      'firstNames',
      'household',
      'id',
      'lastName',
      'masked',
      'phone',
      'reference',
      'updatedAt',
    ])
    const seenHome = await body(`/v1/households/${home.id}`, finance)
    expect(Object.keys(seenHome).sort()).toEqual([
      'createdAt',
      'etag',
      'id',
      'masked',
      'members',
      'name',
      'reference',
      'size',
      'updatedAt',
      'waitingSince',
    ])
    expect(Object.keys((seenHome['members'] as { person: Body }[])[0]?.person ?? {}).sort()).toEqual([
      'id',
      'masked',
      'name',
      'phone',
      'reference',
    ])
    const match = { 'if-match': made.etag }
    for (const answer of [
      await world.send('post', '/v1/persons', {}, {}, finance),
      await world.send('patch', `/v1/persons/${made.id}`, {}, match, finance),
      await world.send('delete', `/v1/persons/${made.id}`, undefined, match, finance),
      await world.send('post', `/v1/persons/${made.id}/reveals`, { fields: ['identityCode'], reason: 'x' }, {}, finance),
      await world.send('post', `/v1/persons/${made.id}/address-protection`, { grantedOn: '2026-01-01', endsOn: null }, match, finance),
      await world.get(`/v1/persons/${made.id}/history`, finance),
      await world.send('post', '/v1/households', {}, {}, finance),
      await world.send('patch', `/v1/households/${home.id}`, {}, match, finance),
      await world.send('delete', `/v1/households/${home.id}`, undefined, match, finance),
      await world.get(`/v1/households/${home.id}/history`, finance),
    ])
      expect(told(answer)).toEqual([403, 'access.denied'])
  })

  test.each(['supportWorker', 'landlord', 'admin', 'auditor'] as const)('%s has no way in', async (role) => {
    const made = await person()
    const home = await household(made)
    const as = await world.as(role)
    const match = { 'if-match': made.etag }
    for (const answer of [
      await world.get(`/v1/persons/${made.id}`, as),
      await world.get(`/v1/persons/${made.id}/history`, as),
      await world.get(`/v1/households/${home.id}`, as),
      await world.get(`/v1/households/${home.id}/history`, as),
      await world.send('post', '/v1/persons', {}, {}, as),
      await world.send('post', '/v1/persons/lookups', { identityCode: '010190-900P' }, {}, as),
      await world.send('patch', `/v1/persons/${made.id}`, {}, match, as),
      await world.send('delete', `/v1/persons/${made.id}`, undefined, match, as),
      await world.send('post', `/v1/persons/${made.id}/reveals`, { fields: ['identityCode'], reason: 'x' }, {}, as),
      await world.send('post', `/v1/persons/${made.id}/address-protection`, { grantedOn: '2026-01-01', endsOn: null }, match, as),
      await world.send('post', '/v1/households', {}, {}, as),
      await world.send('patch', `/v1/households/${home.id}`, {}, match, as),
      await world.send('delete', `/v1/households/${home.id}`, undefined, match, as),
    ])
      expect(told(answer)).toEqual([403, 'access.denied'])
  })

  test('a reading is kept, of the household with each member shown', async () => {
    const made = await person()
    const home = await household(made)
    await world.get(`/v1/households/${home.id}`, await world.as('finance'))
    const { rows } = await app.owner.query(
      "select resource, action from audit_entries where record_id = any ($1) and action like '%.read' and actor_id = (select id from users where roles = '{finance}') order by resource",
      [[made.id, home.id]],
    )
    expect(rows).toEqual([
      { resource: 'household', action: 'household.read' },
      { resource: 'person', action: 'person.read' },
    ])
  })
})
