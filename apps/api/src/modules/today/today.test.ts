import { addDays } from '@kotoisa/domain'
import { beforeEach, describe, expect, test } from 'vitest'
import { headLease, rent, sublease, told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { tasksWorld, today } from '../../../test/tasks-world.ts'

const { app, world } = await moduleWorld()
const { home, sign, activate, lived, ask, tasksOf, short } = tasksWorld(world)

beforeEach(async () => {
  // The rows of a test are its own: what is signed is never deleted, so the tables are emptied.
  await app.owner.query('truncate vacancies, subleases, head_leases cascade')
})

describe('E10 one ranked list of what needs doing today, from leases and homes', () => {
  test('a lease that lacks nothing asks for nothing; an empty municipality has an empty list', async () => {
    expect(await ask()).toEqual({
      asOf: today,
      items: [],
      total: 0,
      signals: { late: 0, today: 0, thisWeek: 0, coming: 0 },
      kinds: [],
    })
    await lived()
    expect((await ask()).total).toBe(0)
  })

  test('a draft waits for what it lacks, then for signatures, then for keys, and is gone when they are handed over', async () => {
    const made = await home({ startsOn: '2026-11-24', tenantIds: [], rentParts: [] })
    const { lease, flat, household } = made
    expect(short(await tasksOf(lease.id))).toEqual([['draft', 'today', today, 'tenantMissing', 'rentMissing']])
    await world.change('patch', `/v1/subleases/${lease.id}`, { tenantIds: [household.tenant], rentParts: rent })
    expect(short(await tasksOf(lease.id))).toEqual([['signature', 'today', today]])
    await sign(made)
    const [keys] = await tasksOf(lease.id)
    expect(keys).toMatchObject({
      id: `keys:${lease.id}`,
      kind: 'keys',
      dueFrom: 'startsOn',
      citation: null,
      points: 220,
      parts: [
        { code: 'today', points: 200, days: 0 },
        { code: 'holdsUpMove', points: 20, days: null },
      ],
      subject: {
        resource: 'sublease',
        reference: lease.reference,
        status: 'signed',
        masked: false,
        household: { id: household.id, name: 'Esimerkki' },
        householdSize: 2,
        flat: { id: flat },
        landlord: { id: world.landlord, name: 'Esimerkkisäätiö' },
      },
    })
    await activate(made)
    expect(await tasksOf(lease.id)).toEqual([])
    await world.done(`/v1/subleases/${lease.id}/revert`, { reason: 'Väärä päivä' })
    expect(short(await tasksOf(lease.id))).toEqual([['keys', 'today', today]])
  })

  test('keys are told of two weeks ahead', async () => {
    const [near, far] = [await home({ startsOn: addDays(today, 14) }), await home({ startsOn: addDays(today, 15) })]
    await sign(near)
    await sign(far)
    expect(short(await tasksOf(near.lease.id, far.lease.id))).toEqual([['keys', 'coming', '2026-12-08']])
  })

  test('what 73 § wants told is late from the day after signing, one row for both audiences', async () => {
    const made = await lived({}, { told: false })
    const [task] = await tasksOf(made.lease.id)
    expect(task).toMatchObject({
      kind: 'disclosure',
      signal: 'late',
      dueOn: '2026-11-20',
      dueFrom: 'signedOn',
      lacks: ['tenantDisclosureMissing', 'landlordDisclosureMissing'],
      citation: { statute: '481/1995', section: '73 § 1 mom.' },
      points: 344,
      parts: [
        { code: 'late', points: 300, days: 4 },
        { code: 'law', points: 40, days: null },
        { code: 'daysLate', points: 4, days: 4 },
      ],
    })
    await world.done(`/v1/subleases/${made.lease.id}/disclosures`, { to: 'tenant', disclosedOn: today, channel: 'handedOver' })
    expect(short(await tasksOf(made.lease.id))).toEqual([['disclosure', 'late', '2026-11-20', 'landlordDisclosureMissing']])
    await world.done(`/v1/subleases/${made.lease.id}/disclosures`, { to: 'landlord', disclosedOn: today })
    expect(await tasksOf(made.lease.id)).toEqual([])
    const seenByLandlord = async () =>
      ((await world.get(`/v1/subleases/${made.lease.id}`, await world.as('landlord'))).body as Body)['tenantDisclosure']
    expect(await seenByLandlord()).toBe('told')
    // Taken back: the row is there again, and the landlord no longer sees who lives there.
    await world.done(`/v1/subleases/${made.lease.id}/disclosures`, { to: 'landlord', disclosedOn: null })
    expect(await seenByLandlord()).toBe('byCity')
    const { items } = (await world.get(`/v1/subleases/${made.lease.id}/history`)).body as { items: { action: string }[] }
    expect(items[0]?.action).toBe('sublease.disclosureTakenBack')
    expect(short(await tasksOf(made.lease.id))).toEqual([['disclosure', 'late', '2026-11-20', 'landlordDisclosureMissing']])
  })

  test.each(['tenant', 'landlord'])('what was never recorded as told to the %s is not taken back, and nothing is written', async (to) => {
    const { lease } = await lived({}, { told: false })
    const other = to === 'tenant' ? 'landlord' : 'tenant'
    await world.done(`/v1/subleases/${lease.id}/disclosures`, { to: other, disclosedOn: today })
    const url = `/v1/subleases/${lease.id}`
    const kept = async () => ({
      etag: ((await world.get(url)).body as Body)['etag'],
      log: (await app.owner.query('select count(*) from audit_entries where record_id = $1', [lease.id])).rows[0] as object,
      outbox: (await app.owner.query('select count(*) from outbox where record_id = $1', [lease.id])).rows[0] as object,
    })
    const before = await kept()
    expect(told(await world.change('post', `${url}/disclosures`, { to, disclosedOn: null }))).toEqual([409, 'lease.notTold'])
    expect(await kept()).toEqual(before)
  })

  test('security and home insurance of a lease are one row, gone by a patch and back by its inverse', async () => {
    const { lease } = await lived({ securityForm: 'deposit', securityCents: 50_000, homeInsuranceShownOn: null, startsOn: '2026-11-24' })
    expect(short(await tasksOf(lease.id))).toEqual([['missing', 'today', today, 'securityMissing', 'homeInsuranceMissing']])
    await world.change('patch', `/v1/subleases/${lease.id}`, { securityLodgedOn: today })
    expect(short(await tasksOf(lease.id))).toEqual([['missing', 'today', today, 'homeInsuranceMissing']])
    await world.change('patch', `/v1/subleases/${lease.id}`, { homeInsuranceShownOn: today })
    expect(await tasksOf(lease.id)).toEqual([])
    await world.change('patch', `/v1/subleases/${lease.id}`, { homeInsuranceShownOn: null })
    expect(short(await tasksOf(lease.id))).toEqual([['missing', 'today', today, 'homeInsuranceMissing']])
  })

  test('a head lease is completed, signed, let on by permission (72 §) and its keys fetched', async () => {
    const flat = await world.addFlat()
    const lease = await world.made('/v1/head-leases', {
      ...headLease(flat),
      startsOn: '2026-11-28',
      rentParts: [],
      subletPermission: null,
    })
    expect(short(await tasksOf(lease.id))).toEqual([
      ['permission', 'thisWeek', '2026-11-28', 'subletPermissionMissing'],
      ['draft', 'thisWeek', '2026-11-28', 'rentMissing'],
    ])
    const granted = { source: 'separateConsent', grantedOn: today }
    expect(told(await world.change('patch', `/v1/head-leases/${lease.id}`, { rentParts: rent, subletPermission: granted }))).toEqual([
      200,
      undefined,
    ])
    expect(short(await tasksOf(lease.id))).toEqual([['signature', 'thisWeek', '2026-11-28']])
    await world.done(`/v1/head-leases/${lease.id}/sign`, { signedOn: today })
    const [keys] = await tasksOf(lease.id)
    expect(keys).toMatchObject({
      kind: 'keys',
      subject: { resource: 'headLease', status: 'signed', household: null, flat: { id: flat }, landlord: { name: 'Esimerkkisäätiö' } },
    })
  })

  test('both leases are told of half a year before the agreed end, not when somebody has decided on it', async () => {
    const ends = { term: 'fixedTerm', endsOn: '2027-05-24' }
    const { lease, head } = await lived(ends, { head: ends })
    await lived({ term: 'fixedTerm', endsOn: '2027-05-25' }, { head: { term: 'fixedTerm', endsOn: '2027-05-25' } })
    const answer = await ask('?kind=leaseEnds')
    expect(answer.items.map(({ subject, dueOn, citation }) => [subject.id, dueOn, citation?.section])).toEqual([
      [head.id, '2027-05-24', '78 §'],
      [lease.id, '2027-05-24', undefined],
    ])
    await world.done(`/v1/subleases/${lease.id}/end`, { endsOn: '2027-04-30', reason: 'agreement' })
    expect((await ask('?kind=leaseEnds')).items.map(({ subject }) => subject.id)).toEqual([head.id])
    await world.done(`/v1/subleases/${lease.id}/end`, { endsOn: '2027-05-24', reason: 'corrected' })
    expect((await ask('?kind=leaseEnds')).items.map(({ subject }) => subject.id)).toEqual([head.id, lease.id])
    await world.done(`/v1/head-leases/${head.id}/extend`, { endsOn: '2028-05-24' })
    expect((await ask('?kind=leaseEnds')).items.map(({ subject }) => subject.id)).toEqual([lease.id])
  })

  test('a third short term in a row is told as indefinite by law, of a draft before anybody signs', async () => {
    const flat = await world.addFlat()
    const head = await world.activeHeadLease(flat)
    const household = await world.addHousehold()
    const terms = [
      ['2026-04-01', '2026-06-30'],
      ['2026-07-01', '2026-09-30'],
      ['2026-10-01', '2026-12-31'],
    ]
    let last = ''
    for (const [startsOn, endsOn] of terms)
      last = (await world.made('/v1/subleases', { ...sublease(head.id, household), term: 'fixedTerm', startsOn, endsOn })).id
    expect((await tasksOf(last)).map(({ kind, dueOn, citation }) => [kind, dueOn, citation?.section])).toEqual([
      ['indefiniteByLaw', '2026-10-01', '4 § 1 mom.'],
      ['signature', '2026-10-01', undefined],
    ])
    await world.done(`/v1/subleases/${last}/sign`, { signedOn: today })
    expect((await ask('?kind=indefiniteByLaw')).items).toMatchObject([{ dueOn: '2026-12-31', dueFrom: 'endsOn', subject: { id: last } }])
  })

  test('an empty home asks for its reason within a week, and again when it has stood empty for 60 days', async () => {
    const recent = await world.addFlat()
    const { id } = await world.made('/v1/head-leases', { ...headLease(recent), startsOn: '2026-11-20' })
    await world.done(`/v1/head-leases/${id}/sign`, { signedOn: '2026-11-20' })
    await world.done(`/v1/head-leases/${id}/activate`, { activeOn: '2026-11-20' })
    const long = await world.addFlat()
    await world.activeHeadLease(long)
    const [first] = (await ask('?kind=emptyReason')).items.filter(({ subject }) => subject.id === long)
    expect(first).toMatchObject({
      signal: 'late',
      dueOn: '2026-01-08',
      subject: { flat: { id: long }, emptyFrom: '2026-01-01', emptyBecause: null },
    })
    const vacancy = await world.made('/v1/vacancies', { flatId: long, startsOn: '2026-01-01', reason: 'turnover', bornBy: 'municipality' })
    expect((await tasksOf(long)).map(({ kind, signal, subject }) => [kind, signal, subject.emptyBecause])).toEqual([
      ['emptyLong', 'coming', 'turnover'],
    ])
    await world.change('patch', `/v1/vacancies/${vacancy.id}`, { reason: 'repair' })
    expect(await tasksOf(long)).toEqual([])
    await world.change('delete', `/v1/vacancies/${vacancy.id}`)
    expect((await tasksOf(long)).map(({ kind }) => kind)).toEqual(['emptyReason'])
    expect(short(await tasksOf(recent))).toEqual([['emptyReason', 'thisWeek', '2026-11-27']])
  })

  test.each([
    ['today', '2026-11-24'],
    ['already past', '2026-11-01'],
  ])('for a home whose draft begins %s no household is looked for', async (_, startsOn) => {
    const flat = await world.addFlat()
    const above = await world.activeHeadLease(flat)
    await world.made('/v1/vacancies', { flatId: flat, startsOn: '2026-01-01', reason: 'turnover', bornBy: 'municipality' })
    const kinds = async () => (await tasksOf(flat)).map(({ kind }) => kind)
    expect(await kinds()).toEqual(['emptyLong'])
    const draft = await world.made('/v1/subleases', { ...sublease(above.id, await world.addHousehold()), startsOn })
    expect(await kinds()).toEqual([])
    await world.change('delete', `/v1/subleases/${draft.id}`)
    expect(await kinds()).toEqual(['emptyLong'])
  })

  test('late comes before today, this week and coming; the law and a waiting move come first among their like', async () => {
    await lived({ startsOn: '2026-11-24', securityForm: 'deposit', securityCents: 1 })
    await lived({}, { told: false })
    const soon = await home({ startsOn: '2026-11-27' })
    await sign(soon)
    await home({ startsOn: '2027-02-01' })
    await home({ startsOn: '2026-11-24' })
    const { items, signals, total } = await ask('?kind=disclosure,missing,signature,keys')
    expect(items.map(({ kind, signal }) => `${signal} ${kind}`)).toEqual([
      'late disclosure',
      'today signature',
      'today missing',
      'thisWeek keys',
      'coming signature',
    ])
    expect([signals, total]).toEqual([{ late: 1, today: 2, thisWeek: 1, coming: 1 }, 5])
    for (const task of items) expect(task.points).toBe(task.parts.reduce((sum, { points }) => sum + points, 0))
  })

  test('is filtered by kind with counts of the filter; the counts by kind stay, and the length is bounded with a true total', async () => {
    await lived({}, { told: false })
    await home({ startsOn: '2027-02-01' })
    await home({ startsOn: '2027-03-01' })
    const answer = await ask('?kind=signature,keys&limit=1')
    expect(answer).toMatchObject({
      total: 2,
      signals: { late: 0, today: 0, thisWeek: 0, coming: 2 },
      kinds: [
        { kind: 'disclosure', count: 1 },
        { kind: 'signature', count: 2 },
        // Until their households come the two homes stand empty.
        { kind: 'emptyReason', count: 2 },
      ],
    })
    expect(answer.items.map(({ dueOn }) => dueOn)).toEqual(['2027-02-01'])
    for (const query of ['?kind=dance', '?kind=', '?limit=0', '?limit=201', '?sort=kind'])
      expect([query, (await world.get(`/v1/today${query}`)).status]).toEqual([query, 400])
  })
})
