import { roles } from '@kotoisa/domain'
import { randomUUID } from 'node:crypto'
import request, { type Response } from 'supertest'
import { describe, expect, test } from 'vitest'
import { told, type As } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { forgetOldDrafts } from './forget.ts'

const { app, world } = await moduleWorld()

const put = async (form: string, values: unknown, as?: As): Promise<Response> =>
  request(app.server)
    .put(`/v1/drafts/${form}`)
    .set({ authorization: as ?? (await world.as('coordinator')), 'content-type': 'application/json' })
    .send(JSON.stringify(values))
const drop = async (form: string, as?: As) => world.send('delete', `/v1/drafts/${form}`, undefined, {}, as)
const kept = async (form: string, as?: As) => (await world.get(`/v1/drafts/${form}`, as)).body as { values?: unknown }
const stored = async () => (await app.owner.query<{ form: string; values_sealed: string }>('select form, values_sealed from drafts')).rows

const values = { values: { name: 'Kesken Jäänyt', members: [{ personId: null }] }, etag: '"3.x"' }

describe('a draft', () => {
  test('is kept as it was written, and the last one wins without If-Match', async () => {
    const first = await put('household:new', { values: { name: 'Kes' } })
    expect([first.status, first.body]).toEqual([200, { form: 'household:new', updatedAt: app.time.now.toISOString() }])
    expect((await put('household:new', values)).status).toBe(200)
    expect((await kept('household:new')).values).toEqual(values)
    const list = await world.get('/v1/drafts')
    expect(list.body).toEqual({ items: [{ form: 'household:new', updatedAt: app.time.now.toISOString() }], nextCursor: null })
  })

  test('is the writer’s alone: nobody else reads, lists, overwrites or drops it', async () => {
    const other = await world.as('admin')
    expect(told(await world.get('/v1/drafts/household:new', other))).toEqual([404, 'record.notFound'])
    expect((await world.get('/v1/drafts', other)).body).toEqual({ items: [], nextCursor: null })
    expect((await drop('household:new', other)).status).toBe(204)
    await put('household:new', { values: { name: 'Toinen' } }, other)
    expect((await kept('household:new')).values).toEqual(values)
    expect((await kept('household:new', other)).values).toEqual({ values: { name: 'Toinen' } })
    await drop('household:new', other)
  })

  test('is sealed at rest, bound to its writer and form, and in no line of the log', async () => {
    const [row] = await stored()
    expect(row?.values_sealed).not.toMatch(/Kesken|personId/)
    await app.owner.query("update drafts set form = 'area:new'")
    expect((await world.get('/v1/drafts/area:new')).status).toBe(500)
    await app.owner.query("update drafts set form = 'household:new'")
    expect(app.lines.join('')).not.toContain('Kesken')
  })

  test('is dropped, and dropping it again is no fault', async () => {
    expect((await drop('household:new')).status).toBe(204)
    expect((await drop('household:new')).status).toBe(204)
    expect(told(await world.get('/v1/drafts/household:new'))).toEqual([404, 'record.notFound'])
  })

  test('is forgotten thirty days after it was last written, in every municipality', async () => {
    await put('flat:new', { name: 'vanha' })
    await world.later(10, async () => {
      await put('area:new', { name: 'uusi' })
    })
    await world.later(30, () => forgetOldDrafts(app.deps))
    expect((await stored()).map(({ form }) => form).toSorted()).toEqual(['area:new', 'flat:new'])
    await world.later(31, () => forgetOldDrafts(app.deps))
    expect((await stored()).map(({ form }) => form)).toEqual(['area:new'])
    await drop('area:new')
  })

  test('of one person there are a hundred at most: the oldest give way', async () => {
    for (let one = 0; one < 102; one++) {
      await put(`flat:${one}`, {})
      app.later(1)
    }
    const { items } = (await world.get('/v1/drafts')).body as { items: { form: string }[] }
    expect([items.length, items[0]?.form, items.at(-1)?.form]).toEqual([100, 'flat:101', 'flat:2'])
  })
})

describe('refused is', () => {
  test.each(roles)('nothing of the own to %s', async (role) => {
    const as = await world.as(role)
    expect((await put('area:new', { name: role }, as)).status).toBe(200)
    expect((await kept('area:new', as)).values).toEqual({ name: role })
  })

  test('a program, and whoever is not signed in', async () => {
    const client = await world.asClient(['flats:read', 'flats:write'])
    expect(told(await put('area:new', {}, client))).toEqual([403, 'access.denied'])
    expect(told(await world.get('/v1/drafts', client))).toEqual([403, 'access.denied'])
    expect(told(await request(app.server).get('/v1/drafts/area:new'))).toEqual([401, 'auth.required'])
  })

  test.each([
    ['a list', '[]', 400],
    ['a text', '"x"', 400],
    ['no JSON', '{', 400],
    ['a key twice', '{"a":1,"a":2}', 400],
    ['a body over 64 KiB', JSON.stringify({ note: 'x'.repeat(66_000) }), 413],
  ])('%s as a draft', async (_, text, status) => {
    const sent = request(app.server)
      .put('/v1/drafts/area:new')
      .set({ authorization: await world.as('coordinator'), 'content-type': 'application/json' })
    expect((await sent.send(text)).status).toBe(status)
  })

  test.each(['a b', 'Zx:', '..', 'a%2Fb', `a${'b'.repeat(120)}`])('the name %s of a form', async (form) => {
    expect((await put(form.includes('%') ? form : encodeURIComponent(form), {})).status).toBeGreaterThanOrEqual(400)
  })
})

test('another municipality has its own', async () => {
  const elsewhere = randomUUID()
  await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Tampere')", [elsewhere])
  const { email, id } = await app.person('toinen@kunta.example')
  await app.owner.query('update users set municipality_id = $1 where id = $2', [elsewhere, id])
  await app.owner.query('update sign_in_directory set municipality_id = $1 where subject_id = $2', [elsewhere, id])
  const as = `Bearer ${(await app.signIn(email)).body.accessToken as string}`
  expect((await world.get('/v1/drafts', as)).body).toEqual({ items: [], nextCursor: null })
})
