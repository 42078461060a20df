import type { FastifyInstance } from 'fastify'
import { Writable } from 'node:stream'
import pg from 'pg'
import request, { type Response } from 'supertest'
import { afterAll } from 'vitest'
import type { Config } from '../src/config.ts'
import { buildApp, type AppOptions } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { compareAnswers } from './compare-answers.ts'
import { inTransaction, openDatabase } from '../src/platform/database.ts'
import type { AppDeps } from '../src/platform/lifecycle.ts'
import { createLog } from '../src/platform/log.ts'
import type { Scope } from '@kotoisa/domain'
import { testDatabase, type TestDatabase } from './database.ts'
import { createUser, type NewUser } from '../src/modules/access/users.ts'
import { createApiClient } from '../src/modules/access/api-clients.ts'
import { hashPassword } from '../src/modules/access/password-hashing.ts'
import { newId } from '../src/platform/ids.ts'
import type { WriteCtx } from '../src/platform/context.ts'

export interface Start {
  readonly config?: Partial<Config>
  readonly options?: AppOptions
  /** Another app's, for a second process beside it. */
  readonly database?: TestDatabase
  readonly appUrl?: string
}

/** The application as it runs, on a database of its own, with a clock that the test moves. Each answer is compared with its schema (ER-04). */
export async function startApp({ config: change = {}, options = {}, database: given, appUrl }: Start = {}) {
  const database = given ?? (await testDatabase())
  const time = { now: new Date('2026-11-24T09:00:00Z') }
  const lines: string[] = []
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _e, done) => (lines.push(String(chunk)), done()),
    }),
  )
  const pool = openDatabase({ url: appUrl ?? database.appUrl, poolSize: 4, log })
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  const config: Config = { ...loadConfig({}), rateLimit: 100_000, ...change }
  const deps: AppDeps = {
    config,
    secrets: database.secrets,
    database: pool,
    clock: () => new Date(time.now),
    log,
    lifecycle: { phase: 'ready' },
  }
  const app = await buildApp(deps, {
    webRoot: null,
    ...options,
    extend: (routes) => {
      compareAnswers(routes.app)
      return options.extend?.(routes)
    },
  })
  await app.ready()
  afterAll(async () => {
    await app.close()
    await pool.end()
    await owner.end()
  })
  return new AccessApp(app, deps, time, lines, owner, database)
}

export const password = 'correct horse battery staple'
let hashed: Promise<string> | undefined

export class AccessApp {
  readonly app: FastifyInstance
  readonly deps: AppDeps
  readonly time: { now: Date }
  readonly lines: string[]
  readonly owner: pg.Pool
  readonly database: TestDatabase
  #municipality: Promise<string> | undefined

  constructor(app: FastifyInstance, deps: AppDeps, time: { now: Date }, lines: string[], owner: pg.Pool, database: TestDatabase) {
    this.app = app
    this.deps = deps
    this.time = time
    this.lines = lines
    this.owner = owner
    this.database = database
  }

  get server() {
    return this.app.server
  }

  municipality(): Promise<string> {
    return (this.#municipality ??= (async () => {
      const id = newId(this.time.now)
      await this.owner.query("insert into municipalities (id, code, name) values ($1, '179', 'Jyväskylä')", [id])
      return id
    })())
  }

  /** Runs a command as the program, in the municipality. */
  async asJob<T>(work: (ctx: WriteCtx) => Promise<T>): Promise<T> {
    const actor = { kind: 'job', id: 'test', name: 'test', municipalityId: await this.municipality() } as const
    return inTransaction(
      this.deps.database,
      { actor, now: this.deps.clock(), log: this.deps.log, requestId: 'test', sourceAddress: null },
      work,
    )
  }

  async person(email: string, change: Partial<NewUser> = {}): Promise<{ id: string; email: string }> {
    const passwordHash = await (hashed ??= hashPassword(password))
    const id = await this.asJob((ctx) =>
      createUser(ctx, this.deps.secrets.directoryKey, { email, name: 'Aino Esimerkki', roles: ['coordinator'], passwordHash, ...change }),
    )
    return { id, email }
  }

  client(clientId: string, scopes: readonly Scope[] = ['landlords:read'], landlordId: string | null = null) {
    return this.asJob((ctx) => createApiClient(ctx, this.deps.secrets.directoryKey, { clientId, name: 'Ohjelma', scopes, landlordId }))
  }

  signIn(email: string, given = password) {
    return request(this.server).post('/v1/sessions').send({ email, password: given })
  }

  refresh(token: string, headers: Record<string, string> = {}) {
    return request(this.server)
      .post('/v1/sessions/refresh')
      .set({
        cookie: `__Host-kotoisa-refresh=${token}`,
        origin: this.deps.config.publicUrl,
        'x-requested-with': 'XMLHttpRequest',
        ...headers,
      })
  }

  current(accessToken: string) {
    return request(this.server).get('/v1/sessions/current').set('authorization', `Bearer ${accessToken}`)
  }

  token(clientId: string, secret: string, form: Record<string, string> = {}) {
    return request(this.server)
      .post('/oauth/token')
      .auth(clientId, secret)
      .type('form')
      .send({ grant_type: 'client_credentials', ...form })
  }

  later(seconds: number) {
    this.time.now = new Date(this.time.now.getTime() + seconds * 1000)
  }
}

/** The refresh token that an answer sets. */
export const cookieIn = (answer: Response): string => /__Host-kotoisa-refresh=([^;]*)/.exec(String(answer.headers['set-cookie']))?.[1] ?? ''
