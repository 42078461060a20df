import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { migrate } from '../src/platform/migrate.ts'
import { emptyDatabase, testDatabase } from './database.ts'
import { launch, temporaryFolder } from './process.ts'

const database = await testDatabase()

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

describe('roles (AZ-07)', () => {
  test('the runtime may not make, change, empty or drop tables, also not as kotoisa_app', async () => {
    await as(database.appUrl, async (client) => {
      for (const statement of [
        'create table x (id int)',
        'create schema x',
        'create temporary table x (id int)',
        'alter table landlords add column x int',
        'truncate landlords',
        'drop table landlords',
        'alter table landlords disable row level security',
        'create role x',
        'select * from pg_authid',
      ]) {
        await client.query('begin')
        await client.query("select set_config('role', 'kotoisa_app', true)")
        if (!statement.includes('temporary')) await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
        await client.query('rollback')
        if (!statement.includes('temporary')) await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
    })
  })

  test('the login role inherits nothing: without the context it reads no municipal table', async () => {
    await as(database.appUrl, async (client) => {
      await expect(client.query('select from landlords')).rejects.toMatchObject({ code: '42501' })
    })
  })

  test('support reads under the same policies and writes nothing', async () => {
    await as(database.readUrl, async (client) => {
      expect((await client.query('select from landlords')).rowCount).toBe(0)
      await expect(client.query('delete from landlords')).rejects.toMatchObject({ code: '25006' })
      await client.query('set default_transaction_read_only = off')
      await expect(client.query('delete from landlords')).rejects.toMatchObject({ code: '42501' })
      await expect(client.query('set role kotoisa_app')).rejects.toMatchObject({ code: '42501' })
    })
  })

  test('the runtime owns nothing, and no password is stored but as a verifier', async () => {
    await as(database.ownerUrl, async (client) => {
      const owned = await client.query("select relname from pg_class where pg_get_userbyid(relowner) like 'kotoisa%'")
      expect(owned.rows).toEqual([])
      const { rows } = await client.query<{ rolpassword: string; rolsuper: boolean; rolcreaterole: boolean; rolbypassrls: boolean }>(
        "select rolpassword, rolsuper, rolcreaterole, rolbypassrls from pg_authid where rolname in ('kotoisa_login', 'kotoisa_read')",
      )
      expect(rows).toHaveLength(2)
      for (const row of rows) {
        expect(row.rolpassword).toMatch(/^SCRAM-SHA-256\$/)
        expect(row).toMatchObject({ rolsuper: false, rolcreaterole: false, rolbypassrls: false })
      }
    })
  })
})

test('three processes that start on an empty database all find it migrated, once (CO-09)', async () => {
  const empty = await emptyDatabase()
  const SECRETS_FILE = join(await temporaryFolder(), 'secrets.json')
  await writeFile(SECRETS_FILE, JSON.stringify(empty.secrets))
  const script = fileURLToPath(new URL('migrate-alone.ts', import.meta.url))
  const processes = await Promise.all([1, 2, 3].map(() => launch({ script, env: { DATABASE_URL: empty.ownerUrl, SECRETS_FILE } })))
  for (const one of processes) expect((await one.ended()).code, one.output()).toBe(0)
  const urls = processes.map((one) => one.output().trim())
  expect(new Set(urls).size).toBe(1)
  await as(urls[0] as string, (client) => client.query('select from installation'))
  await as(empty.ownerUrl, async (client) => {
    const { rows } = await client.query<{ all: number; kinds: number }>(
      'select count(*)::int as all, count(distinct created_at)::int as kinds from drizzle.__drizzle_migrations',
    )
    expect(rows[0]?.all).toBeGreaterThan(0)
    expect(rows[0]?.all).toBe(rows[0]?.kinds)
  })
})

test('several databases of one server migrate at the same time although roles belong to the server', async () => {
  const empties = await Promise.all([1, 2, 3, 4].map(() => emptyDatabase()))
  const answers = await Promise.all(empties.map(({ ownerUrl, secrets }) => migrate({ ownerUrl, secrets, demoData: false })))
  for (const { appUrl } of answers) await as(appUrl, (client) => client.query('select from installation'))
})

test('with DEMO_DATA=0 a database with demo data is refused', async () => {
  const demo = await testDatabase()
  await as(demo.ownerUrl, (client) => client.query("insert into installation values ('demo', '1')"))
  const { ownerUrl, secrets } = demo
  await expect(migrate({ ownerUrl, secrets, demoData: false })).rejects.toThrow('holds demo data')
  await migrate({ ownerUrl, secrets, demoData: true })
})

test('an owner that may not make roles is told so, and roles made by hand with DATABASE_APP_URL do', async () => {
  const empty = await emptyDatabase()
  await as(empty.ownerUrl, (client) =>
    client.query(`drop role if exists plain; create role plain login password 'plain'; alter database ${empty.name} owner to plain`),
  )
  const url = new URL(empty.ownerUrl)
  url.username = url.password = 'plain'
  await expect(migrate({ ownerUrl: url.href, secrets: empty.secrets, demoData: false })).rejects.toThrow('may not make roles')
  const { appUrl } = await migrate({ ownerUrl: url.href, appUrl: empty.appUrl, secrets: empty.secrets, demoData: false })
  await as(appUrl, (client) => client.query('select from installation'))
})
