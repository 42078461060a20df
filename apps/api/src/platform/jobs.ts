import { PgBoss } from 'pg-boss'
import type pg from 'pg'
import type { AppDeps } from './lifecycle.ts'

/** Work that no request waits for, at set times; run at least once, so doing it twice must do no harm. */
export interface Job {
  /** Name of its queue. */
  readonly name: string
  /** When, as cron says it, in Helsinki's time. */
  readonly cron: string
  run(deps: AppDeps): Promise<void>
}

/** Work that lies in a table of ours and shall not wait for minutes: looked for again and again, by every process that runs jobs. */
export interface Watch {
  readonly name: string
  readonly everySeconds: number
  run(deps: AppDeps): Promise<void>
}

export interface RunningJobs {
  /** Waits for jobs under way, at most so many milliseconds; what is cut is done again by whoever runs next. */
  stop(limit: number): Promise<void>
}

const schema = 'jobs'
const timeZone = 'Europe/Helsinki'

/** Makes the queue's tables as the database's owner; the runtime may use them and change no table. */
export async function migrateJobs(owner: pg.Client): Promise<void> {
  const boss = new PgBoss({ db: onClient(owner), schema, supervise: false, schedule: false })
  await boss.start()
  await boss.stop({ graceful: false })
  await owner.query(`
    grant usage on schema ${schema} to kotoisa_login;
    grant select, insert, update, delete on all tables in schema ${schema} to kotoisa_login;
    grant usage on all sequences in schema ${schema} to kotoisa_login;
    grant execute on all functions in schema ${schema} to kotoisa_login`)
}

/** Runs the jobs in this process: each at its times, and once at the start, because the computer may have slept through one. */
export async function startJobs(deps: AppDeps, jobs: readonly Job[], watches: readonly Watch[] = []): Promise<RunningJobs> {
  const { database, log } = deps
  const boss = new PgBoss({ db: onClient(database), schema, migrate: false, createSchema: false, reindex: false })
  boss.on('error', (error) => log.error({ err: error }, 'jobs'))
  boss.on('warning', (warning) => log.warn({ warning }, 'jobs'))
  await boss.start()
  let running = 0
  for (const job of jobs) {
    await boss.createQueue(job.name, { policy: 'stately', retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 900 })
    await boss.schedule(job.name, job.cron, null, { tz: timeZone })
    await boss.send(job.name, null, { singletonSeconds: 3600 })
    await boss.work(job.name, { pollingIntervalSeconds: 10 }, async () => {
      running++
      await runJob(deps, job).finally(() => running--)
    })
  }
  const watching = watches.map((watch) => startWatch(deps, watch))
  // With nothing under way there is nothing to wait for.
  const stop = async (limit: number) => {
    await Promise.all([boss.stop({ graceful: running > 0, timeout: limit }), ...watching.map((end) => end())])
  }
  return { stop }
}

/** One round after the other, with a pause between; a round that fails is told and tried again. The returned function ends it after the round under way. */
function startWatch(deps: AppDeps, { name, everySeconds, run }: Watch): () => Promise<void> {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  const next = () => {
    round = run(deps)
      .catch((error: unknown) => void (isOver || deps.log.error({ job: name, err: error }, 'job failed')))
      .then(() => void (isOver || (timer = setTimeout(next, everySeconds * 1000))))
  }
  next()
  return async () => {
    isOver = true
    clearTimeout(timer)
    await round
  }
}

async function runJob(deps: AppDeps, { name, run }: Job): Promise<void> {
  const from = performance.now()
  try {
    await run(deps)
    deps.log.info({ job: name, milliseconds: Math.round(performance.now() - from) }, 'job done')
  } catch (error) {
    deps.log.error({ job: name, err: error }, 'job failed')
    throw error
  }
}

const onClient = (client: pg.Client | pg.Pool) => ({
  executeSql: (text: string, values?: unknown[]) => (client as pg.Pool).query(text, values),
})
