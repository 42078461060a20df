import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { ConfigError, loadConfig, type Config, type Environment } from '../config.ts'
import { openDatabase, type Pool } from './database.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'
import { startJobs, type Job, type RunningJobs, type Watch } from './jobs.ts'
import { createLog } from './log.ts'
import { migrate } from './migrate.ts'
import { loadOrCreateSecrets, type Secrets } from './secrets.ts'
import { seedWhenEmpty } from './seeding.ts'

/** What `/readyz` tells: 200 in `ready` alone. */
export interface Lifecycle {
  phase: 'starting' | 'ready' | 'stopping'
}

export interface AppDeps {
  readonly config: Config
  readonly secrets: Secrets
  readonly database: Pool
  readonly clock: () => Date
  readonly log: FastifyBaseLogger
  readonly lifecycle: Lifecycle
}

/** What the process is made of beside the platform; given, so that the platform knows no module. */
export interface ServerParts {
  /** Absent: a process without HTTP. */
  buildApp?(deps: AppDeps): Promise<FastifyInstance>
  /** Fills an empty database with demo data. */
  seed?(deps: AppDeps & { readonly ownerUrl: string }): Promise<void>
  /** Run here when the database is the embedded one, which no other process uses, or when there is no HTTP. */
  readonly jobs?: readonly Job[]
  readonly watches?: readonly Watch[]
  /** Printed once the server listens. */
  greeting(config: Config): string
}

// Milliseconds after the signal. Proxies get time to see `/readyz` and to take their connections elsewhere; requests
// that are still open at `cut` lose their connection; the process is gone at `end` whatever hangs (AV-01).
const lameDuck = 400
const cut = 4_000
const end = 4_900

/** About two connections a core serve a database best. */
const poolSize = () => Math.min(16, Math.max(4, 2 * availableParallelism()))

/** Runs the whole process: it returns when the server listens, and ends the process when told to stop or when it cannot start. */
export async function runServer(env: Environment, parts: ServerParts): Promise<void> {
  const lifecycle: Lifecycle = { phase: 'starting' }
  const opened: Opened = {}
  let log: FastifyBaseLogger = createLog('info')
  let stopping: Promise<void> | undefined
  const stop = (reason: string, code: number): void => {
    // npm passes on what the terminal has sent already: the second signal is no other wish than the first.
    stopping ??= close(reason, code, { lifecycle, opened, log })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal, 0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    // The state is unknown: finish what is under way, then leave; whoever started the process starts it anew (ER-05).
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event)
      stop(event, 1)
    })
  }

  try {
    const config = loadConfig(env)
    log = createLog(config.logLevel)
    if (parts.buildApp) await refuseTakenPort(config)
    else if (config.databaseUrl === null) throw new Error("A worker needs DATABASE_URL: the embedded database is its server's own.")
    await open(config, parts, lifecycle, opened, log)
    if (stopping) return
    await opened.app?.listen({ host: config.host, port: config.port })
    if (stopping) return
    lifecycle.phase = 'ready'
    console.log(parts.greeting(config))
  } catch (error) {
    // A start that was told to stop fails at whatever it was doing.
    if (stopping) return
    console.error(explain(error))
    stop('the start failed', 1)
  }
}

/** What has to be closed, as far as the start has come. */
interface Opened {
  postgres?: Promise<EmbeddedPostgres>
  database?: Pool
  app?: FastifyInstance
  jobs?: RunningJobs
  announceStop?: () => void
}

async function open(config: Config, parts: ServerParts, lifecycle: Lifecycle, opened: Opened, log: FastifyBaseLogger): Promise<void> {
  const secrets = await loadOrCreateSecrets(config)
  const ownerUrl = config.databaseUrl ?? (await startOwnDatabase(config, opened, log))
  const bringUpToDate = () => migrate({ ownerUrl, appUrl: config.databaseAppUrl, secrets, demoData: config.demoData })
  const { appUrl } = await bringUpToDate()
  const database = (opened.database = openDatabase({ url: appUrl, poolSize: poolSize(), log }))
  const deps: AppDeps = { config, secrets, database, clock: () => new Date(), log, lifecycle }
  const { seed, jobs = [], watches = [] } = parts
  if (config.demoData && seed) {
    const result = await seedWhenEmpty({ ownerUrl, migrate: bringUpToDate, seed: () => seed({ ...deps, ownerUrl }) })
    if (result === 'seeded') log.info('demo data made')
  }
  if (parts.buildApp) {
    const app = (opened.app = await parts.buildApp(deps))
    await app.ready()
    opened.announceStop = announceStop(app, lifecycle)
    await Promise.all(Array.from({ length: poolSize() }, () => database.query('select 1')))
  }
  if (config.databaseUrl === null || !parts.buildApp) opened.jobs = await startJobs(deps, jobs, watches)
}

async function startOwnDatabase(config: Config, opened: Opened, log: FastifyBaseLogger): Promise<string> {
  opened.postgres = startEmbeddedPostgres({
    dataDir: config.dataDir,
    onLost: (error) => log.fatal({ err: error }, 'the embedded database is gone and does not start'),
  })
  const postgres = await opened.postgres
  if (!postgres.owner) throw new Error(`Another process of Kotoisa is using ${config.dataDir}: stop it first, or set DATA_DIR and PORT.`)
  return postgres.ownerUrl('kotoisa')
}

/**
 * From the signal on every answer asks its client to connect anew, elsewhere: no connection is closed under a request.
 * The returned function tells those that were asked for before.
 */
function announceStop(app: FastifyInstance, lifecycle: Lifecycle): () => void {
  const underWay = new Set<ServerResponse>()
  const ask = (response: ServerResponse) => void (response.headersSent || response.setHeader('connection', 'close'))
  app.server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    if (lifecycle.phase === 'stopping') ask(response)
  })
  return () => underWay.forEach(ask)
}

async function close(
  reason: string,
  code: number,
  running: { lifecycle: Lifecycle; opened: Opened; log: FastifyBaseLogger },
): Promise<void> {
  const { lifecycle, opened, log } = running
  const begun = Date.now()
  const left = (until: number) => Math.max(1, begun + until - Date.now())
  const wasReady = lifecycle.phase === 'ready'
  lifecycle.phase = 'stopping'
  setTimeout(() => process.exit(code), end).unref()
  log.info({ reason }, 'stopping')
  try {
    const { app, database, jobs } = opened
    const jobsEnded = within(jobs?.stop(cut), left(cut))
    if (wasReady) void opened.postgres?.then((postgres) => postgres.prepareStop())
    if (app) {
      opened.announceStop?.()
      if (wasReady && reason === 'SIGTERM') await pause(lameDuck)
      // Idle connections, and clients that read slowly, would keep close() waiting for ever.
      const sweeping = setInterval(() => app.server.closeIdleConnections(), 50)
      const cutting = setTimeout(() => app.server.closeAllConnections(), left(cut))
      await within(app.close(), left(cut + 200))
      clearInterval(sweeping)
      clearTimeout(cutting)
    }
    await jobsEnded
    // Connections of requests that were cut are still busy; the database's stop ends them.
    if (database) await within(database.end(), Math.min(300, left(cut + 300)))
    const postgres = await within(opened.postgres, left(cut + 400))
    await postgres?.stop(Math.min(2_500, left(end - 300)))
  } catch (error) {
    log.error({ err: error }, 'stopping')
  }
  process.exit(code)
}

const within = <T>(work: Promise<T> | undefined, limit: number): Promise<T | undefined> =>
  Promise.race([work?.catch(() => undefined), pause(limit, undefined, { ref: false })])

/** Said before the database is started for nothing. */
function refuseTakenPort({ host, port }: Config): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') fail(new Error(`Port ${port} is taken: stop the program that uses it, or set PORT.`))
      else fail(new Error(`Cannot listen on ${host} port ${port}`, { cause: error }))
    })
    probe.listen({ host, port }, () => probe.close(() => done()))
  })
}

/** For the person who starts the program: sentences, with the causes behind them. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || !(error instanceof Error)) return error instanceof Error ? error.message : String(error)
  const cause = error.cause instanceof Error ? `\n  ${error.cause.message.split('\n').slice(0, 5).join('\n  ')}` : ''
  return `Kotoisa did not start. ${error.message.slice(0, 600)}${cause}`
}
