import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { buildApp } from '../apps/api/src/app.ts'
import { loadConfig } from '../apps/api/src/config.ts'
import { openDatabase } from '../apps/api/src/platform/database.ts'
import { createLog } from '../apps/api/src/platform/log.ts'
import type { Secrets } from '../apps/api/src/platform/secrets.ts'
import { lastNameCount } from './fill.ts'
import { median } from './load.ts'
import { searchPath } from './operations.ts'
import type { Database, Servers } from './servers.ts'

interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
}

interface Plan {
  readonly 'Execution Time': number
  readonly 'Planning Time': number
}

/** Milliseconds that PostgreSQL takes for the search of the API: its own statements, as its own role, under row level security. */
export async function searchInDatabase(database: Database, servers: Servers): Promise<{ median: number; slowest: number }> {
  const names = Array.from({ length: 20 }, (_, n) => Math.floor((n * lastNameCount) / 20))
  const transactions = await sentFor(database, servers, names.map(searchPath))
  const client = new pg.Client({ connectionString: database.appUrl })
  await client.connect()
  const times: number[] = []
  try {
    // Prepared once and run by name as the API does, so that the plan is the one that it gets.
    for (const [open, search] of transactions) {
      await client.query('begin read only')
      await client.query(open.text, [...open.values])
      if (times.length === 0) await client.query(`prepare search as ${search.text}`)
      const values = search.values.map((value) => client.escapeLiteral(String(value)))
      const { rows } = await client.query<{ 'QUERY PLAN': [Plan] }>(`explain (analyze, format json) execute search (${values.join()})`)
      await client.query('commit')
      for (const row of rows) times.push(row['QUERY PLAN'][0]['Planning Time'] + row['QUERY PLAN'][0]['Execution Time'])
    }
  } finally {
    await client.end()
  }
  return { median: median(times), slowest: Math.max(...times) }
}

/** What the API sends for each request between begin and commit: the statement that opens the transaction, and the search. */
async function sentFor(database: Database, { api, headers }: Servers, paths: readonly string[]): Promise<[open: Sent, search: Sent][]> {
  const secrets = JSON.parse(await readFile(database.secretsFile, 'utf8')) as Secrets
  const log = createLog('silent')
  const pool = openDatabase({ url: database.appUrl, poolSize: 1, log })
  let sent: Sent[] = []
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((config: string | Partial<Sent>, values?: unknown[]) => {
      if (typeof config !== 'string') sent.push({ text: config.text ?? '', values: config.values ?? values ?? [] })
      return query(config, values)
    }) as typeof client.query
  })
  // The port tells the issuer of the tokens.
  const config = loadConfig({ PORT: String(api) })
  const app = await buildApp(
    { config, secrets, database: pool, clock: () => new Date(), log, lifecycle: { phase: 'ready' } },
    { webRoot: null },
  )
  const transactions: [Sent, Sent][] = []
  for (const url of paths) {
    sent = []
    const { statusCode } = await app.inject({ url, headers: { ...headers } })
    const [open, search] = sent
    if (statusCode !== 200 || open === undefined || search === undefined || sent.length > 2)
      throw new Error(`${url}: ${statusCode}, ${sent.length} statements`)
    transactions.push([open, search])
  }
  await app.close()
  await pool.end()
  return transactions
}
