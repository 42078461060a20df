import { roles, type Role } from '@kotoisa/domain'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headLease, rent, sublease, told, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

let world: LeaseWorld
let flat = ''

beforeAll(async () => {
  ;({ world } = await moduleWorld())
})
beforeEach(async () => {
  flat = await world.addFlat()
})
const draft = (change: Body = {}) => world.made('/v1/head-leases', { ...headLease(flat), ...change })
const at = (lease: { id: unknown }, command = '') => `/v1/head-leases/${String(lease.id)}${command && `/${command}`}`

describe('a head lease', () => {
  test('goes from draft over signed and active to ended', async () => {
    const made = await draft({
      term: 'fixedTerm',
      endsOn: '2026-12-31',
      securityCents: 192_000,
      securityForm: 'deposit',
      note: 'Sovittu puhelimessa',
    })
    expect(made).toMatchObject({
      reference: expect.stringMatching(/^E-2026-\d{5}$/),
      status: 'draft',
      flat: { id: flat },
      landlord: { id: world.landlord, name: 'Esimerkkisäätiö' },
      term: 'fixedTerm',
      endsOn: '2026-12-31',
      rentCents: 64_000,
      subletPermission: { source: 'leaseClause', grantedOn: '2025-12-15' },
      vacancyBornBy: 'municipality',
      missing: [expect.objectContaining({ code: 'securityMissing', blocks: null })],
      warnings: [],
    })
    expect(await world.done(at(made, 'sign'), { signedOn: '2026-01-01' })).toMatchObject({ status: 'signed' })
    expect(await world.done(at(made, 'activate'), { activeOn: '2026-01-01' })).toMatchObject({ status: 'active' })
    expect(await world.later(38, async () => (await world.get(at(made))).body as Body)).toMatchObject({ status: 'ended', missing: [] })
  })

  test('is signed with its rent, and says what it lacks', async () => {
    const made = await draft({ rentParts: [], subletPermission: null })
    expect((made['missing'] as Body[]).map(({ code, blocks }) => [code, blocks])).toEqual([
      ['rentMissing', 'sign'],
      ['subletPermissionMissing', null],
      ['securityMissing', null],
    ])
    expect(told(await world.change('post', at(made, 'sign'), { signedOn: '2026-01-01' }))).toEqual([
      409,
      'lease.rentMissing',
      ' lease.rentMissing',
    ])
    await world.change('patch', at(made), { rentParts: rent })
    await world.done(at(made, 'sign'), { signedOn: '2026-01-01' })
    const permission = { source: 'separateConsent', grantedOn: '2026-11-24' }
    expect((await world.change('patch', at(made), { subletPermission: permission })).body).toMatchObject({ subletPermission: permission })
    expect(told(await world.change('patch', at(made), { subletPermission: null, vacancyBornBy: 'landlord' }))).toEqual([
      409,
      'lease.notDraft',
      '/subletPermission lease.notDraft',
      '/vacancyBornBy lease.notDraft',
    ])
  })

  test('changes its permission and its contact field by field; what neither side has is missing, all told at once', async () => {
    const made = await draft({ subletPermission: null })
    expect(
      told(await world.change('patch', at(made), { subletPermission: { grantedOn: '2026-01-02' }, cityContact: { phone: null } })),
    ).toEqual([422, 'request.invalid', '/subletPermission/source value.missing', '/cityContact/name value.missing'])
    const permission = { source: 'separateConsent', grantedOn: '2026-01-02' }
    await world.change('patch', at(made), { subletPermission: permission, cityContact: { name: 'Asumisen tiimi' } })
    const changed = await world.change('patch', at(made), {
      subletPermission: { grantedOn: '2026-01-03' },
      cityContact: { email: 'asuminen@kunta.example' },
    })
    expect(changed.body).toMatchObject({
      subletPermission: { ...permission, grantedOn: '2026-01-03' },
      cityContact: { name: 'Asumisen tiimi', email: 'asuminen@kunta.example', phone: null },
    })
    await world.done(at(made, 'sign'), { signedOn: '2026-01-04' })
    const contact = await world.change('patch', at(made), {
      cityContact: { phone: '+358401234567' },
      subletPermission: { source: 'separateConsent' },
    })
    expect(contact.body).toMatchObject({
      cityContact: { name: 'Asumisen tiimi', email: 'asuminen@kunta.example', phone: '+358401234567' },
    })
    expect(told(await world.change('patch', at(made), { subletPermission: { grantedOn: '2026-01-02' } }))).toEqual([
      409,
      'lease.notDraft',
      '/subletPermission lease.notDraft',
    ])
  })

  test('a second one over the flat is refused by name, a withdrawn draft frees the flat', async () => {
    const made = await draft({ term: 'fixedTerm', endsOn: '2026-12-31' })
    const second = await world.send('post', '/v1/head-leases', { ...headLease(flat), startsOn: '2026-12-31' })
    expect(second.body).toMatchObject({ code: 'lease.overlap', params: { id: made.id, reference: made['reference'] } })
    const next = await draft({ startsOn: '2027-01-01' })
    await world.done(at(made, 'sign'), { signedOn: '2026-01-01' })
    const extended = await world.change('post', at(made, 'extend'), { endsOn: '2027-01-01' })
    expect(told(extended)).toEqual([409, 'lease.overlap', '/endsOn lease.overlap'])
    expect(extended.body).toMatchObject({ params: { id: next.id } })
    expect((await world.change('delete', at(next))).status).toBe(204)
    expect(await world.done(at(made, 'extend'), { endsOn: '2027-01-01' })).toMatchObject({
      endsOn: '2027-01-01',
      terms: [{ endsOn: '2026-12-31' }, { startsOn: '2027-01-01' }],
    })
  })

  test('is bound by the subleases under it: no withdrawal, no earlier end, no step back', async () => {
    const made = await draft()
    const under = await world.made('/v1/subleases', sublease(made.id, await world.addHousehold()))
    expect(told(await world.change('delete', at(made)))).toEqual([409, 'headLease.inUse'])
    expect(told(await world.change('patch', at(made), { startsOn: '2026-02-02' }))).toEqual([409, 'headLease.subleaseLivesOn'])
    expect(told(await world.change('patch', at(made), { flatId: await world.addFlat() }))).toEqual([409, 'headLease.inUse'])
    await world.done(at(made, 'sign'), { signedOn: '2026-01-01' })
    await world.done(`/v1/subleases/${under.id}/sign`, { signedOn: '2026-11-24' })
    expect(told(await world.change('post', at(made, 'revert'), { reason: 'Väärin' }))).toEqual([409, 'headLease.inUse'])
    const ended = await world.change('post', at(made, 'end'), { endsOn: '2027-01-31', reason: 'agreement' })
    expect(told(ended)).toEqual([409, 'headLease.subleaseLivesOn', '/endsOn headLease.subleaseLivesOn'])
    expect(ended.body).toMatchObject({ params: { id: under.id, reference: under['reference'] } })
    await world.done(`/v1/subleases/${under.id}/end`, { endsOn: '2027-01-31', reason: 'agreement' })
    expect(await world.done(at(made, 'end'), { endsOn: '2027-01-31', reason: 'agreement' })).toMatchObject({
      endsOn: '2027-01-31',
      status: 'signed',
    })
    expect(told(await world.change('post', `/v1/subleases/${under.id}/extend`, { endsOn: '2027-02-28' }))).toEqual([
      422,
      'date.outsideHeadLease',
      '/endsOn date.outsideHeadLease',
    ])
  })

  test('an end lies in the lease, and a fixed term is not made longer by it', async () => {
    const made = await draft({ term: 'fixedTerm', endsOn: '2026-12-31' })
    expect(told(await world.change('post', at(made, 'end'), { endsOn: '2026-12-01', reason: 'agreement' }))).toEqual([
      409,
      'lease.wrongState',
    ])
    await world.done(at(made, 'sign'), { signedOn: '2026-01-01' })
    const end = async (endsOn: string) => told(await world.change('post', at(made, 'end'), { endsOn, reason: 'agreement' }))
    expect(await end('2025-12-31')).toEqual([422, 'lease.endBeforeStart', '/endsOn lease.endBeforeStart'])
    expect(await end('2027-01-01')).toEqual([422, 'lease.endAfterTerm', '/endsOn lease.endAfterTerm'])
    expect((await end('2026-12-30'))[0]).toBe(200)
    // A form that sends all that it shows changes nothing, the term agreed before the end neither.
    const shown = { ...headLease(flat), term: 'fixedTerm', endsOn: '2026-12-30', rentParts: rent.toReversed(), note: 'Muistiinpano' }
    expect((await world.change('patch', at(made), shown)).body).toMatchObject({ endsOn: '2026-12-30', note: 'Muistiinpano' })
    expect((await end('2026-12-31'))[0]).toBe(200)
    expect(await world.done(at(made, 'extend'), { endsOn: null })).toMatchObject({ term: 'indefinite', endsOn: null, endReason: null })
  })

  test('says each fault of its terms where it is', async () => {
    const create = async (change: Body) => told(await world.send('post', '/v1/head-leases', { ...headLease(flat), ...change }))
    expect(await create({ term: 'fixedTerm' })).toEqual([422, 'lease.endMissing', '/endsOn lease.endMissing'])
    expect(await create({ endsOn: '2026-12-31' })).toEqual([422, 'lease.endNotAllowed', '/endsOn lease.endNotAllowed'])
    expect(await create({ flatId: world.landlord })).toEqual([422, 'reference.notFound', '/flatId reference.notFound'])
    expect(await create({ securityCents: 192_001 })).toEqual([422, 'security.tooHigh', '/securityCents security.tooHigh'])
    const answer = await world.send('post', '/v1/head-leases', { ...headLease(flat), securityCents: 192_001 })
    expect(answer.body).toMatchObject({ params: { maximumCents: 192_000 }, citations: [{ statute: '481/1995', section: '8 §' }] })
  })

  test('a version that has moved on is refused, and so is none', async () => {
    const made = await draft()
    expect((await world.send('patch', at(made), { dueDay: 3 })).status).toBe(428)
    expect((await world.send('patch', at(made), { dueDay: 3 }, { 'if-match': made.etag })).status).toBe(200)
    expect((await world.send('patch', at(made), { dueDay: 4 }, { 'if-match': made.etag })).status).toBe(412)
    expect((await world.send('post', at(made, 'sign'), { signedOn: '2026-01-01' }, { 'if-match': made.etag })).status).toBe(412)
    expect((await world.send('post', at(made, 'sign'), { signedOn: '2026-01-01' })).status).toBe(428)
    expect((await world.send('delete', at(made), undefined, { 'if-match': made.etag })).status).toBe(412)
  })
})

describe('who may', () => {
  test('a landlord sees its own head leases whole, without the city’s note and papers, and no other’s', async () => {
    const made = await draft({
      note: 'Kaupungin muistiinpano',
      paperLocation: 'Kansio 12',
      cityContact: { name: 'Asumisen tiimi', email: null, phone: '+358401234567' },
    })
    const seen = await world.get(at(made), await world.as('landlord'))
    const { body: whole } = await world.get(at(made))
    const { note, paperLocation, etag: _etag, ...own } = whole as Body
    expect([note, paperLocation]).toEqual(['Kaupungin muistiinpano', 'Kansio 12'])
    expect(seen.body).toEqual({ ...own, etag: expect.any(String) })
    const other = await world.addLandlord('Toinen säätiö')
    expect((await world.get(at(made), await world.as('landlord', other))).status).toBe(404)
  })

  test.each(['head-leases', 'subleases'])(
    '%s are read by coordinators, finance and landlords, and changed by coordinators alone',
    async (resource) => {
      const head = await draft()
      const made = resource === 'head-leases' ? head : await world.made('/v1/subleases', sublease(head.id, await world.addHousehold()))
      const url = `/v1/${resource}/${made.id}`
      const reads: readonly Role[] = ['coordinator', 'finance', 'landlord']
      for (const role of roles) {
        const as = await world.as(role)
        expect([role, (await world.get(url, as)).status]).toEqual([role, reads.includes(role) ? 200 : 403])
        if (role === 'coordinator') continue
        const refused = [
          world.send('post', `/v1/${resource}`, {}, {}, as),
          world.send('patch', url, {}, {}, as),
          world.send('delete', url, undefined, {}, as),
          ...['sign', 'activate', 'end', 'extend', 'revert', 'rent-parts', ...(resource === 'subleases' ? ['disclosures'] : [])].map(
            (command) => world.send('post', `${url}/${command}`, {}, {}, as),
          ),
        ]
        expect([role, ...(await Promise.all(refused)).map(({ status }) => status)]).toEqual([role, ...refused.map(() => 403)])
      }
      const reader = await world.asClient([resource === 'subleases' ? 'subleases:read' : 'head-leases:read'])
      expect((await world.get(url, reader)).status).toBe(200)
      expect((await world.send('patch', url, {}, { 'if-match': made.etag }, reader)).status).toBe(403)
      expect((await world.get(url, await world.asClient(['flats:read']))).status).toBe(403)
      const writer = await world.asClient(['subleases:read', 'subleases:write', 'head-leases:read', 'head-leases:write'])
      expect((await world.send('patch', url, { dueDay: 7 }, { 'if-match': made.etag }, writer)).body).toMatchObject({ dueDay: 7 })
    },
  )
})
