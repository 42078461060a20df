import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { LeaseRows, refusal, type Values } from '../../../test/lease-rows.ts'

// What the database keeps whatever writes the rows (docs/architecture.md, Leases), shown on the rows themselves.
const database = await testDatabase()
const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 6 })
const rows = await LeaseRows.inNewMunicipality(pool)
let flat = ''
let household = ''

const addHeadLease = (startsOn: string, endsOn: string | null, values: Values = {}) => rows.addHeadLease(flat, startsOn, endsOn, values)
const addSublease = (headLease: string, startsOn: string, endsOn: string | null, values: Values = {}, db: pg.Pool | pg.PoolClient = pool) =>
  rows.addSublease(headLease, flat, household, startsOn, endsOn, values, db)
const addRoom = () => rows.addRoom(flat)
const addHousehold = async () => (await rows.addHousehold()).id
const set = (table: string, id: string, values: Values) => rows.set(table, id, values)

interface Lease {
  readonly status: string
  readonly effective: string
  readonly from: string
  readonly last: string | null
  readonly version: number
  readonly protected: boolean
}
const lease = async (table: 'head_leases' | 'subleases', id: string) =>
  (
    await pool.query<Lease>(
      `select status, effective_term as effective, lower(span)::text as from, last_on::text as last, version, ${table === 'subleases' ? 'protected' : 'false as protected'} from ${table} where id = $1`,
      [id],
    )
  ).rows[0] as Lease

const sign = (table: string, id: string) => set(table, id, { status: 'signed', signed_on: '2026-01-01' })
const activate = (table: string, id: string) => set(table, id, { status: 'active', active_on: '2026-01-01' })
const permission = { sublet_permission_source: 'leaseClause', sublet_permission_on: '2025-12-01' }

beforeEach(async () => {
  flat = await rows.addFlat()
  household = await addHousehold()
})
afterAll(() => pool.end())

describe('overlaps', () => {
  test('a flat has one head lease a day; the next begins the day after', async () => {
    await addHeadLease('2026-01-01', '2026-12-31')
    expect(await refusal(addHeadLease('2026-12-31', null))).toBe('head_leases_overlap')
    expect(await refusal(addHeadLease('2027-01-01', null))).toBeNull()
  })

  test('a whole flat meets a whole flat and every part of it', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const room = await addRoom()
    const whole = await addSublease(head, '2026-02-01', '2026-06-30')
    expect(await refusal(addSublease(head, '2026-06-30', null))).toBe('subleases_overlap_flat')
    expect(await refusal(addSublease(head, '2026-06-30', null, { scope: 'partOfFlat', room_id: room }))).toBe('subleases_overlap_scope')
    await rows.remove('subleases', whole)
    expect(await refusal(addSublease(head, '2026-06-30', '2026-12-31', { scope: 'partOfFlat', room_id: room }))).toBeNull()
    expect(await refusal(addSublease(head, '2026-12-31', null))).toBe('subleases_overlap_scope')
    expect(await refusal(addSublease(head, '2027-01-01', null))).toBeNull()
  })

  test('a room or place meets itself, a whole room its places, and no other', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const [one, other] = [await addRoom(), await addRoom()]
    const part = (room: string, place = '', from = '2026-02-01') =>
      refusal(addSublease(head, from, null, { scope: 'partOfFlat', room_id: room, place }))
    expect(await part(one, '1')).toBeNull()
    expect(await part(one, '2')).toBeNull()
    expect(await part(one, '2', '2026-05-01')).toBe('subleases_overlap_place')
    expect(await part(one)).toBe('subleases_overlap_room')
    expect(await part(other)).toBeNull()
    expect(await part(other, '', '2026-05-01')).toBe('subleases_overlap_place')
    expect(await part(other, '1')).toBe('subleases_overlap_room')
    expect(await refusal(addSublease(head, '2026-02-01', null, { scope: 'partOfFlat' }))).toBe('subleases_scope')
    const free = await addRoom()
    flat = await rows.addFlat()
    const otherHead = await addHeadLease('2026-01-01', null)
    expect(await refusal(addSublease(otherHead, '2026-02-01', null, { scope: 'partOfFlat', room_id: free }))).toBe('subleases_room')
    flat = await rows.addFlat()
    expect(await refusal(addSublease(otherHead, '2026-02-01', null))).toBe('subleases_head_lease')
  })

  test('of racing inserts and moves of one flat, one wins and the others are told, without a deadlock', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusal(addSublease(head, '2026-02-01', null))))
    expect(outcomes.sort()).toEqual([...Array.from({ length: 5 }, () => 'subleases_overlap_flat'), null].sort())
  })

  test('extending a head lease is refused where an indefinite sublease would run into the next one', async () => {
    const head = await addHeadLease('2026-01-01', '2026-06-30')
    const first = await addSublease(head, '2026-02-01', null)
    expect(await lease('subleases', first)).toMatchObject({ last: '2026-06-30', effective: 'indefinite' })
    const next = await addHeadLease('2026-07-01', null)
    await addSublease(next, '2026-07-01', null)
    expect(await refusal(set('head_leases', head, { agreed_ends_on: '2026-08-31' }))).toBe('head_leases_overlap')
    await pool.query('delete from subleases where head_lease_id = $1', [next])
    await rows.remove('head_leases', next)
    await set('head_leases', head, { agreed_ends_on: '2026-08-31' })
    expect(await lease('subleases', first)).toMatchObject({ last: '2026-08-31', version: 2 })
  })
})

describe('a sublease and its head lease', () => {
  test('starts inside it, and a fixed one ends inside it', async () => {
    const head = await addHeadLease('2026-02-01', '2026-12-31')
    expect(await refusal(addSublease(head, '2026-01-31', '2026-06-30'))).toBe('subleases_inside_head_lease')
    expect(await refusal(addSublease(head, '2027-01-01', null))).toBe('subleases_inside_head_lease')
    expect(await refusal(addSublease(head, '2026-03-01', '2027-01-01'))).toBe('subleases_inside_head_lease')
    expect(await refusal(addSublease(head, '2026-03-01', '2026-12-31'))).toBeNull()
  })

  test('a head lease does not end under a sublease that lasts longer', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const sublease = await addSublease(head, '2026-02-01', '2026-12-31')
    const end = (table: string, id: string, on: string | null) =>
      refusal(set(table, id, { ended_on: on, end_reason: on === null ? null : 'agreement' }))
    expect(await end('head_leases', head, '2026-12-30')).toBe('head_leases_sublease_lives_on')
    expect(await end('head_leases', head, '2026-12-31')).toBeNull()
    expect(await end('subleases', sublease, '2026-11-30')).toBeNull()
    expect(await end('head_leases', head, '2026-11-29')).toBe('head_leases_sublease_lives_on')
    expect(await end('head_leases', head, '2026-11-30')).toBeNull()
    expect(await end('subleases', sublease, '2026-01-31')).toBe('subleases_end')
    expect(await refusal(set('head_leases', head, { starts_on: '2026-02-02' }))).toBe('head_leases_sublease_lives_on')
  })

  test('states go a step at a time; signed needs a signed head lease and the permission to sublet', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const sublease = await addSublease(head, '2026-02-01', null)
    expect(await refusal(addSublease(head, '2026-02-01', null, { status: 'signed', signed_on: '2026-01-01' }))).toBe('subleases_step')
    expect(await refusal(addHeadLease('2026-01-01', null, { status: 'active', signed_on: '2026-01-01', active_on: '2026-01-01' }))).toBe(
      'head_leases_step',
    )
    expect(await refusal(sign('subleases', sublease))).toBe('subleases_sublet_permission')
    await set('head_leases', head, permission)
    expect(await refusal(sign('subleases', sublease))).toBe('subleases_head_lease_signed')
    expect(await refusal(set('head_leases', head, { status: 'active', signed_on: '2026-01-01', active_on: '2026-01-01' }))).toBe(
      'head_leases_step',
    )
    await sign('head_leases', head)
    expect(await refusal(set('subleases', sublease, { status: 'signed' }))).toBe('subleases_signed')
    expect(await refusal(sign('subleases', sublease))).toBeNull()
    expect(await refusal(activate('subleases', sublease))).toBe('subleases_head_lease_active')
    await activate('head_leases', head)
    await activate('subleases', sublease)
    expect(await refusal(set('head_leases', head, { status: 'signed', active_on: null }))).toBe('head_leases_in_use')
    await set('subleases', sublease, { status: 'signed', active_on: null })
    await set('head_leases', head, { status: 'signed', active_on: null })
    expect(await refusal(set('head_leases', head, { status: 'draft', signed_on: null }))).toBe('head_leases_in_use')
    expect(await refusal(set('head_leases', head, { sublet_permission_source: null, sublet_permission_on: null }))).toBe(
      'head_leases_in_use',
    )
    expect(await refusal(rows.remove('subleases', sublease))).toBe('subleases_draft')
    expect(await refusal(rows.remove('head_leases', head))).toBe('head_leases_draft')
    expect(await refusal(set('subleases', sublease, { status: 'draft', signed_on: null }))).toBeNull()
    expect(await refusal(set('subleases', sublease, { status: 'ended' }))).toBe('subleases_step')
  })

  test('a flat keeps its landlord, a head lease that is let on stays', async () => {
    const head = await addHeadLease('2026-01-01', null)
    await addSublease(head, '2026-02-01', null)
    const other = await rows.addLandlord('Toinen')
    expect(await refusal(set('flats', flat, { landlord_id: other }))).toBe('head_leases_flat')
    expect(await refusal(rows.remove('head_leases', head))).toBe('subleases_head_lease')
  })

  test('a security is at most three months of the first rent, looked at when the transaction ends', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const make = async (security: number) => {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const id = await addSublease(head, '2026-02-01', null, { security_cents: security }, client)
        const part = (kind: string, cents: number, from = '2026-02-01') =>
          rows.insert('sublease_rent_parts', { sublease_id: id, kind, basis: 'fixed', cents, starts_on: from }, client)
        await part('base', 60_000)
        await part('water', 2_500)
        await part('parking', 50_000, '2026-03-01')
        return await refusal(client.query('commit')).then(async (refused) => (await rows.remove('subleases', id), refused))
      } finally {
        client.release()
      }
    }
    expect(await make(187_501)).toBe('subleases_security_cap')
    expect(await make(187_500)).toBeNull()
  })

  test('of one kind there is one part of the rent a day', async () => {
    const head = await addHeadLease('2026-01-01', null)
    const part = (values: Values) =>
      refusal(
        rows.insert('head_lease_rent_parts', {
          head_lease_id: head,
          kind: 'base',
          basis: 'fixed',
          cents: 1,
          starts_on: '2026-01-01',
          ends_on: '2026-02-28',
          ...values,
        }),
      )
    expect(await part({})).toBeNull()
    expect(await part({ starts_on: '2026-02-28' })).toBe('head_lease_rent_parts_overlap')
    expect(await part({ starts_on: '2026-03-01', ends_on: null })).toBeNull()
    expect(await part({ kind: 'parking' })).toBeNull()
    expect(await part({ kind: 'parking', label: 'toinen' })).toBeNull()
  })
})
