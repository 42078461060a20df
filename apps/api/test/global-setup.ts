import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'
import { createSecrets, type Secrets } from '../src/platform/secrets.ts'
import { nativeOf } from './older-postgres.ts'

export interface TestServer {
  /** Superuser's connection to the database `postgres`. */
  readonly ownerUrl: string
  readonly template: string
  readonly secrets: Secrets
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

const template = 'kotoisa_template'

/** The API's and the browser's tests share one server, whichever project of vitest asks first. */
interface Shared {
  users: number
  started: Promise<{ server: TestServer; stop(): Promise<void> }>
}
const holder = globalThis as { kotoisaTestServer?: Shared }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (holder.kotoisaTestServer ??= { users: 0, started: start() })
  shared.users++
  project.provide('testServer', (await shared.started).server)
  return async () => {
    if (--shared.users > 0) return
    delete holder.kotoisaTestServer
    await (await shared.started).stop()
  }
}

async function start() {
  const folder = await mkdtemp(join(process.env['TEST_ROOT'] ?? tmpdir(), 'kotoisa-test-'))
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o711)
  const native = await nativeOf(process.env['PG_VERSION'])
  const postgres = await startEmbeddedPostgres({ dataDir: folder, unsafe: true, ...(native ? { native } : {}) })
  const stop = async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
    if (!postgres.data.startsWith(folder)) await rm(dirname(postgres.data), { recursive: true, force: true })
  }
  try {
    const secrets = createSecrets()
    await makeTemplate(postgres, secrets)
    return { server: { ownerUrl: postgres.ownerUrl('postgres'), template, secrets }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Migrated once; each test file gets a copy. */
async function makeTemplate(postgres: EmbeddedPostgres, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.ownerUrl('postgres') })
  await client.connect()
  try {
    await client.query(`create database ${template}`)
    await migrate({ ownerUrl: postgres.ownerUrl(template), secrets, demoData: false })
    await client.query(`alter database ${template} with is_template true allow_connections false`)
  } finally {
    await client.end()
  }
}
