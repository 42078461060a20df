import { randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from './database.ts'
import { launch, temporaryFolder, until } from './process.ts'

const script = fileURLToPath(new URL('../src/worker.ts', import.meta.url))
const database = await testDatabase()
const owner = new pg.Client({ connectionString: database.ownerUrl })
await owner.connect()
afterAll(() => owner.end())

async function environment(): Promise<Record<string, string>> {
  const folder = await temporaryFolder()
  const SECRETS_FILE = join(folder, 'secrets.json')
  await writeFile(SECRETS_FILE, JSON.stringify(database.secrets), { mode: 0o600 })
  return { DATABASE_URL: database.ownerUrl, SECRETS_FILE, DATA_DIR: folder }
}

test('workers beside one another do the nightly work once, and stop when told', async () => {
  const municipality = randomUUID()
  await owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Toinen')", [municipality])
  await owner.query(
    `insert into idempotency_keys (municipality_id, principal_id, operation, key_hash, request_hash, status, response, created_at)
     values ($1, $1, 'createArea', $2, $2, 201, $2, '2020-01-01Z')`,
    [municipality, randomBytes(32)],
  )
  const env = await environment()
  const workers = [await launch({ script, env }), await launch({ script, env })]
  const outputs = () => workers.map((worker) => worker.output()).join('\n')
  await until(() => outputs().split('the worker runs').length === 3 && outputs().split('job done').length === 3, 30_000)
  expect((await owner.query('select from idempotency_keys')).rowCount).toBe(0)
  expect(outputs().split('job done')).toHaveLength(3)
  for (const worker of workers) worker.child.kill('SIGTERM')
  for (const worker of workers) {
    const { code, ms } = await worker.ended()
    expect(code).toBe(0)
    expect(ms).toBeLessThan(5_000)
  }
})

test('the nightly work stands in the schedule, at a time of Helsinki', async () => {
  const { rows } = await owner.query('select name, cron, timezone from jobs.schedule')
  const timezone = 'Europe/Helsinki'
  expect(rows.toSorted((one, other) => (one.cron < other.cron ? -1 : 1))).toEqual([
    { name: 'forget-old', cron: '20 3 * * *', timezone },
    { name: 'forget-drafts', cron: '40 3 * * *', timezone },
  ])
})

test('without DATABASE_URL a worker is refused: the embedded database is its server’s own', async () => {
  const { DATA_DIR = '' } = await environment()
  const worker = await launch({ script, env: { DATA_DIR } })
  expect((await worker.ended()).code).toBe(1)
  expect(worker.output()).toContain('A worker needs DATABASE_URL')
})
