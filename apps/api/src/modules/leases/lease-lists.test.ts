import { beforeAll, describe, expect, test } from 'vitest'
import { rent, sublease, told, type As, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

let world: LeaseWorld
let finance: As
let client: As
let landlord: As
const homes: {
  flat: string
  head: { id: string; reference: string }
  household: { id: string; tenant: string }
  lease: Body & { id: string; etag: string; reference: string }
}[] = []

// Six homes of two landlords in two areas, let from month to month; the third household is protected, the sixth a draft of the other landlord.
const names = ['Aho', 'Berg', 'Salattu', 'Doe', 'Eerola', 'Flink'] as const
const ends = ['2026-10-31', '2026-11-30']
let other = ''
let otherArea = ''

beforeAll(async () => {
  ;({ world } = await moduleWorld())
  other = await world.addLandlord('Toinen säätiö')
  otherArea = await world.insert('areas', { name: 'Huhtasuo' })
  const building = await world.insert('buildings', {
    area_id: otherArea,
    type: 'rowHouse',
    street_address: 'Rivitalontie 1',
    postal_code: '40200',
    post_office: 'Jyväskylä',
  })
  for (const [index, name] of names.entries()) {
    const isOther = index === 5
    const flat = await world.addFlat({
      street_address: `Katu${index} 1`,
      ...(isOther ? { landlord_id: other, building_id: building } : {}),
    })
    const head = await world.activeHeadLease(flat)
    const household = await world.addHousehold(name)
    const startsOn = `2026-0${index + 1}-01`
    const lease = (await world.made('/v1/subleases', {
      ...sublease(head.id, household),
      startsOn,
      ...(ends[index] ? { term: 'fixedTerm', endsOn: ends[index] } : {}),
    })) as (typeof homes)[number]['lease']
    if (!isOther) await world.done(`/v1/subleases/${lease.id}/sign`, { signedOn: startsOn })
    homes.push({ flat, head, household, lease })
  }
  await world.protect(homes[2]?.household.tenant as string)
  finance = await world.as('finance')
  client = await world.asClient(['subleases:read', 'head-leases:read'])
  landlord = await world.as('landlord')
})

const items = async (query: string, as?: As, resource = 'subleases') => {
  const answer = await world.get(`/v1/${resource}${query}`, as)
  if (answer.status !== 200) throw new Error(`${query}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return (answer.body as { items: (Body & { id: string; reference: string })[] }).items
}
/** The homes of a list, by their number; the masked one as `?`. */
const numbers = async (query: string, as?: As) =>
  (await items(query, as)).map(({ id, masked }) => `${masked ? '?' : ''}${homes.findIndex(({ lease }) => lease.id === id)}`)

describe('the list of subleases', () => {
  test('comes newest first, page by page, with what a list needs, the same as the record itself', async () => {
    expect(await numbers('')).toEqual(['5', '4', '3', '2', '1', '0'])
    const first = await world.get('/v1/subleases?limit=4&count=true')
    expect(first.body).toMatchObject({ totalCount: 6 })
    const { nextCursor } = first.body as { nextCursor: string }
    const second = await world.get(`/v1/subleases?limit=4&cursor=${nextCursor}`)
    expect((second.body as { items: Body[]; nextCursor: null }).items.map(({ id }) => id)).toEqual([homes[1]?.lease.id, homes[0]?.lease.id])
    expect(second.body).toMatchObject({ nextCursor: null })
    expect((await items(''))[1]).toEqual((await world.get(`/v1/subleases/${homes[4]?.lease.id}`)).body)
  })

  test.each([
    ['?status=draft', ['5']],
    ['?status=signed', ['4', '3', '2', '1']],
    ['?status=ended', ['0']],
    ['?status=draft,ended', ['5', '0']],
    ['?status=active', []],
    ['?startsAfter=2026-03-01', ['5', '4', '3']],
    ['?endsBefore=2026-11-30', ['0']],
    ['?endsBefore=2026-12-01', ['1', '0']],
    ['?sort=startsOn&limit=2', ['0', '1']],
    ['?sort=household.name', ['0', '1', '3', '4', '5', '2']],
    ['?sort=-flat.address', ['5', '4', '3', '2', '1', '0']],
    ['?sort=landlord.name,startsOn', ['0', '1', '2', '3', '4', '5']],
    ['?sort=endsOn,-startsOn', ['0', '1', '5', '4', '3', '2']],
    ['?q=berg', ['1']],
    ['?q=BE%20aino', ['1']],
    ['?q=katu', ['5', '4', '3', '2', '1', '0']],
    ['?q=salattu', ['2']],
    ['?q=toinen%20fli', ['5']],
    ['?q=nobody', []],
  ])('%s', async (query, expected) => expect(await numbers(query)).toEqual(expected))

  test('is narrowed by home, landlord, area, household and head lease', async () => {
    expect(await numbers(`?landlordId=${other}`)).toEqual(['5'])
    expect(await numbers(`?areaId=${otherArea}`)).toEqual(['5'])
    expect(await numbers(`?flatId=${homes[2]?.flat}`)).toEqual(['2'])
    expect(await numbers(`?householdId=${homes[2]?.household.id}`)).toEqual(['2'])
    expect(await numbers(`?headLeaseId=${homes[4]?.head.id}`)).toEqual(['4'])
    expect(await numbers(`?landlordId=${world.landlord}&status=signed&startsAfter=2026-03-15`)).toEqual(['4', '3'])
    expect(await numbers(`?updatedSince=${String(homes[0]?.lease['updatedAt'])}`)).toEqual(['5', '4', '3', '2', '1', '0'])
    expect(await numbers('?updatedSince=2027-01-01T00:00:00Z')).toEqual([])
  })

  test('pages through nulls and ties in every order without losing or repeating a lease', async () => {
    for (const sort of ['endsOn', '-endsOn', 'household.name', '-household.name', '-landlord.name,endsOn']) {
      for (const as of [await world.as('coordinator'), finance]) {
        const found: string[] = []
        let cursor: string | null = ''
        while (cursor !== null) {
          const { body } = await world.get(`/v1/subleases?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`, as)
          const page = body as { items: { id: string }[]; nextCursor: string | null }
          found.push(...page.items.map(({ id }) => id))
          cursor = page.nextCursor
        }
        expect([sort, found]).toEqual([sort, (await items(`?sort=${sort}`, as)).map(({ id }) => id)])
        expect(new Set(found).size).toBe(6)
      }
    }
  })

  test('refuses an unknown parameter, sort or state', async () => {
    for (const query of ['?unknown=1', '?sort=note', '?status=gone', '?limit=0', '?startsAfter=2026-02-30'])
      expect([query, (await world.get(`/v1/subleases${query}`)).status]).toEqual([query, 400])
  })
})

describe('a masked lease in the list', () => {
  test('is counted and sorts as null, and is found by its reference only', async () => {
    for (const as of [finance, client]) {
      expect(await numbers('', as)).toEqual(['5', '4', '3', '?2', '1', '0'])
      expect((await world.get('/v1/subleases?count=true', as)).body).toMatchObject({ totalCount: 6 })
      expect(await numbers('?sort=household.name', as)).toEqual(['0', '1', '3', '4', '5', '?2'])
      expect(await numbers('?sort=flat.address', as)).toEqual(['0', '1', '3', '4', '5', '?2'])
      expect(await numbers('?sort=-landlord.name', as)).toMatchObject({ 0: '?2' })
      expect(await numbers(`?q=${homes[2]?.lease.reference}`, as)).toEqual(['?2'])
      expect(await numbers('?status=signed', as)).toContain('?2')
      for (const query of [
        '?q=salattu',
        '?q=katu2',
        '?q=aino%20sal',
        `?flatId=${homes[2]?.flat}`,
        `?householdId=${homes[2]?.household.id}`,
        `?headLeaseId=${homes[2]?.head.id}`,
      ])
        expect([query, await numbers(query, as)]).toEqual([query, []])
      for (const query of ['?q=aino', '?q=esimerkkisaatio', `?landlordId=${world.landlord}`, `?areaId=${world.area}`])
        expect([query, await numbers(query, as)]).toEqual([query, expect.not.arrayContaining(['2', '?2'])])
      expect(await items(`?householdId=${homes[2]?.household.id}`, as, 'head-leases')).toEqual([])
    }
  })

  test('keeps its secret in the CSV too', async () => {
    const csv = async (as?: As) => (await world.send('get', '/v1/subleases', undefined, { accept: 'text/csv' }, as)).text
    expect(await csv()).toContain('Salattu')
    const masked = await csv(client)
    expect(masked).toContain(homes[2]?.lease.reference)
    for (const secret of ['Salattu', 'Katu2', homes[2]?.flat, homes[2]?.household.id, homes[2]?.head.reference])
      expect(masked).not.toContain(secret)
    expect(masked).toContain('Katu3')
  })

  test('is read by whoever may with each reading kept', async () => {
    const reads = async () =>
      (await world.pool.query("select from audit_entries where action = 'sublease.read' and record_id = $1", [homes[2]?.lease.id])).rowCount
    const before = await reads()
    await items('', finance)
    await items('?startsAfter=2026-03-01')
    expect(await reads()).toBe(before)
    await items('')
    expect(await reads()).toBe((before ?? 0) + 1)
  })
})

describe('a landlord’s list', () => {
  test('has its own leases only, by reference and home, never by whoever lives there', async () => {
    expect(await numbers('', landlord)).toEqual(['4', '3', '2', '1', '0'])
    expect(await numbers('', await world.as('landlord', other))).toEqual(['5'])
    expect(Object.keys((await items('', landlord))[0] ?? {})).toHaveLength(14)
    expect(await numbers('?q=katu2', landlord)).toEqual(['2'])
    expect(await numbers(`?q=${homes[1]?.lease.reference}`, landlord)).toEqual(['1'])
    for (const query of ['?q=aho', '?q=aino', `?householdId=${homes[0]?.household.id}`])
      expect([query, await numbers(query, landlord)]).toEqual([query, []])
    expect((await world.get('/v1/subleases?sort=household.name', landlord)).status).toBe(400)
    expect((await items('', landlord, 'head-leases')).length).toBe(5)
    expect(await items(`?householdId=${homes[0]?.household.id}`, landlord, 'head-leases')).toEqual([])
  })
})

describe('the list of head leases', () => {
  test('is found, narrowed and sorted', async () => {
    const found = async (query: string, as?: As) =>
      (await items(query, as, 'head-leases')).map(({ id }) => homes.findIndex(({ head }) => head.id === id))
    expect(await found(`?q=katu4`)).toEqual([4])
    expect(await found(`?q=toinen`)).toEqual([5])
    expect(await found(`?areaId=${otherArea}`)).toEqual([5])
    expect(await found(`?householdId=${homes[3]?.household.id}`)).toEqual([3])
    expect(await found(`?householdId=${homes[2]?.household.id}`)).toEqual([2])
    expect(await found('?sort=-flat.address&limit=2')).toEqual([5, 4])
    expect(await found('?sort=landlord.name,flat.address')).toEqual([0, 1, 2, 3, 4, 5])
    expect(await found('?status=active&startsAfter=2026-01-01')).toEqual([])
  })
})

describe('history', () => {
  test('tells coordinators what changed, and hides the values of a masked lease from others', async () => {
    const history = async (index: number, as?: As) =>
      (await world.get(`/v1/subleases/${homes[index]?.lease.id}/history`, as)).body as {
        items: { action: string; changes: { field: string }[] | null }[]
      }
    const signed = (await history(3)).items[0]
    expect(signed).toMatchObject({ action: 'sublease.signed', actor: { kind: 'person', name: 'Aino Esimerkki' } })
    expect(signed?.changes).toEqual(expect.arrayContaining([{ field: 'status', before: 'draft', after: 'signed' }]))
    expect((await history(2, client)).items.map(({ changes }) => changes)).toEqual([null, null])
    expect((await history(3, client)).items[0]?.changes).not.toBeNull()
    expect((await world.get(`/v1/subleases/${homes[3]?.lease.id}/history`, finance)).status).toBe(403)
    expect((await world.get(`/v1/subleases/${homes[3]?.head.id}/history`)).status).toBe(404)
    expect(told(await world.get(`/v1/head-leases/${homes[3]?.head.id}/history`, landlord))[0]).toBe(403)
    const head = (await world.get(`/v1/head-leases/${homes[3]?.head.id}/history`)).body as { items: { action: string }[] }
    expect(head.items.map(({ action }) => action)).toEqual(['headLease.activated', 'headLease.signed', 'headLease.created'])
  })

  test('of a draft that was another household’s before hides who that was', async () => {
    const flat = await world.addFlat()
    const head = await world.activeHeadLease(flat)
    const [secret, open] = [await world.addHousehold('Salattu'), await world.addHousehold('Avoin')]
    const made = await world.made('/v1/subleases', { ...sublease(head.id, secret), rentParts: rent })
    await world.change('patch', `/v1/subleases/${made.id}`, { householdId: open.id, tenantIds: [open.tenant] })
    await world.protect(secret.tenant)
    const url = `/v1/subleases/${made.id}`
    expect((await world.get(url, client)).body).toMatchObject({ masked: false })
    expect(JSON.stringify((await world.get(`${url}/history`, client)).body)).not.toContain(secret.id)
    expect(JSON.stringify((await world.get(`${url}/history`)).body)).toContain(secret.id)
    await world.change('delete', url)
  })
})

describe('the CSV of a list', () => {
  const csv = (query: string, as?: As, resource = 'subleases') =>
    world.send('get', `/v1/${resource}${query}`, undefined, { accept: 'text/csv' }, as)
  const lines = (text: string) => text.trimEnd().split('\r\n')

  test('begins behind a good cursor and refuses an altered one, or one of another question', async () => {
    const { nextCursor } = (await world.get('/v1/subleases?limit=4&sort=reference')).body as { nextCursor: string }
    const whole = lines((await csv('?sort=reference')).text)
    expect(whole).toHaveLength(7)
    expect(lines((await csv(`?sort=reference&cursor=${nextCursor}`)).text)).toEqual([whole[0], ...whole.slice(5)])
    expect(lines((await csv(`?sort=reference&limit=1&cursor=${nextCursor}`)).text)).toEqual([whole[0], whole[5]])
    for (const query of ['?cursor=abc', `?cursor=${nextCursor}`, `?sort=reference&cursor=${nextCursor}x`]) {
      const answer = await csv(query)
      expect([query, ...told(answer)]).toEqual([query, 400, 'cursor.invalid', ' cursor.invalid'])
    }
  })

  test('has the columns of its reader, with and without rows', async () => {
    for (const resource of ['subleases', 'head-leases', 'flats', 'buildings', 'landlords']) {
      for (const as of [landlord, await world.as('coordinator'), finance]) {
        const [head] = lines((await csv('', as, resource)).text)
        expect(lines((await csv('?q=nobodyhasthisword', as, resource)).text)).toEqual([head])
      }
      expect((await csv('?q=nobodyhasthisword', landlord, resource)).text, resource).not.toMatch(/\b(note|tenants|household\.name)\b/)
    }
    const [own] = lines((await csv('?q=nobodyhasthisword', landlord)).text.slice(1))
    expect(own?.split(',')).toEqual(
      expect.arrayContaining(['id', 'reference', 'status', 'scope', 'flat.id', 'headLease.id', 'tenant.name', 'tenantDisclosure']),
    )
    expect(own).not.toMatch(/securityCents|household\.|tenants|landlord|masked|rent/)
    const people = async (as: As, resource: string) => lines((await csv('?q=nobodyhasthisword', as, resource)).text.slice(1))[0]
    expect(await people(finance, 'persons')).not.toMatch(/identityCode|migriNumber|birthDate|residenceGround|addressProtection/)
    expect(await people(finance, 'households')).not.toMatch(/protected|accessibilityNeeds|note/)
    expect(await people(await world.as('coordinator'), 'persons')).toMatch(/identityCode.*addressProtection\.grantedOn/)
  })
})
