import { createHmac, createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { migrateJobs } from './jobs.ts'
import type { Secrets } from './secrets.ts'

export interface MigrateOptions {
  /** Connection of the database's owner. */
  readonly ownerUrl: string
  /** Set where the roles were made by hand; then nothing about roles is changed here. */
  readonly appUrl?: string | null
  readonly secrets: Pick<Secrets, 'appDatabasePassword' | 'readDatabasePassword'>
  /** False refuses a database that holds demo data. */
  readonly demoData: boolean
}

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Held while roles and schema are changed: of several processes one works, the others wait and find it done (CO-09). */
const migrationLock = 7_340_050
const roles = ['kotoisa_app', 'kotoisa_login', 'kotoisa_read'] as const

/** Brings roles and schema up to date and gives the connection that the runtime uses: a role that owns nothing (AZ-07). */
export async function migrate(options: MigrateOptions): Promise<{ appUrl: string }> {
  const client = new pg.Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 5_000, application_name: 'kotoisa-migrate' })
  // The error of the statement under way tells it; an unheard 'error' event would end the process first.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await refuseOldServer(client)
    if (!options.demoData) await refuseDemoData(client)
    if (options.appUrl) await refuseMissingRoles(client)
    else await ensureRoles(client, options.secrets)
    await runMigrations(drizzle(client), { migrationsFolder })
    await migrateJobs(client)
  } finally {
    await client.end()
  }
  return { appUrl: options.appUrl ?? loginUrl(options.ownerUrl, 'kotoisa_login', options.secrets.appDatabasePassword) }
}

/** The same database under another role. */
export function loginUrl(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = role
  url.password = password
  return url.href
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number }>(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int as number",
  )
  const server = rows[0]
  if (server && server.number < 160_000) throw new Error(`The database is PostgreSQL ${server.version}; Kotoisa needs 16 or newer.`)
}

/** Demo logins have known passwords: they must never stand beside real data. */
async function refuseDemoData(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('public.installation') is not null as there")
  if (!rows[0]?.there) return
  const { rowCount } = await client.query("select from public.installation where key = 'demo' and value = '1'")
  if (rowCount)
    throw new Error('This database holds demo data, whose passwords everybody knows, and DEMO_DATA is 0: use an empty database.')
}

async function refuseMissingRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [roles])
  const missing = roles.filter((role) => !rows.some((row) => row.rolname === role))
  if (missing.length > 0)
    throw new Error(
      `With DATABASE_APP_URL the roles are made by hand, and ${missing.join(', ')} is missing: see docs/operations.md, roles.`,
    )
}

/** Roles belong to the whole server, so processes that migrate other databases of it may be at the same rows. */
async function ensureRoles(client: pg.Client, secrets: MigrateOptions['secrets']): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name')
  const database = rows[0]?.name as string
  const login = client.escapeLiteral(scramVerifier(secrets.appDatabasePassword))
  const read = client.escapeLiteral(scramVerifier(secrets.readDatabasePassword))
  for (const role of roles) {
    await onceMore(async () => {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
      if (!rowCount) await client.query(`create role ${role} nologin noinherit`)
    })
  }
  for (const statement of [
    `alter role kotoisa_login login noinherit password ${login}`,
    `alter role kotoisa_read login password ${read}`,
    // Support works on what it reads for longer than a request may, but not for ever.
    `alter role kotoisa_read set default_transaction_read_only = on`,
    `grant kotoisa_app to kotoisa_login with inherit false, set true`,
    `revoke all on database ${database} from public`,
    `grant connect on database ${database} to kotoisa_login, kotoisa_read`,
  ]) {
    await onceMore(() => client.query(statement))
  }
}

/** 23505 and 42710: another process made it first. XX000: "tuple concurrently updated". */
async function onceMore(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      const isRace =
        code === '23505' ||
        code === '42710' ||
        code === '40001' ||
        code === '40P01' ||
        (code === 'XX000' && message.includes('concurrently'))
      if (code === '42501')
        throw new Error(
          'The user of DATABASE_URL may not make roles: make them by hand and set DATABASE_APP_URL (docs/operations.md, roles).',
          { cause: error },
        )
      if (!isRace || attempt === 20) throw error
      await pause(5 + Math.random() * 20 * attempt)
    }
  }
}

/** What PostgreSQL stores (RFC 5803): sent instead of the password, so that no log of statements ever holds it. */
function scramVerifier(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`
}
