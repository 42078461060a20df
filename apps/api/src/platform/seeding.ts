import pg from 'pg'

/** Held while demo data is made, so that of several processes one makes it. */
const seedLock = 7_340_052

export interface SeedingOptions {
  readonly ownerUrl: string
  /** Makes roles and schema again, after a seeding that was cut short. */
  readonly migrate: () => Promise<unknown>
  readonly seed: () => Promise<void>
}

/**
 * Seeds a database without municipalities. The mark `demo` is set before the first row and `seeded` after the last:
 * a seeding that was killed is thrown away and made anew, and real data is never touched.
 */
export async function seedWhenEmpty(options: SeedingOptions): Promise<'seeded' | 'kept'> {
  const client = new pg.Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 5_000, application_name: 'kotoisa-seeding' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [seedLock])
    const marks = await readMarks(client)
    if (marks.seeded || (!marks.demo && marks.hasData)) return 'kept'
    if (marks.demo) {
      await client.query('drop schema public cascade; drop schema drizzle cascade; create schema public')
      await options.migrate()
    }
    await client.query("insert into installation (key, value) values ('demo', '1')")
    await options.seed()
    await client.query("insert into installation (key, value) values ('seeded', '1')")
    return 'seeded'
  } finally {
    await client.end()
  }
}

async function readMarks(client: pg.Client): Promise<{ demo: boolean; seeded: boolean; hasData: boolean }> {
  const { rows } = await client.query<{ demo: boolean; seeded: boolean; hasData: boolean }>(`
    select exists (select from installation where key = 'demo') as demo,
           exists (select from installation where key = 'seeded') as seeded,
           exists (select from municipalities) as "hasData"`)
  return rows[0] as { demo: boolean; seeded: boolean; hasData: boolean }
}
