import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrate } from '../apps/api/src/platform/migrate.ts'
import { writeNewSecrets } from '../apps/api/src/platform/secrets.ts'
import { fill } from './fill.ts'
import { ask } from './load.ts'

export interface Database {
  readonly ownerUrl: string
  /** The connection of the API's login role. */
  readonly appUrl: string
  readonly secretsFile: string
}

export interface Servers {
  /** Ports. */
  readonly api: number
  readonly reference: number
  /** Connections that each of the two holds. */
  readonly poolSize: number
  /** Headers of a caller who may read all, protected households too. */
  readonly headers: Readonly<Record<string, string>>
}

const script = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const apiScript = script('../apps/api/src/server.ts')
const clientScript = script('../apps/api/src/cli/api-client.ts')
const referenceScript = script('reference.ts')

/** A database of its own, with the schema and that many subleases. */
export async function makeDatabase(urlOf: (name: string) => string, folder: string, subleases: number): Promise<Database> {
  const name = `benchmark_${subleases}`
  const secretsFile = `${folder}/secrets-${subleases}.json`
  const secrets = await writeNewSecrets(secretsFile)
  if (secrets === null) throw new Error(`${secretsFile} is there already`)
  await asOwner(urlOf('postgres'), (db) => db.query(`create database ${name}`))
  const ownerUrl = urlOf(name)
  const { appUrl } = await migrate({ ownerUrl, secrets, demoData: false })
  await asOwner(ownerUrl, (db) => fill(db, subleases))
  return { ownerUrl, appUrl, secretsFile }
}

export async function asOwner<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}

const children = new Set<ChildProcess>()
function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  children.add(child)
  child.once('close', () => children.delete(child))
  return child
}

export async function stopServers(): Promise<void> {
  await Promise.all(
    [...children].map(
      (child) =>
        new Promise((done) => {
          child.once('close', done)
          child.kill('SIGTERM')
        }),
    ),
  )
}

/** `flags`: of the API's Node, for profiles. */
export async function startServers(database: Database, flags: readonly string[]): Promise<Servers> {
  const env = { DATABASE_URL: database.ownerUrl, SECRETS_FILE: database.secretsFile, DEMO_DATA: '0' }
  const secret = await makeClient(env)
  const [api, reference] = [await freePort(), await freePort()]
  // The log is written as in use, to a pipe that nobody reads for long: see `resume`.
  const server = start([...flags, apiScript], { ...env, PORT: String(api), RATE_LIMIT: '1000000' })
  server.stdout?.resume()
  await untilReady(server, api)
  const poolSize = await asOwner(database.ownerUrl, async (db) => {
    const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where application_name = 'kotoisa-api'`)
    return rows[0]?.n ?? 0
  })
  const other = start([referenceScript, String(reference), database.ownerUrl, String(poolSize)])
  await new Promise<void>((done, fail) => {
    other.once('message', () => done())
    other.once('close', (code) => fail(new Error(`the reference server ended with ${code}`)))
  })
  return { api, reference, poolSize, headers: { authorization: `Bearer ${await tokenOf(api, secret)}` } }
}

async function untilReady(server: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the API ended with ${server.exitCode}`)
    const answer = await ask(port, { method: 'GET', path: '/readyz' }).catch(() => null)
    if (answer?.status === 200) return
    await pause(50)
  }
}

const clientId = 'benchmark'
const scopes = 'subleases:read subleases:write protected:read'

async function makeClient(env: Record<string, string>): Promise<string> {
  const child = start([clientScript, 'create', clientId, '--municipality', '998', '--scopes', scopes], env)
  let output = ''
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
  await new Promise((done) => child.once('close', done))
  const secret = /^secret: +(\S+)$/m.exec(output)?.[1]
  if (secret === undefined) throw new Error(`no API client was made: ${output}`)
  return secret
}

async function tokenOf(port: number, secret: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  if (!answer.ok) throw new Error(`no token: ${await answer.text()}`)
  return ((await answer.json()) as { access_token: string }).access_token
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
