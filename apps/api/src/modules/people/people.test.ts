import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { blindIndex } from '../../platform/field-crypto.ts'

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
const protect = (one: Made, endsOn: string | null = null) =>
  world.done(`/v1/persons/${one.id}/address-protection`, { grantedOn: '2026-11-01', endsOn })
const body = async (url: string, as?: As) => (await world.get(url, as)).body as Body
const clientScopes = ['persons:read', 'persons:write', 'households:read', 'households:write'] as const

describe('a person', () => {
  test('is made with an identity code, which is shown masked and nowhere stored in the clear (DP-01)', async () => {
    const made = await person({
      migriNumber: null,
      birthDate: null,
      identityCode: ' 010190-900p ',
      languages: ['prs', 'en'],
      interpreterNeeded: true,
      contactAddress: { streetAddress: 'Piilopolku 7', postalCode: '40100', postOffice: 'Jyväskylä' },
    })
    expect(made).toMatchObject({
      identityCode: '010190-****',
      migriNumber: null,
      birthDate: '1990-01-01',
      languages: ['prs', 'en'],
      masked: false,
      addressProtection: null,
      household: null,
      contactAddress: { streetAddress: 'Piilopolku 7' },
    })
    expect(made.reference).toMatch(/^P-2026-\d{5}$/)
    const { rows } = await app.owner.query<{ table: string }>(
      "select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'",
    )
    for (const { table } of rows) {
      const dump = await app.owner.query<{ text: string }>(`select coalesce(string_agg(t::text, ''), '') as text from ${table} t`)
      expect(dump.rows[0]?.text, table).not.toMatch(/900P|Piilopolku/i)
    }
    expect(app.lines.join('\n')).not.toMatch(/900P|Piilopolku/i)
  })

  test('has an identity code or a Migri number with a birth date; all faults are told at once', async () => {
    const send = (values: Body) => world.send('post', '/v1/persons', { firstNames: 'Aino', lastName: 'Esimerkki', ...values })
    expect(told(await send({}))).toEqual([422, 'person.identifierMissing', '/identityCode person.identifierMissing'])
    expect(told(await send({ migriNumber: 'M123456' }))).toEqual([422, 'person.birthDateMissing', '/birthDate person.birthDateMissing'])
    expect(told(await send({ identityCode: '010190-9001', birthDate: '2030-01-01' }))).toEqual([
      422,
      'request.invalid',
      '/identityCode identifier.checkDigit',
      '/birthDate person.birthDateInFuture',
    ])
    expect(told(await send({ identityCode: '010190Y900P', birthDate: '1990-01-02' }))).toEqual([
      422,
      'person.birthDateDiffers',
      '/birthDate person.birthDateDiffers',
    ])
  })

  test('is told apart by the sign of the code, and the same code twice is 409 that does not say who (3.1)', async () => {
    await person({ identityCode: '010190Y900P', migriNumber: null, birthDate: null })
    const again = await world.send('post', '/v1/persons', { firstNames: 'Toinen', lastName: 'Esimerkki', identityCode: '010190y900p' })
    expect(told(again)).toEqual([409, 'identifier.taken', '/identityCode identifier.taken'])
    expect(JSON.stringify(again.body)).not.toMatch(/Aino|P-2026/)
    const migriNumber = 'M7654321'
    await person({ migriNumber })
    expect(
      told(
        await world.send('post', '/v1/persons', {
          firstNames: 'Toinen',
          lastName: 'Esimerkki',
          migriNumber: 'm7654321',
          birthDate: '1991-01-01',
        }),
      ),
    ).toEqual([409, 'identifier.taken', '/migriNumber identifier.taken'])
  })

  test('changes by merge patch: a new code brings its birth date, an address stays sealed, the log masks both', async () => {
    const made = await person({
      birthDate: '1994-01-01',
      contactAddress: { streetAddress: 'Vanhatie 1', postalCode: null, postOffice: null },
    })
    const changed = await world.change('patch', `/v1/persons/${made.id}`, {
      identityCode: '010594Y9032',
      phone: '+358401112222',
      contactAddress: null,
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      identityCode: '010594Y****',
      migriNumber: made['migriNumber'],
      birthDate: '1994-05-01',
      phone: '+358401112222',
      contactAddress: null,
      firstNames: 'Aino',
    })
    expect(told(await world.change('patch', `/v1/persons/${made.id}`, { birthDate: '1994-05-02' }))).toEqual([
      422,
      'person.birthDateDiffers',
      '/birthDate person.birthDateDiffers',
    ])
    expect(told(await world.change('patch', `/v1/persons/${made.id}`, { identityCode: null, migriNumber: null }))).toEqual([
      422,
      'person.identifierMissing',
      '/identityCode person.identifierMissing',
    ])
    expect((await world.change('patch', `/v1/persons/${made.id}`, {})).status).toBe(200)
    const { items } = (await body(`/v1/persons/${made.id}/history`)) as unknown as {
      items: { action: string; changes: { field: string; before: unknown; after: unknown }[] }[]
    }
    expect(items.map(({ action }) => action)).toEqual(['person.updated', 'person.updated', 'person.created'])
    expect(items[0]?.changes).toEqual([])
    expect(items[1]?.changes).toContainEqual({ field: 'identityCode', before: null, after: '010594Y****' })
    expect(items[1]?.changes).toContainEqual({ field: 'contactAddress', before: '****', after: null })
  })

  test('has a contact address that changes field by field; what nobody has is missing', async () => {
    const made = await person()
    const patched = (contactAddress: Body | null) => world.change('patch', `/v1/persons/${made.id}`, { contactAddress })
    expect(told(await patched({ postOffice: 'Vaasa' }))).toEqual([422, 'request.invalid', '/contactAddress/streetAddress value.missing'])
    const address = { streetAddress: 'Piilopolku 7', postalCode: null, postOffice: null }
    expect((await patched({ streetAddress: 'Piilopolku 7' })).body).toMatchObject({ contactAddress: address })
    expect((await patched({ postOffice: 'Vaasa' })).body).toMatchObject({ contactAddress: { ...address, postOffice: 'Vaasa' } })
    expect((await patched({ postOffice: null })).body).toMatchObject({ contactAddress: address })
    expect(told(await patched({ streetAddress: null }))).toEqual([400, 'request.malformed', '/contactAddress/streetAddress value.type'])
    expect((await patched(null)).body).toMatchObject({ contactAddress: null })
  })

  test('needs If-Match to change and to leave, and stays while a household refers to it', async () => {
    const made = await person()
    expect(told(await world.send('patch', `/v1/persons/${made.id}`, { phone: null }))[0]).toBe(428)
    expect(told(await world.send('patch', `/v1/persons/${made.id}`, { phone: null }, { 'if-match': '"99.x"' }))[0]).toBe(412)
    const home = await household(made)
    expect(told(await world.change('delete', `/v1/persons/${made.id}`))).toEqual([409, 'record.inUse'])
    expect((await world.change('delete', `/v1/households/${home.id}`)).status).toBe(204)
    expect((await world.change('delete', `/v1/persons/${made.id}`)).status).toBe(204)
    expect((await world.get(`/v1/persons/${made.id}`)).status).toBe(404)
  })

  test('the same key makes one person', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const new_ = { firstNames: 'Kerran', lastName: 'Vain', migriNumber: 'ONCE1234', birthDate: '1990-01-01' }
    const [first, second] = [await world.send('post', '/v1/persons', new_, key), await world.send('post', '/v1/persons', new_, key)]
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(second.text).toBe(first.text)
  })
})

describe('identity codes', () => {
  test('one code has another index in each municipality (DP-03)', () => {
    const { indexKey } = app.deps.secrets
    const [one, other] = [randomUUID(), randomUUID()].map((municipality) =>
      blindIndex(indexKey, municipality, '010190-900P').toString('hex'),
    )
    expect(one).not.toBe(other)
  })

  test('a sealed code opens in its own row only (DP-01)', async () => {
    const [one, other] = [await person(), await person()]
    await app.owner.query('update persons p set migri_number_sealed = o.migri_number_sealed from persons o where p.id = $1 and o.id = $2', [
      one.id,
      other.id,
    ])
    expect((await world.send('post', `/v1/persons/${one.id}/reveals`, { fields: ['migriNumber'], reason: 'Koe' })).status).toBe(500)
  })

  test('are looked up by the body only, whatever the case; a wrong one is told', async () => {
    const made = await person({ identityCode: '010516B903X', migriNumber: null, birthDate: null })
    const lookUp = async (identityCode: string, as?: As) => world.send('post', '/v1/persons/lookups', { identityCode }, {}, as)
    const found = await lookUp('010516b903x')
    expect(found.status).toBe(200)
    expect(found.body).toEqual({ items: [await body(`/v1/persons/${made.id}`)] })
    expect((await lookUp('010516A903X')).body).toEqual({ items: [] })
    expect(told(await lookUp('010516B9031'))).toEqual([422, 'identifier.checkDigit', '/identityCode identifier.checkDigit'])
    expect((await lookUp('010516B903X', await world.as('finance'))).status).toBe(403)

    await protect(made)
    expect((await lookUp('010516B903X')).body).toMatchObject({ items: [{ id: made.id }] })
    expect((await lookUp('010516B903X', await world.asClient(clientScopes))).body).toEqual({ items: [] })
    expect((await lookUp('010516B903X', await world.asClient([...clientScopes, 'protected:read']))).body).toMatchObject({
      items: [{ id: made.id }],
    })
  })

  test('are shown whole by a reveal, for a reason that is kept; ten a minute, then 429 (AZ-14)', async () => {
    const made = await person({ migriNumber: 'REVEAL12' })
    const reveal = (id = made.id) =>
      world.send('post', `/v1/persons/${id}/reveals`, { fields: ['identityCode', 'migriNumber'], reason: 'Kelan hakemus' })
    app.later(61)
    for (let i = 0; i < 10; i++) {
      expect((await reveal()).body).toEqual({ identityCode: null, migriNumber: 'REVEAL12' })
      app.later(1)
    }
    const refused = await reveal()
    expect(told(refused)).toEqual([429, 'reveal.tooMany'])
    expect(refused.headers['retry-after']).toBe('50')
    expect((await reveal(randomUUID())).status).toBe(404)
    app.later(50)
    expect((await reveal()).status).toBe(200)
    const { rows } = await app.owner.query(
      "select reason, actor_kind from audit_entries where action = 'person.revealed' and record_id = $1",
      [made.id],
    )
    expect(rows).toHaveLength(11)
    expect(rows[0]).toEqual({ reason: 'Kelan hakemus', actor_kind: 'person' })
    expect(
      (
        await world.send(
          'post',
          `/v1/persons/${made.id}/reveals`,
          { fields: ['migriNumber'], reason: 'x' },
          {},
          await world.asClient([...clientScopes, 'protected:read']),
        )
      ).status,
    ).toBe(403)
  })

  test('many reveals at once are counted one by one', async () => {
    const made = await person()
    app.later(61)
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => world.send('post', `/v1/persons/${made.id}/reveals`, { fields: ['migriNumber'], reason: 'Koe' })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
    app.later(61)
  })
})

test('artificial codes are refused where the data is real (IN-10)', async () => {
  const { world: other } = await moduleWorld({ demoData: false })
  expect(told(await other.send('post', '/v1/persons', { firstNames: 'Aino', lastName: 'Esimerkki', identityCode: '010190-900P' }))).toEqual(
    [422, 'identifier.artificial', '/identityCode identifier.artificial'],
  )
})
