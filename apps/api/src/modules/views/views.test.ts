import { randomUUID } from 'node:crypto'
import { roles } from '@kotoisa/domain'
import { beforeEach, describe, expect, test } from 'vitest'
import { told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()
const active: Body = {
  list: 'subleases',
  name: 'Päättyvät',
  query: 'status=active,signed&areaId=0198c0de-0000-7000-8000-000000000001',
  sort: '-endsOn,household.name',
  columns: ['name', 'period', 'rent'],
}
type Made = Body & { id: string; etag: string }
const made = async (values: Body = {}) => (await world.made('/v1/views', { ...active, ...values })) as Made

beforeEach(() => app.owner.query('delete from views'))

describe('a saved view', () => {
  test('is kept as it was sent, read, changed and removed by its owner', async () => {
    const view = await made()
    expect(view).toMatchObject({ ...active, createdAt: '2026-11-24T09:00:00.000Z' })
    expect((await world.get(`/v1/views/${view.id}`)).body).toEqual(view)
    const changed = await world.change('patch', `/v1/views/${view.id}`, { name: ' Loppuvat ', columns: null })
    expect(changed.body).toMatchObject({ ...active, name: 'Loppuvat', columns: null })
    expect(told(await world.send('patch', `/v1/views/${view.id}`, { name: 'x' }, { 'if-match': view.etag }))).toEqual([
      412,
      'precondition.failed',
    ])
    expect(told(await world.send('delete', `/v1/views/${view.id}`))).toEqual([428, 'precondition.required'])
    expect((await world.change('delete', `/v1/views/${view.id}`)).status).toBe(204)
    expect((await world.get(`/v1/views/${view.id}`)).status).toBe(404)
    const { rows } = await app.owner.query<{ action: string }>('select action from audit_entries where record_id = $1 order by id', [
      view.id,
    ])
    expect(rows.map(({ action }) => action)).toEqual(['view.created', 'view.updated', 'view.deleted'])
  })

  test('is made once for an Idempotency-Key', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const [first, again] = [await world.send('post', '/v1/views', active, key), await world.send('post', '/v1/views', active, key)]
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true'])
    expect((await world.get('/v1/views?count=true')).body).toMatchObject({ totalCount: 1 })
  })

  test('is nobody else’s: not in a list, not by its id, whatever the role', async () => {
    const { id, etag } = await made()
    for (const role of roles.filter((one) => one !== 'coordinator')) {
      const as = await world.as(role)
      expect([role, (await world.get('/v1/views', as)).body]).toEqual([role, { items: [], nextCursor: null }])
      expect([role, (await world.get(`/v1/views/${id}`, as)).status]).toEqual([role, 404])
      expect((await world.send('patch', `/v1/views/${id}`, { name: 'x' }, { 'if-match': etag }, as)).status).toBe(404)
      expect((await world.send('delete', `/v1/views/${id}`, undefined, { 'if-match': etag }, as)).status).toBe(404)
    }
    expect(told(await world.get('/v1/views', await world.asClient(['subleases:read'])))).toEqual([403, 'access.denied'])
  })

  test.each(['q=rahimi', 'status=active&q=rahimi', 'cursor=abc', 'status=a&limit=5', 'sort=name', '%71=rahimi', 'status', '=x'])(
    'keeps no search text, no place in a list and nothing that is no filter: %s',
    async (query) => {
      expect(told(await world.send('post', '/v1/views', { ...active, query }))).toEqual([400, 'request.malformed', '/query value.pattern'])
    },
  )

  test('has a name of its own in its list', async () => {
    await made()
    expect(told(await world.send('post', '/v1/views', active))).toEqual([409, 'view.nameTaken', '/name view.nameTaken'])
    await made({ list: 'homes' })
    await made({ name: 'Toinen' })
    expect((await world.send('post', '/v1/views', active, {}, await world.as('finance'))).status).toBe(201)
  })

  test('of one list comes by name, and no more than 200 are kept', async () => {
    for (const name of ['Näkymä 10', 'Näkymä 9', 'Alku']) await made({ name })
    await made({ list: 'homes', name: 'Muu' })
    const { items } = (await world.get('/v1/views?list=subleases')).body as { items: Made[] }
    expect(items.map(({ name }) => name)).toEqual(['Alku', 'Näkymä 9', 'Näkymä 10'])
    await app.owner.query(
      `insert into views (municipality_id, id, user_id, list, name, query, created_at, updated_at)
       select municipality_id, gen_random_uuid(), user_id, 'homes', 'n' || n, '', now(), now()
       from (select distinct municipality_id, user_id from views) as v, generate_series(1, 196) as n`,
    )
    expect(told(await world.send('post', '/v1/views', { ...active, name: 'Liikaa' }))).toEqual([409, 'view.tooMany'])
  })
})

describe('how a person always wants a list', () => {
  test('is the view without a name, one for each list, and comes with the session', async () => {
    await made({ name: 'Nimellä' })
    const setting = await made({ name: null, query: '', sort: null, columns: ['name', 'rent'] })
    expect(told(await world.send('post', '/v1/views', { list: 'subleases', columns: ['name'] }))).toEqual([
      409,
      'view.nameTaken',
      '/name view.nameTaken',
    ])
    const session = await world.get('/v1/sessions/current')
    expect((session.body as { user: Body }).user['listSettings']).toEqual([setting])
    const { body } = await world.get('/v1/sessions/current', await world.as('finance'))
    expect((body as { user: Body }).user['listSettings']).toEqual([])
  })
})
