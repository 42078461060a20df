import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headLease, rent, sublease, told, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
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
const codes = (list: unknown) =>
  (list as { code: string; blocks: string | null }[]).map(({ code, blocks }) => `${code}${blocks === null ? '' : ` ${blocks}`}`)

describe('a sublease', () => {
  test('goes from draft over signed and active to ended, each by its command, and is told of by the log and the outbox', async () => {
    const made = await draft({
      securityCents: 128_000,
      securityForm: 'deposit',
      dueDay: 5,
      note: 'Avaimet toimistolta',
      startsOn: '2026-11-01',
    })
    expect(made).toMatchObject({
      reference: expect.stringMatching(/^S-2026-\d{5}$/),
      status: 'draft',
      masked: false,
      scope: 'wholeFlat',
      term: 'indefinite',
      effectiveTerm: 'indefinite',
      endsOn: null,
      rentCents: 64_000,
      flat: { id: flat, address: expect.stringContaining('Esimerkkikatu 4 A') },
      landlord: { id: world.landlord, name: 'Esimerkkisäätiö' },
      household: { id: household.id, name: 'Esimerkki' },
      tenants: [{ id: household.tenant, name: 'Aino Esimerkki', phone: '+358401234567' }],
      headLease: head,
      householdSize: 1,
      disclosures: { tenant: null, landlord: null },
    })
    expect(codes(made['missing'])).toEqual([
      'tenantDisclosureMissing',
      'landlordDisclosureMissing',
      'securityMissing',
      'homeInsuranceMissing',
    ])
    expect(await world.done(at(made, 'sign'), { signedOn: '2026-11-20' })).toMatchObject({ status: 'signed', signedOn: '2026-11-20' })
    expect(await world.done(at(made, 'activate'), { activeOn: '2026-11-24' })).toMatchObject({ status: 'active', activeOn: '2026-11-24' })
    expect(await world.done(at(made, 'end'), { endsOn: '2026-11-24', reason: 'agreement' })).toMatchObject({
      status: 'active',
      endsOn: '2026-11-24',
      endReason: 'agreement',
    })
    expect(await world.later(1, async () => (await world.get(at(made))).body as Body)).toMatchObject({ status: 'ended', missing: [] })
    const { rows } = await world.app.owner.query('select action from audit_entries where record_id = $1 order by at, id', [made.id])
    expect(rows.map(({ action }) => action as string)).toEqual([
      'sublease.created',
      'sublease.signed',
      'sublease.activated',
      'sublease.ended',
    ])
    const events = await world.app.owner.query('select type from outbox where record_id = $1 order by sequence', [made.id])
    expect(events.rows.map(({ type }) => type as string)).toEqual(rows.map(({ action }) => action as string))
  })

  test('is not signed without a named tenant, rent, a signed head lease and the permission to sublet, all told at once with their paragraphs', async () => {
    const other = await world.addFlat()
    const bare = await world.made('/v1/head-leases', { flatId: other, term: 'indefinite', startsOn: '2026-01-01' })
    const made = await world.made('/v1/subleases', { ...sublease(bare.id, household), tenantIds: [], rentParts: [] })
    expect(codes(made['missing']).filter((code) => code.endsWith(' sign'))).toEqual([
      'tenantMissing sign',
      'rentMissing sign',
      'headLeaseNotSigned sign',
      'subletPermissionMissing sign',
    ])
    const answer = await world.change('post', at(made, 'sign'), { signedOn: '2026-11-20' })
    expect(told(answer)).toEqual([
      409,
      'lease.tenantMissing',
      ' lease.tenantMissing',
      ' lease.rentMissing',
      ' lease.headLeaseNotSigned',
      ' lease.subletPermissionMissing',
    ])
    expect((answer.body as { citations: unknown }).citations).toContainEqual({
      statute: '481/1995',
      section: '72 § 1 mom.',
      checkedOn: expect.any(String),
    })
    expect((await world.get(at(made))).body).toMatchObject({ status: 'draft' })
  })

  test('is not handed over before its first day, nor without an active head lease, nor twice, nor unsigned', async () => {
    const other = await world.addFlat()
    const signedHead = await world.made('/v1/head-leases', headLease(other))
    await world.done(`/v1/head-leases/${signedHead.id}/sign`, { signedOn: '2026-01-01' })
    const made = await world.made('/v1/subleases', { ...sublease(signedHead.id, household), startsOn: '2026-12-01' })
    expect(told(await world.change('post', at(made, 'activate'), { activeOn: '2026-11-24' }))).toEqual([409, 'lease.wrongState'])
    await world.done(at(made, 'sign'), { signedOn: '2026-11-20' })
    expect(told(await world.change('post', at(made, 'sign'), { signedOn: '2026-11-20' }))).toEqual([409, 'lease.alreadySigned'])
    expect(told(await world.change('post', at(made, 'activate'), { activeOn: '2026-11-24' }))).toEqual([
      409,
      'lease.notStarted',
      ' lease.notStarted',
      ' lease.headLeaseNotActive',
    ])
    await world.done(`/v1/head-leases/${signedHead.id}/activate`, { activeOn: '2026-11-24' })
    expect(told(await world.change('post', at(made, 'activate'), { activeOn: '2026-11-25' }))).toEqual([
      422,
      'date.inFuture',
      '/activeOn date.inFuture',
    ])
    expect(told(await world.change('delete', at(made)))).toEqual([409, 'lease.notDraft'])
  })

  test('takes its last step back on the same day only', async () => {
    const made = await draft()
    await world.done(at(made, 'sign'), { signedOn: '2026-11-20' })
    expect(await world.done(at(made, 'revert'), { reason: 'Väärä päivä' })).toMatchObject({ status: 'draft', signedOn: null })
    expect(told(await world.change('post', at(made, 'revert'), { reason: 'Väärä päivä' }))).toEqual([409, 'lease.wrongState'])
    await world.done(at(made, 'sign'), { signedOn: '2026-11-21' })
    await world.done(at(made, 'activate'), { activeOn: '2026-11-24' })
    await world.done(at(made, 'end'), { endsOn: '2026-12-31', reason: 'agreement' })
    await world.done(at(made, 'end'), { endsOn: '2026-11-23', reason: 'corrected' })
    expect((await world.get(at(made))).body).toMatchObject({ status: 'ended', endsOn: '2026-11-23' })
    expect(told(await world.change('post', at(made, 'extend'), { endsOn: null }))).toEqual([409, 'lease.wrongState'])
    expect(await world.done(at(made, 'revert'), { reason: 'Väärä päivä' })).toMatchObject({
      status: 'active',
      endsOn: '2026-12-31',
      endReason: 'agreement',
    })
    expect(await world.done(at(made, 'revert'), { reason: 'Väärä päivä' })).toMatchObject({
      status: 'active',
      endsOn: null,
      endReason: null,
    })
    expect(await world.done(at(made, 'revert'), { reason: 'Väärä päivä' })).toMatchObject({ status: 'signed', activeOn: null })
    expect(told(await world.later(1, () => world.change('post', at(made, 'revert'), { reason: 'Väärä päivä' })))).toEqual([
      409,
      'lease.revertTooLate',
    ])
    const { rows } = await world.app.owner.query("select reason from audit_entries where record_id = $1 and action = 'sublease.reverted'", [
      made.id,
    ])
    expect(rows).toHaveLength(4)
    expect(rows[0]).toEqual({ reason: 'Väärä päivä' })
  })

  test('changes every term as a draft, and from signed on whom to call, the note, where the paper is and what came in later', async () => {
    const made = await draft()
    const room = await world.addRoom(flat, ['1', '2'])
    const patched = await world.change('patch', at(made), {
      scope: 'partOfFlat',
      roomId: room,
      place: '1',
      term: 'fixedTerm',
      startsOn: '2026-03-01',
      endsOn: '2027-02-28',
      dueDay: null,
    })
    expect(patched.body).toMatchObject({
      scope: 'partOfFlat',
      roomId: room,
      place: '1',
      endsOn: '2027-02-28',
      rentParts: [{ startsOn: '2026-03-01' }, { startsOn: '2026-03-01' }],
    })
    await world.done(at(made, 'sign'), { signedOn: '2026-11-20' })
    const contact = { name: 'Asumisen tiimi', email: null, phone: '+358401234567' }
    const later = await world.change('patch', at(made), {
      cityContact: contact,
      note: 'Muistiinpano',
      paperLocation: 'Kansio 12',
      securityLodgedOn: '2026-11-24',
      homeInsuranceShownOn: '2026-11-24',
      term: 'fixedTerm',
      endsOn: '2027-02-28',
    })
    expect(later.body).toMatchObject({ status: 'signed', cityContact: contact, note: 'Muistiinpano', paperLocation: 'Kansio 12' })
    expect(later.body).toMatchObject({ securityLodgedOn: '2026-11-24', homeInsuranceShownOn: '2026-11-24' })
    expect(told(await world.change('patch', at(made), { dueDay: 3, endsOn: '2027-03-31', note: null }))).toEqual([
      409,
      'lease.notDraft',
      '/dueDay lease.notDraft',
      '/endsOn lease.notDraft',
    ])
    expect(told(await world.change('patch', at(made), { rentParts: [{ kind: 'base', cents: 1 }] }))).toEqual([
      409,
      'lease.notDraft',
      '/rentParts lease.notDraft',
    ])
    expect((await world.change('patch', at(made), {})).status).toBe(200)
  })

  test('keeps each version of the rent with its days, and shows today’s', async () => {
    const made = await draft()
    const raised = await world.done(at(made, 'rent-parts'), { kind: 'base', cents: 62_000, startsOn: '2026-11-24' })
    expect(raised).toMatchObject({
      rentCents: 66_000,
      rentParts: [
        { kind: 'base', cents: 60_000, startsOn: '2026-02-01', endsOn: '2026-11-23' },
        { kind: 'water', basis: 'perPerson', cents: 4_000, endsOn: null },
        { kind: 'base', cents: 62_000, startsOn: '2026-11-24', endsOn: null },
      ],
    })
    const later = await world.done(at(made, 'rent-parts'), { kind: 'base', cents: 65_000, startsOn: '2027-01-01' })
    expect(later).toMatchObject({ rentCents: 66_000 })
    const between = await world.done(at(made, 'rent-parts'), { kind: 'base', cents: 63_000, startsOn: '2026-12-01' })
    expect((between['rentParts'] as Body[]).at(-2)).toMatchObject({ cents: 63_000, startsOn: '2026-12-01', endsOn: '2026-12-31' })
    expect(
      told(await world.change('post', at(made, 'rent-parts'), { kind: 'base', cents: 1, startsOn: '2026-12-15', endsOn: '2027-01-01' })),
    ).toEqual([422, 'rentPart.overlap', '/endsOn rentPart.overlap'])
    expect(told(await world.change('post', at(made, 'rent-parts'), { kind: 'sauna', cents: 1, startsOn: '2026-01-31' }))).toEqual([
      422,
      'rentPart.outsideLease',
      '/startsOn rentPart.outsideLease',
    ])
  })

  test('refuses everything that is wrong with it at once', async () => {
    const answer = await world.send('post', '/v1/subleases', {
      ...sublease(head.id, household),
      scope: 'wholeFlat',
      roomId: await world.addRoom(flat),
      term: 'fixedTerm',
      endsOn: '2026-01-31',
      tenantIds: [await world.addPerson(), head.id],
      securityCents: 192_004,
      rentParts: [...rent, { kind: 'base', cents: 1 }],
    })
    // base twice on one day: its sum is what the security is measured by
    expect(told(answer)).toEqual([
      422,
      'request.invalid',
      '/endsOn date.reversed',
      '/roomId lease.roomNotAllowed',
      '/tenantIds/0 lease.tenantNotMember',
      '/tenantIds/1 reference.notFound',
      '/rentParts/2 rentPart.overlap',
      '/securityCents security.tooHigh',
    ])
  })

  test('stands inside its head lease, in a room of its flat, under a home and a household that exist', async () => {
    const create = async (change: Body) => told(await world.send('post', '/v1/subleases', { ...sublease(head.id, household), ...change }))
    expect(await create({ startsOn: '2025-12-31' })).toEqual([422, 'date.outsideHeadLease', '/startsOn date.outsideHeadLease'])
    expect(await create({ headLeaseId: household.id })).toEqual([422, 'reference.notFound', '/headLeaseId reference.notFound'])
    expect(await create({ householdId: head.id, tenantIds: [] })).toEqual([422, 'reference.notFound', '/householdId reference.notFound'])
    expect(await create({ scope: 'partOfFlat' })).toEqual([422, 'lease.roomMissing', '/roomId lease.roomMissing'])
    expect(await create({ scope: 'partOfFlat', roomId: await world.addRoom(await world.addFlat()) })).toEqual([
      422,
      'reference.notFound',
      '/roomId reference.notFound',
    ])
    expect(await create({ scope: 'partOfFlat', roomId: await world.addRoom(flat, ['1']), place: '2' })).toEqual([
      422,
      'lease.placeUnknown',
      '/place lease.placeUnknown',
    ])
    const subsidised = await world.addFlat({ subsidised_rent_rule: 'araRestricted' })
    const other = await world.activeHeadLease(subsidised)
    expect(await create({ headLeaseId: other.id, rentParts: [{ kind: 'base', basis: 'index', cents: 1 }] })).toEqual([
      422,
      'rentPart.indexNotAllowed',
      '/rentParts/0/basis rentPart.indexNotAllowed',
    ])
  })
})
