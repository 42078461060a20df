import { defaultPlacementWeights } from '@kotoisa/domain'
import { describe, expect, test } from 'vitest'
import { told } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

type Body = Readonly<Record<string, unknown>>

const { world } = await moduleWorld()

const settings = async () => (await world.get('/v1/settings', await world.as('admin'))).body as Body & { readonly etag: string }
const patch = async (body: Body, role: 'admin' | 'auditor' | 'coordinator' = 'admin') =>
  world.send('patch', '/v1/settings', body, { 'if-match': (await settings()).etag }, await world.as(role))

const ceilings = { source: 'Kela, enimmäisasumismenot 2026', checkedOn: '2026-11-01', cents: [59_600, 73_500, 87_800] }
const contact = { name: 'Aino Koordinaattori', email: 'aino@jyvaskyla.example', phone: '+358145550100' }
const notice = { fi: 'Hyvää joulua!', sv: 'God jul!', en: 'Merry Christmas!' }

test('nothing set is the product’s default, without ceilings, contact and notice', async () => {
  expect(await settings()).toEqual({
    etag: expect.stringMatching(/^"0\./) as string,
    updatedAt: null,
    placementWeights: defaultPlacementWeights,
    rentCeilings: null,
    cityContact: null,
    landlordNotice: null,
  })
})

describe('rent ceilings', () => {
  const need = { persons: 2, latestOn: '2026-12-15' }
  const rank = async (values: Body = {}) =>
    (await world.send('post', '/v1/flats/rankings', { need: { ...need, ...values } })).body as Body & {
      readonly fitting: readonly { readonly reasons: readonly { readonly code: string; readonly params: Body }[] }[]
    }

  test('hold in a ranking whose need names none, by the number of persons; the last one for more', async () => {
    await world.activeHeadLease(await world.addFlat())
    expect((await rank())['rentCeiling']).toBe(null)
    expect((await patch({ rentCeilings: ceilings })).status).toBe(200)
    const { source, checkedOn } = ceilings
    const { rentCeiling, fitting } = await rank()
    expect(rentCeiling).toEqual({ cents: 73_500, source, checkedOn })
    expect(fitting[0]?.reasons).toMatchObject([{ code: 'fits' }, { code: 'rentUnderCeiling', params: { underCents: 9_500 } }, {}])
    expect((await rank({ persons: 9 }))['rentCeiling']).toEqual({ cents: 87_800, source, checkedOn })
    expect((await rank({ rentCeilingCents: 50_000 }))['rentCeiling']).toEqual({ cents: 50_000, source: null, checkedOn: null })
  })

  test('are refused at the field: falling, looked up in days to come, beside limits that contradict each other', async () => {
    const answer = await patch({
      placementWeights: { personsPerRoomComfortable: 4 },
      rentCeilings: { checkedOn: '2026-11-25', cents: [70_000, 69_999] },
    })
    expect(told(answer)).toEqual([
      422,
      'request.invalid',
      '/placementWeights/personsPerRoomComfortable settings.comfortAboveMost',
      '/rentCeilings/checkedOn date.inFuture',
      '/rentCeilings/cents/1 settings.ceilingFalls',
    ])
    expect(told(await patch({ rentCeilings: { ...ceilings, cents: [] } }))).toEqual([
      400,
      'request.malformed',
      '/rentCeilings/cents value.count',
    ])
  })
})

describe('what landlords are told', () => {
  const toldIn = async (role: 'landlord' | 'coordinator') =>
    ((await world.get('/v1/sessions/current', await world.as(role))).body as { user: { municipality: Body } }).user.municipality

  test('comes with a landlord’s session and with nobody else’s', async () => {
    expect((await patch({ cityContact: contact, landlordNotice: notice })).status).toBe(200)
    expect(await toldIn('landlord')).toMatchObject({ contact, notice })
    expect(await toldIn('coordinator')).toMatchObject({ contact: null, notice: null })
    expect((await patch({ landlordNotice: null })).status).toBe(200)
    expect(await toldIn('landlord')).toMatchObject({ contact, notice: null })
  })

  test('is said in all languages or not at all', async () => {
    expect(told(await patch({ landlordNotice: { fi: 'Vain suomeksi' } }))).toEqual([
      422,
      'request.invalid',
      '/landlordNotice/sv value.missing',
      '/landlordNotice/en value.missing',
    ])
    expect(told(await patch({ cityContact: { phone: '014' } }))).toEqual([400, 'request.malformed', '/cityContact/phone value.pattern'])
  })
})

test('the history tells each setting from what to what, to administrators and auditors', async () => {
  await patch({ placementWeights: { fits: 31 }, cityContact: { ...contact, phone: null } })
  const history = await world.get('/v1/settings/history', await world.as('auditor'))
  expect((history.body as { items: Body[] }).items[0]).toMatchObject({
    action: 'settings.updated',
    changes: [
      { field: 'fits', before: 30, after: 31 },
      { field: 'cityContact', before: contact, after: { ...contact, phone: null } },
    ],
  })
  expect((await world.get('/v1/settings/history', await world.as('admin'))).status).toBe(200)
})

test('is changed by administrators alone and read by auditors; by no client', async () => {
  const { etag } = await settings()
  for (const role of ['coordinator', 'finance', 'supportWorker', 'landlord'] as const) {
    const as = await world.as(role)
    for (const path of ['/v1/settings', '/v1/settings/history']) {
      expect(told(await world.get(path, as)), `${role} ${path}`).toEqual([403, 'access.denied'])
    }
    expect(told(await world.send('patch', '/v1/settings', {}, { 'if-match': etag }, as)), role).toEqual([403, 'access.denied'])
  }
  expect((await patch({}, 'auditor')).status).toBe(403)
  expect((await world.get('/v1/settings', await world.as('auditor'))).status).toBe(200)
  expect((await world.get('/v1/settings', await world.asClient(['landlords:read']))).status).toBe(403)
  const missing = await world.send('patch', '/v1/settings', {}, {}, await world.as('admin'))
  expect(told(missing)).toEqual([428, 'precondition.required'])
})
