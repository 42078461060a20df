import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'

// The invariant of `protected` holds whatever writes the rows, so it is shown on the rows themselves.
const municipality = randomUUID()
const pool = new pg.Pool({ connectionString: (await testDatabase()).ownerUrl, max: 4 })
// The database is dropped with force: a goodbye may be on its way then.
pool.on('connect', (client) => client.on('error', () => undefined))
let reference = 0

beforeAll(async () => {
  await pool.query("insert into municipalities (id, code, name) values ($1, '999', 'Testilä')", [municipality])
})
afterAll(() => pool.end())

async function insertPerson(lastName = 'Esimerkki'): Promise<string> {
  const id = randomUUID()
  await pool.query(
    `insert into persons (municipality_id, id, reference, first_names, last_name, migri_number_sealed, migri_number_index, migri_number_shown, birth_date, created_at, updated_at)
     values ($1, $2, $3, 'Aino', $4, 'x', $5, 'x', '1990-01-01', now(), '2026-01-01Z')`,
    [municipality, id, `P-${++reference}`, lastName, randomBytes(32)],
  )
  return id
}

async function insertHousehold(...members: string[]): Promise<string> {
  const id = randomUUID()
  await pool.query(
    "insert into households (municipality_id, id, reference, name, created_at, updated_at) values ($1, $2, $3, 'Talous', now(), '2026-01-01Z')",
    [municipality, id, `H-${++reference}`],
  )
  for (const person of members) await join(pool, id, person)
  return id
}

const join = (db: pg.Pool | pg.PoolClient, household: string, person: string, joinedOn = '2026-01-01', leftOn: string | null = null) =>
  db.query(
    'insert into household_members (municipality_id, id, household_id, person_id, joined_on, left_on) values ($1, $2, $3, $4, $5, $6)',
    [municipality, randomUUID(), household, person, joinedOn, leftOn],
  )

const grant = (db: pg.Pool | pg.PoolClient, person: string) =>
  db.query("update persons set protection_granted_on = '2026-02-01', protection_ends_on = null, updated_at = '2026-02-01Z' where id = $1", [
    person,
  ])

const row = async (table: 'persons' | 'households', id: string) =>
  (
    await pool.query<{ protected: boolean; version: number; updated: string }>(
      `select protected, version, updated_at::date::text as updated from ${table} where id = $1`,
      [id],
    )
  ).rows[0] as { protected: boolean; version: number; updated: string }

/** Nothing in the whole database contradicts the definition. */
async function expectConsistent(): Promise<void> {
  const { rows } = await pool.query(`
    select 'household' as kind, h.id from households h where h.protected is distinct from exists (
      select from household_members m join persons p on p.id = m.person_id
      where m.household_id = h.id and p.protection_granted_on is not null and p.protection_ended_at is null)
    union all
    select 'person', p.id from persons p where p.protected is distinct from (
      (p.protection_granted_on is not null and p.protection_ended_at is null)
      or exists (select from household_members m join households h on h.id = m.household_id where m.person_id = p.id and h.protected))`)
  expect(rows).toEqual([])
}

let parent = ''
let child = ''
let household = ''
beforeEach(async () => {
  parent = await insertPerson('Vanhempi')
  child = await insertPerson('Lapsi')
  household = await insertHousehold(parent, child)
})

test('an order masks the person, its household and the other members, and bumps all of them', async () => {
  const before = await Promise.all([row('persons', parent), row('persons', child), row('households', household)])
  await grant(pool, parent)
  const after = await Promise.all([row('persons', parent), row('persons', child), row('households', household)])
  for (const [index, one] of after.entries()) {
    expect(one).toMatchObject({ protected: true, updated: '2026-02-01' })
    expect(one.version).toBeGreaterThan(before[index]?.version ?? Infinity)
  }
  await expectConsistent()
})

test('a second order in a household bumps it although it was masked already', async () => {
  await grant(pool, parent)
  const before = await row('households', household)
  await grant(pool, child)
  expect((await row('households', household)).version).toBeGreaterThan(before.version)
})

test('whoever joins a protected household is masked, and whoever brings an order masks it', async () => {
  await grant(pool, parent)
  const late = await insertPerson()
  await join(pool, household, late)
  expect((await row('persons', late)).protected).toBe(true)

  const own = await insertPerson()
  await grant(pool, own)
  const other = await insertPerson()
  const second = await insertHousehold(other)
  await join(pool, second, own)
  expect(await Promise.all([row('households', second), row('persons', other)])).toMatchObject([{ protected: true }, { protected: true }])
  await expectConsistent()
})

test('who has left stays masked, and the next household of a masked member is not', async () => {
  await grant(pool, parent)
  await pool.query("update household_members set left_on = '2026-03-31' where person_id = $1", [child])
  const next = await insertHousehold()
  await join(pool, next, child, '2026-04-01')
  expect(await Promise.all([row('persons', child), row('households', next)])).toMatchObject([{ protected: true }, { protected: false }])
  await expectConsistent()
})

test('an order past its end masks, an ended one does not', async () => {
  await pool.query("update persons set protection_granted_on = '2020-01-01', protection_ends_on = '2020-12-31' where id = $1", [parent])
  expect((await row('households', household)).protected).toBe(true)
  await pool.query('update persons set protection_ended_at = now() where id = $1', [parent])
  expect(await Promise.all([row('persons', parent), row('persons', child), row('households', household)])).toMatchObject([
    { protected: false },
    { protected: false },
    { protected: false },
  ])
  await expectConsistent()
})

test('nothing else writes the mark', async () => {
  await grant(pool, parent)
  await pool.query('update persons set protected = false where id = $1', [child])
  expect((await row('persons', child)).protected).toBe(true)
})

describe('at the same time', () => {
  const inTwo = async (first: (db: pg.PoolClient) => Promise<unknown>, second: (db: pg.PoolClient) => Promise<unknown>) => {
    const [a, b] = await Promise.all([pool.connect(), pool.connect()])
    try {
      await Promise.all([a.query('begin'), b.query('begin')])
      await first(a)
      const waiting = second(b)
      // The second is held by the first one's lock; were it not, it would have read what is about to change.
      await Promise.race([waiting, blocked(b)])
      await a.query('commit')
      await waiting
      await b.query('commit')
    } finally {
      a.release()
      b.release()
    }
  }
  const blocked = async (client: pg.PoolClient): Promise<void> => {
    const { processID } = client as unknown as { processID: number }
    for (;;) {
      const { rowCount } = await pool.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [processID])
      if (rowCount) return
    }
  }

  test('an order and a joining see one another, whichever comes first', async () => {
    for (const order of ['grant', 'join'] as const) {
      const newcomer = await insertPerson()
      const other = await insertHousehold(await insertPerson())
      const works = [(db: pg.PoolClient) => grant(db, newcomer), (db: pg.PoolClient) => join(db, other, newcomer)] as const
      await (order === 'grant' ? inTwo(works[0], works[1]) : inTwo(works[1], works[0]))
      expect((await row('households', other)).protected, order).toBe(true)
      await expectConsistent()
    }
  })

  test('an order on one member and the joining of another see one another', async () => {
    for (const order of ['grant', 'join'] as const) {
      const member = await insertPerson()
      const newcomer = await insertPerson()
      const other = await insertHousehold(member)
      const works = [(db: pg.PoolClient) => grant(db, member), (db: pg.PoolClient) => join(db, other, newcomer)] as const
      await (order === 'grant' ? inTwo(works[0], works[1]) : inTwo(works[1], works[0]))
      expect((await row('persons', newcomer)).protected, order).toBe(true)
      await expectConsistent()
    }
  })
})

describe('search words', () => {
  const words = async (resource: string, id: string, open: boolean) =>
    (
      await pool.query<{ word: string }>(
        'select word from search_words where resource = $1 and record_id = $2 and open = $3 order by word',
        [resource, id, open],
      )
    ).rows.map(({ word }) => word)

  test('only the reference is open', async () => {
    expect(await words('person', parent, false)).toEqual(['aino', 'vanhempi'])
    expect((await words('person', parent, true))[0]).toMatch(/^\d+$/)
    expect(await words('household', household, false)).toEqual(['aino', 'lapsi', 'talous', 'vanhempi'])
  })

  test('follow a new name in the household too, and leave with the member and the record', async () => {
    await pool.query("update persons set last_name = 'Uusi' where id = $1", [child])
    expect(await words('household', household, false)).toContain('uusi')
    await pool.query('delete from household_members where person_id = $1', [child])
    expect(await words('household', household, false)).not.toContain('uusi')
    await pool.query('delete from households where id = $1', [household])
    expect(await words('household', household, false)).toEqual([])
  })

  test('a member who is masked by another household is not found by name in this one', async () => {
    await pool.query("update household_members set left_on = '2026-03-31' where person_id = $1", [child])
    const next = await insertHousehold()
    await join(pool, next, child, '2026-04-01')
    expect(await words('household', next, false)).toContain('lapsi')
    await grant(pool, parent)
    expect(await words('household', next, false)).not.toContain('lapsi')
  })
})

test('nobody is a member of two households on one day', async () => {
  await expect(insertHousehold(parent)).rejects.toMatchObject({ constraint: 'household_members_overlap' })
})
