import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { loginUrl } from '../src/platform/migrate.ts'
import type { Secrets } from '../src/platform/secrets.ts'

export interface TestDatabase {
  readonly name: string
  /** The owner: makes what a test needs and looks past row level security. */
  readonly ownerUrl: string
  /** What the API connects with (`kotoisa_login`). */
  readonly appUrl: string
  /** Support's role (`kotoisa_read`). */
  readonly readUrl: string
  readonly secrets: Secrets
  drop(): Promise<void>
}

/**
 * A migrated database of its own, a copy of the template, dropped after the file. Call it once, at the top of a test
 * file or in `beforeAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await createDatabase('template')
  afterAll(() => database.drop())
  return database
}

/** The same without any table, for what migrates by itself. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createDatabase('empty')
  afterAll(() => database.drop())
  return database
}

async function createDatabase(kind: 'template' | 'empty'): Promise<TestDatabase> {
  const { ownerUrl, template, secrets } = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(ownerUrl, `create database ${name} ${kind === 'template' ? `template ${template} strategy file_copy` : ''}`)
  const url = new URL(ownerUrl)
  url.pathname = `/${name}`
  return {
    name,
    ownerUrl: url.href,
    appUrl: loginUrl(url.href, 'kotoisa_login', secrets.appDatabasePassword),
    readUrl: loginUrl(url.href, 'kotoisa_read', secrets.readDatabasePassword),
    secrets,
    drop: () => drop(ownerUrl, name),
  }
}

/** The server waits 5 s for connections that are just ending: one that is cut at once fails its test file. */
async function drop(ownerUrl: string, name: string): Promise<void> {
  try {
    await asOwner(ownerUrl, `drop database if exists ${name}`)
  } catch (error) {
    if ((error as { code?: string }).code !== '55006') throw error
    await asOwner(ownerUrl, `drop database if exists ${name} with (force)`)
  }
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
