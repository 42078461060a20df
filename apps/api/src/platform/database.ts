import { DomainError, helsinkiDay } from '@kotoisa/domain'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { Actor, Ctx, WriteCtx } from './context.ts'
import { newId } from './ids.ts'

export type Db = NodePgDatabase
export type Pool = pg.Pool

/** SQLSTATE of our own: the session or client behind the token has ended. */
const sessionEnded = 'KT401'

/** Two connections a core serve a database best; timeouts are written down here (AV-04). */
export function openDatabase(options: { url: string; poolSize: number; log: FastifyBaseLogger }): Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 0,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 6_000,
    // Statements of one transaction are sent without waiting for one another.
    pipeline: true,
    // Starting workers takes longer than any question of ours (15 ms on a common two-word search).
    options: '-c max_parallel_workers_per_gather=0',
    application_name: 'kotoisa-api',
  } as pg.PoolConfig)
  pool.on('error', (error) => {
    if (!pool.ending) options.log.error({ err: error }, 'idle database connection lost')
  })
  return pool
}

const dbOf = new WeakMap<pg.PoolClient, Db>()
function onConnection(client: pg.PoolClient): Db {
  let db = dbOf.get(client)
  if (!db) dbOf.set(client, (db = drizzle(client)))
  return db
}

interface Prepared {
  execute(values?: Record<string, unknown>): Promise<unknown>
}
const preparedOf = new WeakMap<Db, Map<string, Prepared>>()

/**
 * A statement built once a connection and sent by name, so that PostgreSQL plans it once (docs/architecture.md, Speed).
 * `name` must tell the shape apart from every other, at most 63 bytes.
 */
export function prepared<T>(
  db: Db,
  name: string,
  build: (db: Db) => { prepare(name: string): { execute(values?: Record<string, unknown>): Promise<T> } },
) {
  let known = preparedOf.get(db)
  if (!known) preparedOf.set(db, (known = new Map()))
  let statement = known.get(name)
  if (!statement) known.set(name, (statement = build(db).prepare(name)))
  return statement as { execute(values?: Record<string, unknown>): Promise<T> }
}

/** What a request brings to its transaction. */
export interface Origin {
  readonly actor: Actor
  readonly now: Date
  readonly log: FastifyBaseLogger
  readonly requestId: string
  readonly sourceAddress: string | null
}

/** The one statement that sets municipality and role and refuses an ended session. */
function openStatement(actor: Actor, now: Date): pg.QueryConfig {
  if (actor.kind === 'job') return { name: 'open_system', text: 'select open_as_system($1)', values: [actor.municipalityId] }
  if (actor.kind === 'integration')
    return { name: 'open_client', text: 'select open_as_client($1, $2, $3)', values: [actor.municipalityId, actor.id, now] }
  return { name: 'open_person', text: 'select open_as_person($1, $2, $3)', values: [actor.municipalityId, actor.sessionId, now] }
}

async function connect(pool: Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw new DomainError('server.unavailable', {}, { cause })
  }
}

interface ReadNote {
  readonly resource: string
  readonly recordIds: readonly string[]
}

function contextOf(client: pg.PoolClient, origin: Origin, notes: ReadNote[]): Ctx {
  return {
    db: onConnection(client),
    actor: origin.actor,
    now: origin.now,
    today: helsinkiDay(origin.now),
    log: origin.log,
    requestId: origin.requestId,
    sourceAddress: origin.sourceAddress,
    noteRead: (resource, recordIds) => void (recordIds.length > 0 && notes.push({ resource, recordIds })),
  }
}

const codeOf = (error: unknown): string | undefined => {
  const e = error as { code?: unknown; cause?: { code?: unknown } } | undefined
  const code = e?.cause?.code ?? e?.code
  return typeof code === 'string' ? code : undefined
}

/** PostgreSQL's code of an error, whether Drizzle wrapped it or not. */
export const sqlState = codeOf

/** A session that has ended is 401 wherever it is found out; everything else stays what it is. */
function asOurs(error: unknown): unknown {
  return codeOf(error) === sessionEnded ? new DomainError('auth.sessionEnded') : error
}

/** A connection whose answer never came is of no further use. */
const isBroken = (error: unknown) => {
  const code = codeOf(error)
  return code === undefined || code.startsWith('08') || code.startsWith('57P')
}

/**
 * What `send` issues before its first `await` leaves as one packet. Four packets wake process and database four times each,
 * which is half of what a short read costs here.
 */
function inOnePacket<const T extends readonly Promise<unknown>[]>(client: pg.PoolClient, send: () => T): T {
  const { stream } = client.connection
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}

/**
 * A read, its transaction sent in one go: begin, context, what `fn` issues before its first `await`, commit.
 * A statement that `fn` issues later would stand outside the transaction, where the login role may read nothing:
 * it fails (42501), it cannot leak. Several statements go through `Promise.all`; else use `inTransaction`.
 */
export async function readOnce<T>(pool: Pool, origin: Origin, fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  const notes: ReadNote[] = []
  let broken: Error | undefined
  try {
    const [begin, open, answer, commit] = inOnePacket(client, () => [
      client.query('begin read only'),
      client.query(openStatement(origin.actor, origin.now)),
      fn(contextOf(client, origin, notes)),
      client.query('commit'),
    ])
    const settled = await Promise.allSettled([begin, open, answer, commit])
    for (const one of settled) if (one.status === 'rejected') throw one.reason
    const result = await answer
    if (notes.length > 0) await keepReads(client, origin, notes)
    return result
  } catch (error) {
    if (isBroken(error) && !(error instanceof DomainError)) broken = error as Error
    throw asOurs(error)
  } finally {
    client.release(broken)
  }
}

const retried = new Set(['40001', '40P01'])

/**
 * A transaction with as many statements as it takes. Serialisation failures and deadlocks are tried again, three
 * times, with jitter: nothing outside the database may happen in `fn` (CO-08). Reads of kept records are written
 * in the same transaction.
 */
export async function inTransaction<T>(pool: Pool, origin: Origin, fn: (ctx: WriteCtx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, origin, fn)
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined || !retried.has(code)) throw asOurs(error)
      if (attempt === 3) throw new DomainError('server.unavailable', {}, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20 * attempt))
    }
  }
}

async function once<T>(pool: Pool, origin: Origin, fn: (ctx: WriteCtx) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  const notes: ReadNote[] = []
  let broken: Error | undefined
  try {
    const opened = await Promise.allSettled(
      inOnePacket(client, () => [client.query('begin'), client.query(openStatement(origin.actor, origin.now))]),
    )
    for (const one of opened) if (one.status === 'rejected') throw one.reason
    const ctx = contextOf(client, origin, notes)
    const result = await fn({ ...ctx, writes: true })
    await writeReads(client, origin, notes)
    await client.query('commit')
    return result
  } catch (error) {
    try {
      await client.query('rollback')
    } catch (rollbackError) {
      broken = rollbackError as Error
    }
    throw error
  } finally {
    client.release(broken)
  }
}

/** On the connection of the read: whoever holds one and waits for another waits for ever when all do. */
async function keepReads(client: pg.PoolClient, origin: Origin, notes: readonly ReadNote[]): Promise<void> {
  const sent = inOnePacket(client, () => [
    client.query('begin'),
    client.query(openStatement(origin.actor, origin.now)),
    writeReads(client, origin, notes),
    client.query('commit'),
  ])
  for (const one of await Promise.allSettled(sent)) if (one.status === 'rejected') throw one.reason
}

/** One audit row for each record shown, in one statement. */
async function writeReads(client: pg.PoolClient, origin: Origin, notes: readonly ReadNote[]): Promise<void> {
  const rows = notes.flatMap((note) => note.recordIds.map((id) => ({ resource: note.resource, id })))
  if (rows.length === 0) return
  await client.query({
    name: 'keep_reads',
    text: `insert into audit_entries (municipality_id, id, at, action, actor_kind, actor_id, resource, record_id, request_id, source_address)
           select $1, r.entry, $2, r.resource || '.read', $3, $4, r.resource, r.id, $5, $6
           from unnest($7::text[], $8::uuid[], $9::uuid[]) as r (resource, id, entry)`,
    values: [
      origin.actor.municipalityId,
      origin.now,
      origin.actor.kind,
      origin.actor.kind === 'job' ? null : origin.actor.id,
      origin.requestId,
      origin.sourceAddress,
      rows.map((r) => r.resource),
      rows.map((r) => r.id),
      rows.map(() => newId(origin.now)),
    ],
  })
}
