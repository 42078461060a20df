import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()

type Made = Body & { id: string; etag: string; reference: string }
const kotilo: Body = {
  name: 'Kotilo Oy',
  businessId: '2077474-0',
  nonprofit: true,
  nonprofitGround: 'araDesignated',
  iban: 'FI21 1234 5600 0007 85',
  streetAddress: 'Esimerkkikatu 1',
  postalCode: '40100',
  postOffice: 'Jyväskylä',
  contacts: [
    {
      name: 'Tove Esimerkki',
      role: 'billing',
      email: 'laskut@kotilo.example',
      phone: '+358401234567',
      startsOn: '2026-01-01',
      endsOn: null,
    },
  ],
  note: 'Vain kaupungille.',
}
const made = async (values: Body = {}) => (await world.made('/v1/landlords', { ...kotilo, ...values })) as Made
const bodyAt = async (url: string, as?: As) => (await world.get(url, as)).body as Body

beforeEach(() => app.owner.query('delete from landlords where id <> $1', [world.landlord]))

describe('a landlord', () => {
  test('is added with its identifiers as they are stored, and read as it was answered', async () => {
    const answer = await world.send('post', '/v1/landlords', { ...kotilo, businessId: ' 2077474-0', name: '  Kotilo Oy ' })
    expect(answer.status).toBe(201)
    const landlord = answer.body as Made
    expect(landlord).toEqual({
      ...kotilo,
      iban: 'FI2112345600000785',
      id: expect.any(String) as string,
      reference: expect.stringMatching(/^V-2026-\d{5}$/) as string,
      createdAt: '2026-11-24T09:00:00.000Z',
      updatedAt: '2026-11-24T09:00:00.000Z',
      etag: answer.headers['etag'] as string,
    })
    expect(answer.headers['location']).toBe(`http://127.0.0.1:3000/v1/landlords/${landlord.id}`)
    const read = await world.get(`/v1/landlords/${landlord.id}`)
    expect([read.body, read.headers['etag']]).toEqual([landlord, landlord.etag])
    expect((await world.send('get', `/v1/landlords/${landlord.id}`, undefined, { 'if-none-match': landlord.etag })).status).toBe(304)
  })

  test('needs a name, a business id and whether it is a nonprofit; all else is empty', async () => {
    const least = { name: 'Toivo Oy', businessId: '0112038-9', nonprofit: false }
    expect(await world.made('/v1/landlords', least)).toMatchObject({
      ...least,
      nonprofitGround: null,
      iban: null,
      streetAddress: null,
      postalCode: null,
      postOffice: null,
      contacts: [],
      note: null,
    })
    expect(told(await world.send('post', '/v1/landlords', { id: randomUUID(), reference: 'V-1', etag: '"1.x"' }))).toEqual([
      400,
      'request.malformed',
      '/name value.missing',
      '/businessId value.missing',
      '/nonprofit value.missing',
      '/id value.unknown',
      '/reference value.unknown',
      '/etag value.unknown',
    ])
  })

  test.each(['\u200b', '\ufeff', '\u2060 \u200d', '\u00ad', '\u3164', ' \u00a0'])(
    'is not named by what shows nothing: %j',
    async (name) => {
      const refused = [400, 'request.malformed', '/name value.pattern']
      expect(told(await world.send('post', '/v1/landlords', { ...kotilo, name }))).toEqual(refused)
      const { id } = await made({ name: `Kotilo${name}` })
      expect(told(await world.change('patch', `/v1/landlords/${id}`, { name }))).toEqual(refused)
    },
  )

  test('may be a nonprofit whose ground is not recorded yet', async () => {
    expect(await made({ nonprofitGround: null })).toMatchObject({ nonprofit: true, nonprofitGround: null })
  })

  test.each<[Body, string[]]>([
    [{ businessId: '2077474-1' }, ['/businessId identifier.checkDigit']],
    [{ businessId: '20774740-0' }, ['/businessId identifier.format']],
    [{ iban: 'FI2112345600000786' }, ['/iban identifier.checkDigit']],
    [{ iban: 'FI21123456000007' }, ['/iban identifier.format']],
    [{ nonprofit: false }, ['/nonprofitGround landlord.groundWithoutNonprofit']],
    [
      { businessId: '2077474-1', iban: 'FI2112345600000786', nonprofit: false, contacts: contact('2026-02-01', '2026-01-31') },
      [
        '/businessId identifier.checkDigit',
        '/iban identifier.checkDigit',
        '/nonprofitGround landlord.groundWithoutNonprofit',
        '/contacts/0/endsOn date.reversed',
      ],
    ],
  ])('is refused with all faults at once, each at its place: %j', async (values, faults) => {
    // One fault is the problem itself.
    const code = faults.length > 1 ? 'request.invalid' : faults[0]?.split(' ')[1]
    expect(told(await world.send('post', '/v1/landlords', { ...kotilo, ...values }))).toEqual([422, code, ...faults])
    const { id } = await made()
    expect(told(await world.change('patch', `/v1/landlords/${id}`, values))).toEqual([422, code, ...faults])
    expect((await bodyAt(`/v1/landlords/${id}`))['updatedAt']).toBe('2026-11-24T09:00:00.000Z')
  })

  test('has a business id that no other has in this municipality', async () => {
    const taken = [409, 'identifier.taken', '/businessId identifier.taken']
    await made()
    expect(told(await world.send('post', '/v1/landlords', { ...kotilo, name: 'Toinen' }))).toEqual(taken)
    const { id } = await made({ businessId: '0112038-9' })
    expect(told(await world.change('patch', `/v1/landlords/${id}`, { businessId: '2077474-0' }))).toEqual(taken)
  })

  test('is changed field by field; null empties one', async () => {
    const landlord = await made()
    await world.later(0.001, async () => {
      const answer = await world.change('patch', `/v1/landlords/${landlord.id}`, { name: 'Kotilo Asunnot Oy', iban: null })
      expect(answer.body).toEqual({
        ...landlord,
        name: 'Kotilo Asunnot Oy',
        iban: null,
        updatedAt: expect.not.stringMatching(landlord['updatedAt'] as string) as string,
        etag: answer.headers['etag'] as string,
      })
      expect(answer.headers['etag']).not.toBe(landlord.etag)
    })
  })

  test('is made once for each Idempotency-Key', async () => {
    const post = (values: Body) => world.send('post', '/v1/landlords', { ...kotilo, ...values }, { 'idempotency-key': 'once' })
    const [first, second] = [await post({}), await post({})]
    expect([second.status, second.text, second.headers['idempotency-replayed']]).toEqual([201, first.text, 'true'])
    expect(told(await post({ name: 'Toinen' }))).toEqual([422, 'idempotency.keyReused'])
    expect((await bodyAt('/v1/landlords?q=kotilo'))['items']).toHaveLength(1)
    for (const key of ['', ' ', 'x'.repeat(256)]) {
      const answer = await world.send('post', '/v1/landlords', kotilo, { 'idempotency-key': key })
      expect(answer.body).toMatchObject({ status: 400, code: 'idempotency.keyInvalid' })
    }
    const without = await request(app.server)
      .post('/v1/landlords')
      .set('authorization', await world.as('coordinator'))
      .send(kotilo)
    expect(without.body).toMatchObject({ status: 400, code: 'idempotency.keyMissing' })
  })

  test.each(['patch', 'delete'] as const)('%s takes the tag of the newest version alone', async (method) => {
    const { id, etag } = await made()
    const attempt = async (tag?: string) =>
      told(
        await world.send(
          method,
          `/v1/landlords/${id}`,
          method === 'patch' ? { note: 'x' } : undefined,
          tag === undefined ? {} : { 'if-match': tag },
        ),
      )
    expect(await attempt()).toEqual([428, 'precondition.required'])
    for (const tag of ['*', '"9.x"', `W/${etag}`, `${etag}, ${etag}`, etag.slice(1, -1), '']) {
      expect(await attempt(tag), tag).toEqual([412, 'precondition.failed'])
    }
    await world.change('patch', `/v1/landlords/${id}`, { note: 'Toinen ehti ensin.' })
    expect(await attempt(etag)).toEqual([412, 'precondition.failed'])
    expect((await bodyAt(`/v1/landlords/${id}`))['note']).toBe('Toinen ehti ensin.')
  })

  test('is removed for good; one that something refers to stays', async () => {
    const { id } = await made()
    expect((await world.change('delete', `/v1/landlords/${id}`)).status).toBe(204)
    expect(told(await world.get(`/v1/landlords/${id}`))).toEqual([404, 'record.notFound'])
    expect((await bodyAt('/v1/landlords?q=kotilo'))['items']).toEqual([])

    await world.addFlat()
    expect(told(await world.change('delete', `/v1/landlords/${world.landlord}`))).toEqual([409, 'record.inUse'])
    expect((await world.get(`/v1/landlords/${world.landlord}`)).status).toBe(200)
  })

  test('that is not there is 404, whatever the caller wants', async () => {
    const url = `/v1/landlords/${randomUUID()}`
    const tag = { 'if-match': '"1.x"' }
    for (const answer of [
      await world.get(url),
      await world.get(`${url}/history`),
      await world.send('patch', url, { note: 'x' }, tag),
      await world.send('patch', url, { note: 'x' }),
      await world.send('delete', url, undefined, tag),
    ])
      expect(told(answer)).toEqual([404, 'record.notFound'])
  })

  test('tells who changed what, newest first', async () => {
    const { id } = await made()
    await world.change('patch', `/v1/landlords/${id}`, { note: null, postOffice: 'Vaasa' })
    const history = (await bodyAt(`/v1/landlords/${id}/history`))['items'] as { action: string; actor: Body; changes: Body[] }[]
    expect(history.map(({ action }) => action)).toEqual(['landlord.updated', 'landlord.created'])
    expect(history[0]).toMatchObject({
      actor: { kind: 'person', name: 'Aino Esimerkki' },
      reason: null,
      changes: [
        { field: 'postOffice', before: 'Jyväskylä', after: 'Vaasa' },
        { field: 'note', before: 'Vain kaupungille.', after: null },
      ],
    })
    const events = await app.owner.query<{ type: string }>('select type from outbox where record_id = $1 order by sequence', [id])
    expect(events.rows.map(({ type }) => type)).toEqual(['landlord.created', 'landlord.updated'])
  })
})

describe('rights', () => {
  test.each([
    ['coordinator', 200, 'in', 200],
    ['finance', 200, 403, 403],
    ['supportWorker', 200, 403, 403],
    ['landlord', 200, 403, 403],
    ['admin', 200, 403, 200],
    ['auditor', 403, 403, 403],
  ] as const)('%s reads: %s, writes: %s, history: %s', async (role, reads, writes, history) => {
    const as = await world.as(role)
    const url = `/v1/landlords/${world.landlord}`
    const statuses = async (...sent: ReturnType<typeof world.send>[]) => (await Promise.all(sent)).map(({ status }) => status)
    expect(await statuses(world.get('/v1/landlords', as), world.get(url, as))).toEqual([reads, reads])
    const written = await statuses(
      world.send('post', '/v1/landlords', {}, {}, as),
      world.send('patch', url, { note: 'x' }, {}, as),
      world.send('delete', url, undefined, {}, as),
    )
    expect(written).toEqual(writes === 'in' ? [400, 428, 428] : [403, 403, 403])
    expect(await statuses(world.get(`${url}/history`, as))).toEqual([history])
  })

  test('a client reads and writes by its scopes', async () => {
    const url = `/v1/landlords/${world.landlord}`
    const reader = await world.asClient(['landlords:read'])
    const writer = await world.asClient(['landlords:write'])
    expect((await world.get(url, reader)).status).toBe(200)
    expect((await world.send('post', '/v1/landlords', kotilo, {}, reader)).status).toBe(403)
    expect((await world.get(url, writer)).status).toBe(403)
    expect((await world.send('post', '/v1/landlords', kotilo, {}, writer)).status).toBe(201)
    expect((await world.get('/v1/landlords', await world.asClient(['flats:read']))).status).toBe(403)
  })

  test('AZ-10 a landlord sees itself alone, without the city’s note, in list, record, count and CSV', async () => {
    const as = await world.as('landlord')
    const { id } = await made({ name: 'Esimerkki naapuri' })
    await world.change('patch', `/v1/landlords/${world.landlord}`, { note: 'Salaista' })
    const own = await bodyAt(`/v1/landlords/${world.landlord}`, as)
    expect(own).toMatchObject({ name: 'Esimerkkisäätiö' })
    expect(Object.keys(own)).not.toContain('note')
    expect(await bodyAt('/v1/landlords?count=true&q=esimerkki', as)).toEqual({ items: [own], nextCursor: null, totalCount: 1 })
    expect(told(await world.get(`/v1/landlords/${id}`, as))).toEqual([404, 'record.notFound'])
    const csv = (await world.send('get', '/v1/landlords', undefined, { accept: 'text/csv' }, as)).text
    expect(csv).toContain('Esimerkkisäätiö')
    expect(csv).not.toMatch(/note|Salaista|naapuri/)
    await world.change('patch', `/v1/landlords/${world.landlord}`, { note: null })
  })
})

function contact(startsOn: string, endsOn: string | null): Body[] {
  return [{ name: 'Tove Esimerkki', role: 'tenancy', email: null, phone: null, startsOn, endsOn }]
}
