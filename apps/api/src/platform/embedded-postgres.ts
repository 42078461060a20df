import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import {
  findPlaces,
  initialise,
  isAlive,
  makeDataDir,
  passwordOf,
  readIfThere,
  refuseForeignData,
  type Places,
} from './embedded-postgres-files.ts'

/** The database that a person gets who sets no DATABASE_URL: our own PostgreSQL below DATA_DIR, on loopback. */
export interface EmbeddedPostgres {
  /** The superuser's connection to a database of this server. */
  ownerUrl(database: string): string
  /** Of the postmaster; another one after it was restarted. */
  readonly pid: number
  readonly port: number
  /** PGDATA. */
  readonly data: string
  /** False for a guest: another process of ours had started the server, and `stop` leaves it running. */
  readonly owner: boolean
  /** Writes back what is dirty while requests still finish, so that `stop` has little left to write. */
  prepareStop(): void
  /** Fast shutdown; an immediate one after `limit` ms (2500). What was committed stays either way. */
  stop(limit?: number): Promise<void>
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string
  /** For tests: no fsync, faster by half. */
  readonly unsafe?: boolean
  /** A folder with bin, lib and share of another release; for tests. */
  readonly native?: string
  /** Called when the server died by itself and could not be started again. */
  readonly onLost?: (error: unknown) => void
}

const startLimit = 120_000
/** One connection holds this lock while its process owns the server. */
const ownerLock = 7_340_051

/** Command line settings, so that an older data folder gets them too. */
function settings(port: number, unsafe: boolean): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: unsafe ? 150 : 60,
    shared_buffers: '128MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Bound values, failing statements and the texts of errors hold personal data: they are never written (LG-02).
    // The caller's log has code and constraint; here are starts, stops and what ends a connection.
    log_min_messages: 'log',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_checkpoints: 'off',
    // Acknowledged is persisted (DU-01).
    fsync: unsafe ? 'off' : 'on',
    synchronous_commit: unsafe ? 'off' : 'on',
    full_page_writes: unsafe ? 'off' : 'on',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** The living postmaster of this folder, if any; a file whose process is gone, or is somebody else, counts for nothing. */
function livingPostmaster(data: string): Postmaster | null {
  const lines = readIfThere(join(data, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !worksIn(pid, data)) return null
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.startsWith('ready') ?? false }
}

/** A postmaster's working folder is PGDATA: so a number that the system gave to another process is told apart. */
function worksIn(pid: number, data: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === data
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data)
  } catch {
    // Not ours to look at, or a zombie: no server of ours.
    return false
  }
}

/** PostgreSQL sees for itself that a process is gone, but believes a number that the system has given to another one. */
function removeStale(data: string): void {
  const path = join(data, 'postmaster.pid')
  const pid = Number(readIfThere(path)?.split('\n')[0])
  if (pid > 1 && isAlive(pid) && !worksIn(pid, data)) rmSync(path, { force: true })
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

/** The log grows slowly (warnings only); one older file is kept. */
function openLog(dataDir: string): number {
  const path = join(dataDir, 'postgres.log')
  try {
    if (statSync(path).size > 5_000_000) renameSync(path, `${path}.1`)
  } catch {
    // none yet
  }
  return openSync(path, 'a', 0o600)
}

/** Starts a postmaster, or finds the one that another process (or a killed one) left: there is never a second on one folder. */
async function ensurePostmaster(dataDir: string, places: Places, unsafe: boolean): Promise<Postmaster> {
  const deadline = Date.now() + startLimit
  let port = Number(readIfThere(join(dataDir, 'postgres-port'))) || (await freePort())
  while (Date.now() < deadline) {
    const found = livingPostmaster(places.data)
    if (found?.ready) return found
    if (found) {
      await pause(50)
      continue
    }
    removeStale(places.data)
    const log = openLog(dataDir)
    const child = spawn(join(places.native, 'bin', 'postgres'), ['-D', places.data, ...settings(port, unsafe)], {
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      // Ctrl-C goes to the process group: the server is stopped by us, after the requests.
      detached: true,
      stdio: ['ignore', log, log],
      ...places.runner,
    })
    closeSync(log)
    child.unref()
    let ended = false
    child.once('exit', () => (ended = true))
    child.once('error', () => (ended = true))
    while (!ended && Date.now() < deadline) {
      const now = livingPostmaster(places.data)
      if (now?.ready && now.pid === child.pid) {
        writeFileSync(join(dataDir, 'postgres-port'), String(port), { mode: 0o600 })
        return now
      }
      await pause(20)
    }
    // A taken port, back ends of a killed postmaster that are still leaving, or another process that was first.
    await pause(100)
    port = await freePort()
  }
  throw new Error(`PostgreSQL did not start within ${startLimit / 1000} s: see ${join(dataDir, 'postgres.log')}`)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'kotoisa-owner' })
  await client.connect()
  return client
}

/** Tried for 2 s: the connection of a process that was just killed may not have been noticed yet. */
async function tryOwnerLock(client: pg.Client): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [ownerLock])
    if (rows[0]?.got) return true
    await pause(100)
  }
  return false
}

async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount) return
  await client.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

/** Starts, adopts or joins the server of this DATA_DIR, with the database `kotoisa` in it. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const unsafe = options.unsafe ?? false
  await makeDataDir(resolve(options.dataDir))
  const dataDir = realpathSync(options.dataDir)
  const places = await findPlaces(dataDir, options.native)
  await refuseForeignData(places.data)
  const password = await passwordOf(dataDir)
  await initialise(places, password, unsafe)

  let postmaster = await ensurePostmaster(dataDir, places, unsafe)
  let stopping = false
  const ownerUrl = (database: string) => `postgres://postgres:${password}@127.0.0.1:${postmaster.port}/${database}`
  let keeper = await connect(ownerUrl('postgres'))
  const owner = await tryOwnerLock(keeper)
  await ensureDatabase(keeper, 'kotoisa')

  /** The owner's connection ends when the server dies: then it is started again on the same port. */
  function watch(client: pg.Client): void {
    client.on('error', () => undefined)
    client.once('end', () => {
      if (!stopping) restart().catch((error: unknown) => options.onLost?.(error))
    })
  }
  async function restart(): Promise<void> {
    postmaster = await ensurePostmaster(dataDir, places, unsafe)
    if (stopping) return stopPostmaster(places.data, postmaster.pid, 500)
    keeper = await connect(ownerUrl('postgres'))
    watch(keeper)
    await tryOwnerLock(keeper)
  }
  if (owner) watch(keeper)
  else await keeper.end()

  return {
    ownerUrl,
    owner,
    data: places.data,
    get pid() {
      return postmaster.pid
    },
    get port() {
      return postmaster.port
    },
    prepareStop() {
      if (owner && !stopping) keeper.query('checkpoint').catch(() => undefined)
    },
    async stop(limit = 2_500) {
      if (stopping || !owner) return
      stopping = true
      await Promise.all([keeper.end().catch(() => undefined), stopPostmaster(places.data, postmaster.pid, limit)])
    },
  }
}

/** SIGINT is PostgreSQL's fast shutdown; one that does not end gets SIGQUIT, and the next start recovers. */
async function stopPostmaster(data: string, pid: number, limit: number): Promise<void> {
  const isGone = () => livingPostmaster(data)?.pid !== pid
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isGone()) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const deadline = Date.now() + limit
    while (Date.now() < deadline) {
      if (isGone()) return
      await pause(10)
    }
  }
}
