import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isAlive, killTree, launch, postmasterPid, start, temporaryFolder, until } from './process.ts'

const script = fileURLToPath(new URL('lifecycle-server.ts', import.meta.url))
/** Root can become somebody else, who must be able to read the checkout. */
const nobody = 65534
const canBeNobody =
  process.getuid?.() === 0 && spawnSync(process.execPath, ['--check', script], { uid: nobody, gid: nobody, cwd: '/' }).status === 0

const put = async (url: string, id: string) => expect((await fetch(`${url}/notes/${id}`, { method: 'PUT' })).status).toBe(201)
const notes = async (url: string) => (await (await fetch(`${url}/notes`)).json()) as { notes: string[]; copies: string[] }

test('SIGTERM: readyz is 503 at once, requests under way finish, the database stops, exit 0 in under 5 s (AV-01)', async () => {
  const DATA_DIR = await temporaryFolder()
  const server = await start({ script, env: { DATA_DIR } })
  const postmaster = postmasterPid(DATA_DIR) as number
  const slow = Promise.all([1, 2, 3].map(() => fetch(`${server.url}/slow/1500`)))
  // The slow ones have been accepted once a later request was answered.
  await fetch(`${server.url}/readyz`)
  server.child.kill('SIGTERM')
  const ended = server.ended()
  await until(async () => (await fetch(`${server.url}/readyz`)).status === 503)
  expect((await slow).map((answer) => answer.status)).toEqual([200, 200, 200])
  const { code, ms } = await ended
  expect(code).toBe(0)
  expect(ms).toBeLessThan(5_000)
  expect(isAlive(postmaster)).toBe(false)
  expect(postmasterPid(DATA_DIR)).toBeNull()
})

test('a request that hangs and an idle connection do not hold the stop beyond 5 s (AV-01)', async () => {
  const DATA_DIR = await temporaryFolder()
  const server = await start({ script, env: { DATA_DIR } })
  const postmaster = postmasterPid(DATA_DIR) as number
  const idle = connect(Number(new URL(server.url).port), '127.0.0.1')
  idle.on('error', () => undefined)
  await once(idle, 'connect')
  const hanging = fetch(`${server.url}/slow/60000`).then(
    (answer) => answer.status,
    () => 'cut',
  )
  await fetch(`${server.url}/readyz`)
  server.child.kill('SIGTERM')
  const { code, ms } = await server.ended()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(5_000)
  expect(await hanging).toBe('cut')
  expect(isAlive(postmaster)).toBe(false)
})

test('SIGINT twice, as npm sends it, stops once; SIGTERM during the start stops what was started', async () => {
  const DATA_DIR = await temporaryFolder()
  const early = await launch({ script, env: { DATA_DIR } })
  await until(() => postmasterPid(DATA_DIR) !== null)
  early.child.kill('SIGTERM')
  expect(await early.ended()).toMatchObject({ code: 0 })
  expect(postmasterPid(DATA_DIR)).toBeNull()

  const server = await start({ script, env: { DATA_DIR } })
  server.child.kill('SIGINT')
  server.child.kill('SIGINT')
  expect(await server.ended()).toMatchObject({ code: 0 })
  expect(postmasterPid(DATA_DIR)).toBeNull()
})

test('kill -9 of node alone leaves a postmaster that the next start adopts (DU-02)', async () => {
  const DATA_DIR = await temporaryFolder()
  const first = await start({ script, env: { DATA_DIR } })
  await put(first.url, 'a')
  const postmaster = postmasterPid(DATA_DIR) as number
  first.child.kill('SIGKILL')
  await first.ended()
  expect(isAlive(postmaster)).toBe(true)

  const second = await start({ script, env: { DATA_DIR } })
  expect(postmasterPid(DATA_DIR)).toBe(postmaster)
  expect(await notes(second.url)).toEqual({ notes: ['a'], copies: ['a'] })
  second.child.kill('SIGTERM')
  expect(await second.ended()).toMatchObject({ code: 0 })
  expect(isAlive(postmaster)).toBe(false)
})

test('a database that dies under the server is started again, and the server recovers (AV-03)', async () => {
  const DATA_DIR = await temporaryFolder()
  const server = await start({ script, env: { DATA_DIR } })
  const postmaster = postmasterPid(DATA_DIR) as number
  process.kill(postmaster, 'SIGKILL')
  await until(async () => (await fetch(`${server.url}/notes`)).status === 200 && postmasterPid(DATA_DIR) !== postmaster, 20_000)
  server.child.kill('SIGTERM')
  expect(await server.ended()).toMatchObject({ code: 0 })
  expect(postmasterPid(DATA_DIR)).toBeNull()
}, 60_000)

test('a postmaster.pid whose number now belongs to another process of the same user is stale (DU-02)', async () => {
  const DATA_DIR = await temporaryFolder()
  const first = await start({ script, env: { DATA_DIR } })
  await killTree(first, DATA_DIR)
  const { uid, gid } = await stat(join(DATA_DIR, 'postgres'))
  const stranger = spawn('/bin/sh', ['-c', 'read line'], { uid, gid, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] })
  const file = join(DATA_DIR, 'postgres', 'postmaster.pid')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(stranger.pid)))
  const second = await start({ script, env: { DATA_DIR } })
  expect(isAlive(stranger.pid as number)).toBe(true)
  stranger.stdin?.end()
  second.child.kill('SIGTERM')
  expect(await second.ended()).toMatchObject({ code: 0 })
})

test('a second server on the same DATA_DIR is refused and leaves the first one its database', async () => {
  const DATA_DIR = await temporaryFolder()
  const first = await start({ script, env: { DATA_DIR } })
  const second = await launch({ script, env: { DATA_DIR } })
  expect((await second.ended()).code).toBe(1)
  expect(second.output()).toContain('Another process of Kotoisa is using')
  await put(first.url, 'still-here')
  first.child.kill('SIGTERM')
  await first.ended()
})

test('a taken port is told in one sentence, before a database is started', async () => {
  const DATA_DIR = await temporaryFolder()
  const first = await start({ script, env: { DATA_DIR } })
  const other = await temporaryFolder()
  const second = await launch({ script, env: { DATA_DIR: other }, port: Number(new URL(first.url).port) })
  expect((await second.ended()).code).toBe(1)
  expect(second.output()).toContain('is taken')
  expect(postmasterPid(other)).toBeNull()
  first.child.kill('SIGTERM')
  await first.ended()
})

test('an uncaught error is logged, requests finish, the database stops, exit 1 (ER-05)', async () => {
  const DATA_DIR = await temporaryFolder()
  const server = await start({ script, env: { DATA_DIR } })
  const slow = fetch(`${server.url}/slow/500`)
  await fetch(`${server.url}/readyz`)
  void fetch(`${server.url}/crash`).catch(() => undefined)
  expect((await slow).status).toBe(200)
  expect((await server.ended()).code).toBe(1)
  expect(server.output()).toContain('uncaughtException')
  expect(postmasterPid(DATA_DIR)).toBeNull()
})

test('without secrets and demo data the start is refused, and on a database with demo data too', async () => {
  const DATA_DIR = await temporaryFolder()
  const bare = await launch({ script, env: { DATA_DIR, DEMO_DATA: '0' } })
  expect((await bare.ended()).code).toBe(1)
  expect(bare.output()).toContain('pnpm secrets:create')

  const demo = await start({ script, env: { DATA_DIR } })
  demo.child.kill('SIGTERM')
  await demo.ended()
  const real = await launch({ script, env: { DATA_DIR, DEMO_DATA: '0' } })
  expect((await real.ended()).code).toBe(1)
  expect(real.output()).toContain('holds demo data')
  expect(postmasterPid(DATA_DIR)).toBeNull()
})

test('a seeding that was killed is made anew', async () => {
  const DATA_DIR = await temporaryFolder()
  const first = await start({ script, env: { DATA_DIR } })
  await put(first.url, 'half')
  first.child.kill('SIGTERM')
  await first.ended()
  // As if the process had been killed between the first and the last row.
  const { startEmbeddedPostgres } = await import('../src/platform/embedded-postgres.ts')
  const { default: pg } = await import('pg')
  const postgres = await startEmbeddedPostgres({ dataDir: DATA_DIR })
  const client = new pg.Client({ connectionString: postgres.ownerUrl('kotoisa') })
  await client.connect()
  await client.query("delete from installation where key = 'seeded'")
  await client.end()
  await postgres.stop()

  const second = await start({ script, env: { DATA_DIR } })
  expect(await notes(second.url)).toEqual({ notes: [], copies: [] })
  second.child.kill('SIGTERM')
  await second.ended()
})

test.runIf(canBeNobody)('an ordinary user runs everything as itself', async () => {
  const DATA_DIR = join(await temporaryFolder(0o777), 'data')
  const server = await start({ script, env: { DATA_DIR, HOME: '/' }, uid: nobody })
  expect((await stat(join(DATA_DIR, 'postgres'))).uid).toBe(nobody)
  for (const name of ['postgres-password', 'secrets.json']) expect((await stat(join(DATA_DIR, name))).mode & 0o777).toBe(0o600)
  server.child.kill('SIGTERM')
  expect(await server.ended()).toMatchObject({ code: 0 })
})
