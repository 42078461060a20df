// `pnpm benchmark [--sizes 1000,100000] [--rounds 7] [--seconds 2] [--connections 8] [--paint 10000] [--write] [--profile FOLDER]`
// The API beside a server that does as little as can be for the same bytes: see README.md.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '../apps/api/src/platform/embedded-postgres.ts'
import { vacant } from './fill.ts'
import { measure, type Measured, type Plan } from './measure.ts'
import { operationsOn } from './operations.ts'
import { paint, type Painted } from './paint.ts'
import { reportOf, writeReport, type Result } from './report.ts'
import { requireSameAnswers } from './same-answers.ts'
import { searchInDatabase } from './search-in-database.ts'
import { asOwner, makeDatabase, startServers, stopServers } from './servers.ts'

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '8' },
    paint: { type: 'string', default: '10000' },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const sizes = options.sizes
  .split(',')
  .map(Number)
  .filter((size) => size > 0)
const rounds = Number(options.rounds)
const plan: Plan = {
  rounds,
  milliseconds: Number(options.seconds) * 1000,
  connections: Number(options.connections),
  // Two servers, and the round before the first; a few are made before anything is measured.
  creates: Math.floor((vacant - 10) / 2 / (rounds + 1)),
}
const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]

/** What others do on this machine: it belongs to the figures. */
const [loadBefore = 0] = loadavg()
const folder = await mkdtemp(join(tmpdir(), 'kotoisa-benchmark-'))
// PostgreSQL runs as another user where this runs as root.
await chmod(folder, 0o711)
const postgres = await startEmbeddedPostgres({ dataDir: folder })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void tidy().then(() => process.exit(1)))

try {
  const results: Result[] = []
  let poolSize = 0
  for (const subleases of sizes) {
    const { poolSize: connections, ...result } = await resultOf(subleases)
    poolSize = connections
    results.push(result)
  }
  const database = await asOwner(postgres.ownerUrl('postgres'), async (db) => {
    const { rows } = await db.query<{ server_version: string }>('show server_version')
    return rows[0]?.server_version ?? ''
  })
  const painted = await paintedOn(Number(options.paint))
  const report = reportOf(results, painted, { database, poolSize, connections: plan.connections, rounds, loadBefore })
  console.log(`\n${report}`)
  if (options.write) await writeReport(report)
} finally {
  await tidy()
}

async function resultOf(subleases: number): Promise<Result & { poolSize: number }> {
  console.log(`${subleases} subleases: filling`)
  const database = await makeDatabase(postgres.ownerUrl, folder, subleases)
  const servers = await startServers(database, flags)
  const operations = operationsOn(subleases, servers.headers)
  console.log(`${await requireSameAnswers(servers, operations)} answers of both servers have the same bytes`)
  const search = await searchInDatabase(database, servers)
  const measured: Measured[] = []
  for (const operation of Object.values(operations)) {
    measured.push(await measure(servers, operation, plan))
    console.log(`${operation.name}: ${measured.at(-1)?.ratio.toFixed(2)} of the reference's rate`)
  }
  await stopServers()
  return { subleases, measured, search, poolSize: servers.poolSize }
}

/** What a person waits for; 0 leaves it out. */
async function paintedOn(subleases: number): Promise<Painted | null> {
  if (subleases === 0) return null
  console.log(`${subleases} subleases: filling, for the browser`)
  const database = await makeDatabase(postgres.ownerUrl, folder, subleases)
  const { api } = await startServers(database, [])
  const painted = await paint(database, api, subleases, rounds)
  await stopServers()
  return painted
}

async function tidy(): Promise<void> {
  await stopServers()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
