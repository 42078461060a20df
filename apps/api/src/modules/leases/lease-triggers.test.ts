import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { LeaseRows } from '../../../test/lease-rows.ts'

// Who is masked and what finds a lease are kept by triggers of five tables: shown on the rows themselves.
const pool = new pg.Pool({ connectionString: (await testDatabase()).ownerUrl, max: 4 })
const rows = await LeaseRows.inNewMunicipality(pool)
let flat = ''
let head = ''
let household = { id: '', tenant: '' }
let lease = ''

beforeEach(async () => {
  flat = await rows.addFlat()
  head = await rows.addHeadLease(flat, '2026-01-01', null)
  household = await rows.addHousehold('Virtanen')
  lease = await rows.addSublease(head, flat, household.id, '2026-02-01', null)
  await rows.insert('sublease_tenants', { sublease_id: lease, person_id: household.tenant, position: 0 })
})
afterAll(() => pool.end())

const isProtected = async (id = lease) =>
  (await pool.query<{ protected: boolean }>('select protected from subleases where id = $1', [id])).rows[0]?.protected

describe('masking', () => {
  test('follows an order, its members, and tenants who are not of the household', async () => {
    expect(await isProtected()).toBe(false)
    const guest = await rows.addPerson('Vieras')
    await rows.protect(guest)
    const tenancy = await rows.insert('sublease_tenants', { sublease_id: lease, person_id: guest, position: 1 })
    expect(await isProtected()).toBe(true)
    await rows.remove('sublease_tenants', tenancy)
    expect(await isProtected()).toBe(false)
    const membership = await rows.join(household.id, guest, { joined_on: '2026-03-01' })
    expect(await isProtected()).toBe(true)
    await rows.remove('household_members', membership)
    expect(await isProtected()).toBe(false)
    await rows.protect(household.tenant)
    expect(await isProtected()).toBe(true)
    await rows.set('persons', household.tenant, { protection_ended_at: '2026-03-01Z' })
    expect(await isProtected()).toBe(false)
  })

  test('follows a draft that goes to another household', async () => {
    const other = await rows.addHousehold('Suojattu')
    await rows.protect(other.tenant)
    await rows.set('subleases', lease, { household_id: other.id })
    expect(await isProtected()).toBe(true)
  })

  test.each(['order first', 'lease first'])('an order and a lease made at the same moment see one another: %s', async (order) => {
    const other = await rows.addHousehold('Suojattu')
    const [one, two] = [await pool.connect(), await pool.connect()]
    try {
      const protect = () => rows.protect(other.tenant, order === 'order first' ? one : two)
      const make = () =>
        rows.addSublease(
          head,
          flat,
          other.id,
          '2025-01-01',
          null,
          { starts_on: '2026-01-01', term: 'fixedTerm', agreed_ends_on: '2026-01-31' },
          order === 'order first' ? two : one,
        )
      await one.query('begin')
      await two.query('begin')
      let made: Promise<string>
      if (order === 'order first') {
        await protect()
        made = make()
        await one.query('commit')
        await made
        await two.query('commit')
      } else {
        made = make()
        await made
        const granted = protect()
        await one.query('commit')
        await granted
        await two.query('commit')
      }
      expect(await isProtected(await made)).toBe(true)
    } finally {
      one.release()
      two.release()
    }
  })
})

describe('words', () => {
  const words = async (resource: string, id: string) =>
    (
      await pool.query<{ word: string; open: boolean }>(
        'select word, open from search_words where resource = $1 and record_id = $2 order by word',
        [resource, id],
      )
    ).rows
  const hidden = async () => (await words('sublease', lease)).filter(({ open }) => !open).map(({ word }) => word)
  const number = async () =>
    (await pool.query<{ n: string }>('select apartment_number as n from flats where id = $1', [flat])).rows[0]?.n as string

  test('of a sublease only its reference may be found by everybody', async () => {
    const found = await words('sublease', lease)
    const wordsOf = async (table: string, id: string) =>
      (await pool.query<{ reference: string }>(`select reference from ${table} where id = $1`, [id])).rows[0]?.reference
        .toLowerCase()
        .split('-') ?? []
    expect(found.filter(({ open }) => open).map(({ word }) => word)).toEqual((await wordsOf('subleases', lease)).sort())
    const references = [...(await wordsOf('flats', flat)), ...(await wordsOf('households', household.id))]
    const home = ['4', 'a', 'aino', 'esimerkkikatu', 'esimerkkisaatio', await number(), 'virtanen']
    expect(await hidden()).toEqual([...new Set([...home, ...references])].sort())
    expect((await words('headLease', head)).every(({ open }) => open)).toBe(true)
  })

  test('follow the people, the household, the address and the landlord', async () => {
    await rows.set('persons', household.tenant, { first_names: 'Anna Liisa' })
    expect(await hidden()).toEqual(expect.arrayContaining(['anna', 'liisa', 'virtanen']))
    expect(await hidden()).not.toContain('aino')
    await rows.set('households', household.id, { name: 'Mäkelä' })
    expect(await hidden()).toContain('makela')
    await rows.join(household.id, await rows.addPerson('Nieminen', 'Oona'))
    expect(await hidden()).toEqual(expect.arrayContaining(['nieminen', 'oona']))
    await rows.set('flats', flat, { street_address: 'Rantapolku 7' })
    expect(await hidden()).toEqual(expect.arrayContaining(['rantapolku', '7']))
    expect(await hidden()).not.toContain('esimerkkikatu')
    expect((await words('headLease', head)).map(({ word }) => word)).toContain('rantapolku')
  })

  test('of a landlord’s old name go where nothing else has them, for all of its leases', async () => {
    const landlord = await rows.addLandlord('Virtanen Esimerkkikatu Asunnot')
    const home = await rows.addFlat({ landlord_id: landlord })
    const above = await rows.addHeadLease(home, '2026-01-01', null, { landlord_id: landlord })
    const other = await rows.addHousehold('Virtanen')
    lease = await rows.addSublease(above, home, other.id, '2026-02-01', null, { landlord_id: landlord })
    await rows.set('landlords', landlord, { name: 'Kodit Oy' })
    expect(await hidden()).toEqual(expect.arrayContaining(['virtanen', 'esimerkkikatu', 'kodit', 'oy']))
    expect(await hidden()).not.toContain('asunnot')
    const open = (await words('headLease', above)).map(({ word }) => word)
    expect(open).toEqual(expect.arrayContaining(['esimerkkikatu', 'kodit']))
    expect(open).not.toContain('virtanen')
  })

  test('go with a draft that is withdrawn', async () => {
    await rows.remove('subleases', lease)
    await rows.remove('head_leases', head)
    expect([...(await words('sublease', lease)), ...(await words('headLease', head))]).toEqual([])
  })
})
