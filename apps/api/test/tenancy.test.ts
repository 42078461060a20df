import pg from 'pg'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleWorld } from './module-world.ts'
import { startApp } from './access-app.ts'
import { randomUUID } from 'node:crypto'

const { app, world } = await moduleWorld()
/** What belongs to no municipality: docs/architecture.md names them. */
const common = ['installation', 'municipalities', 'password_resets', 'sign_in_directory', 'throttles']
const runtime = new pg.Pool({ connectionString: app.database.appUrl, max: 1 })
afterAll(() => runtime.end())

const names = async (sql: string) => (await app.owner.query<{ name: string }>(sql)).rows.map(({ name }) => name)
const tables = () =>
  names("select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1")

describe('AZ-06, AZ-09 the catalogue', () => {
  test('every municipal table has forced row level security and one policy that holds for reading and writing', async () => {
    const municipal = (await tables()).filter((name) => !common.includes(name))
    expect(municipal.length).toBeGreaterThan(20)
    const walled = await names(`
      select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null
                    and pg_get_expr(p.polqual, p.polrelid) like '%app_municipality()%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%app_municipality()%')
      order by 1`)
    expect(walled).toEqual(municipal)
  })

  test('every key, unique constraint, exclusion and reference of a municipal table carries the municipality', async () => {
    expect(
      await names(`
        select conrelid::regclass || '.' || conname as name from pg_constraint
        where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'x', 'f') and conrelid::regclass::text <> all ('{${common.join()}}')
          and confrelid <> 'municipalities'::regclass
          and not exists (select from pg_attribute a where a.attrelid = conrelid and a.attnum = any (conkey) and a.attname = 'municipality_id')`),
    ).toEqual([])
    expect(
      await names(`
        select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relname <> all ('{${common.join()}}')
          and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.attname = 'municipality_id')`),
    ).toEqual([])
  })

  test('no view, materialised view or unexpected function runs with the owner’s rights', async () => {
    expect(
      await names("select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')"),
    ).toEqual([])
    expect(
      await names(
        "select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proname not in ('sign_in_lookup', 'sign_in_directory_write')",
      ),
    ).toEqual([])
    expect(
      await names(
        "select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and not exists (select from unnest(proconfig) c where c like 'search_path=%')",
      ),
    ).toEqual([])
  })
})

describe('AZ-06, AZ-07 the runtime', () => {
  test('sees no row without a municipality, and not all of them', async () => {
    for (const table of (await tables()).filter((name) => !common.includes(name) && name !== 'sign_in_directory')) {
      const client = await runtime.connect()
      try {
        await client.query('begin')
        await client.query('set local role kotoisa_app')
        const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`)
        expect([table, rows[0]?.n]).toEqual([table, '0'])
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
  })

  test.each([
    'create table x (y int)',
    'truncate areas',
    'alter table areas disable row level security',
    'drop table areas',
    'select * from sign_in_directory',
    'delete from audit_entries',
    'select * from areas',
  ])('as the login role, is refused: %s', async (statement) => {
    await expect(runtime.query(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('AZ-08 two municipalities on a small pool', () => {
  let other = { municipality: '', token: '' }
  let small: Awaited<ReturnType<typeof startApp>>
  beforeAll(async () => {
    small = await startApp({ database: app.database })
    const municipality = randomUUID()
    await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Tampere')", [municipality])
    const { id } = await app.person('toinen@toinen.example', { roles: ['coordinator'] })
    await app.owner.query('update users set municipality_id = $1 where id = $2', [municipality, id])
    await app.owner.query('update sign_in_directory set municipality_id = $1 where subject_id = $2', [municipality, id])
    await app.owner.query(
      "insert into areas (municipality_id, id, name, created_at, updated_at) values ($1, $2, 'Tammela', now(), now())",
      [municipality, randomUUID()],
    )
    other = { municipality, token: `Bearer ${(await app.signIn('toinen@toinen.example')).body.accessToken as string}` }
  })

  test('200 requests of both, with refusals and aborts between, never show a foreign row', async () => {
    const token = await world.as('coordinator')
    const mine = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const isOther = i % 2 === 0
        const authorization = isOther ? other.token : token
        if (i % 10 === 3) return void (await request(small.server).get('/v1/areas?sort=none').set({ authorization }))
        if (i % 10 === 7)
          return void (await request(small.server)
            .post('/v1/areas')
            .set({ authorization, 'idempotency-key': `k${i}` })
            .send({ name: 'Tammela' }))
        if (i % 10 === 5)
          return void (await request(small.server)
            .get('/v1/areas')
            .set({ authorization })
            .timeout(1)
            .catch(() => undefined))
        const { body } = await request(small.server).get('/v1/areas?limit=200').set({ authorization })
        const names = (body as { items: { name: string }[] }).items.map(({ name }) => name)
        return isOther ? names.every((name) => name === 'Tammela') : !names.includes('Tammela') || names.includes('Kortepohja')
      }),
    )
    expect(mine.filter((one) => one === false)).toEqual([])
    expect(mine.filter((one) => one === true).length).toBeGreaterThan(100)
  })
})
