import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test } from 'vitest'
import { demoPassword } from '../src/demo/cast.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { killRounds } from './kill-rounds.ts'
import { temporaryFolder, type TestProcess } from './process.ts'

/** Three in every run; `npm run drill` makes twenty. */
const rounds = Number(process.env['DRILL_ROUNDS'] ?? 3)

test(
  `${rounds} kills at random moments lose nothing acknowledged and tear nothing (DU-01, DU-02)`,
  { timeout: rounds * 40_000 },
  async () => {
    const figures = await killRounds(
      {
        options: { script: fileURLToPath(new URL('lifecycle-server.ts', import.meta.url)), env: { DATA_DIR: await temporaryFolder() } },
        write: async ({ url }, id) => (await fetch(`${url}/notes/${id}`, { method: 'PUT' })).status === 201,
        async read({ url }) {
          const { notes, copies } = (await (await fetch(`${url}/notes`)).json()) as { notes: string[]; copies: string[] }
          const torn = [...notes.filter((id) => !copies.includes(id)), ...copies.filter((id) => !notes.includes(id))]
          return { whole: notes, torn }
        },
      },
      rounds,
    )
    expect(figures.acknowledged).toBeGreaterThan(rounds)
    expect(figures.slowestStartMs).toBeLessThan(60_000)
    if (process.env['DRILL_ROUNDS']) console.log(figures)
  },
)

const tokens = new WeakMap<TestProcess, Promise<string>>()

/** Signed in once a process; a killed one answers no more. */
function tokenOf(server: TestProcess): Promise<string> {
  const known = tokens.get(server)
  if (known) return known
  const asked = fetch(`${server.url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'koordinaattori@jyvaskyla.example', password: demoPassword }),
  }).then(async (answer) => ((await answer.json()) as { accessToken: string }).accessToken)
  tokens.set(server, asked)
  return asked
}

/** Areas that were made, and those that lack their row in the log, the outbox or the idempotency store, or the other way round. */
async function areasIn(dataDir: string): Promise<{ whole: string[]; torn: string[] }> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  const client = new pg.Client({ connectionString: postgres.ownerUrl('kotoisa') })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string | null; rows: number }>(`
      with made as (
        select coalesce(a.id, k.record_id) as area_id, a.name
        from areas a full join (select record_id from idempotency_keys where operation = 'createArea') k on k.record_id = a.id
        where a.name like 'drill %' or a.name is null)
      select name, (select count(*) from audit_entries e where e.record_id = area_id and e.action = 'area.created')::int
                 + (select count(*) from outbox o where o.record_id = area_id and o.type = 'area.created')::int
                 + (select count(*) from idempotency_keys k where k.record_id = area_id)::int as rows
      from made`)
    const ids = rows.map(({ name }) => name?.replace('drill ', '') ?? 'nameless')
    return { whole: ids, torn: ids.filter((_, index) => rows[index]?.rows !== 3) }
  } finally {
    await client.end()
    await postgres.stop()
  }
}

test(
  `the API under ${rounds} kills: what it acknowledged is there with its log, its event and its key, once (DU-01, DP-05)`,
  { timeout: 60_000 + rounds * 60_000 },
  async () => {
    const dataDir = await temporaryFolder()
    const figures = await killRounds(
      {
        options: {
          script: fileURLToPath(new URL('../src/server.ts', import.meta.url)),
          env: { DATA_DIR: dataDir, RATE_LIMIT: '1000000', LOG_LEVEL: 'silent' },
        },
        async write(server, id) {
          const answer = await fetch(`${server.url}/v1/areas`, {
            method: 'POST',
            headers: { authorization: `Bearer ${await tokenOf(server)}`, 'content-type': 'application/json', 'idempotency-key': id },
            body: JSON.stringify({ name: `drill ${id}` }),
          })
          return answer.status === 201
        },
        read: () => areasIn(dataDir),
      },
      rounds,
    )
    expect(figures.acknowledged).toBeGreaterThan(rounds)
    if (process.env['DRILL_ROUNDS']) console.log(figures)
  },
)
