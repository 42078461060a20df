import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import pg from 'pg'
import { runServer, type AppDeps } from '../src/platform/lifecycle.ts'

/** The process of server.ts around the smallest app that has something to lose; run by lifecycle.test.ts. */
async function buildApp({ database, lifecycle }: AppDeps) {
  const app = Fastify()
  app.get('/readyz', (_request, reply) => reply.code(lifecycle.phase === 'ready' ? 200 : 503).send())
  app.get('/slow/:ms', async (request) => {
    await pause(Number((request.params as { ms: string }).ms))
    return 'done'
  })
  app.get('/crash', async () => {
    setImmediate(() => {
      throw new Error('on purpose')
    })
    await pause(100)
    return 'done'
  })
  /** Two rows in one transaction: one without the other is a torn write. */
  app.put('/notes/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    const client = await database.connect()
    try {
      await client.query('begin')
      await client.query('insert into notes (id) values ($1) on conflict do nothing', [id])
      await client.query('insert into note_copies (id) values ($1) on conflict do nothing', [id])
      await client.query('commit')
    } finally {
      client.release()
    }
    return reply.code(201).send()
  })
  app.get('/notes', async () => {
    const ids = async (table: string) => (await database.query<{ id: string }>(`select id from ${table}`)).rows.map((row) => row.id)
    return { notes: await ids('notes'), copies: await ids('note_copies') }
  })
  return app
}

async function seed({ ownerUrl }: { ownerUrl: string }) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`create table notes (id text primary key); create table note_copies (id text primary key);
    grant select, insert on notes, note_copies to kotoisa_login`)
  await client.end()
}

await runServer(process.env, { buildApp, seed, greeting: (config) => `ready at ${config.publicUrl}` })
