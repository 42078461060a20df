// A small server that answers the same bytes from the same tables, written by hand on Fastify and pg; and below /raw what
// `select` and `JSON.stringify` cost alone. It knows neither tokens nor policies nor audit.
import { randomUUID } from 'node:crypto'
import type { Day } from '@kotoisa/domain'
import fastify from 'fastify'
import pg from 'pg'
import { municipality } from './fill.ts'
import { today, toSublease, type Row } from './reference-answer.ts'
import { detail, firstPage, found, insertRent, insertSublease, insertTenant } from './reference-queries.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
pg.types.setTypeParser(1182 as never, (value: string) => (value === '{}' ? [] : value.slice(1, -1).split(',')))
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

const [port, url, poolSize] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolSize), idleTimeoutMillis: 0, pipeline: true } as pg.PoolConfig)
const rows = async (query: { name: string; text: string }, ...values: unknown[]): Promise<Row[]> =>
  (await pool.query<Row>({ ...query, values: [municipality, today, ...values] })).rows
/** The cursor of the API is sealed with its own key: a text as long stands for it. */
const toPage = (all: readonly Row[]): string =>
  `{"items":[${all.slice(0, 50).map(toSublease).join()}],"nextCursor":${all.length > 50 ? cursor : null}}`
const cursor = `"${'x'.repeat(108)}"`

interface NewSublease {
  readonly headLeaseId: string
  readonly householdId: string
  readonly tenantIds: readonly [string]
  readonly scope: string
  readonly term: string
  readonly startsOn: Day
  readonly dueDay: number
  readonly securityCents: number
  readonly securityForm: string
  readonly rentParts: readonly { readonly kind: string; readonly cents: number }[]
}

/** Sublease, rent and tenant in one transaction, sent in one go, and the record as a read gives it. */
async function create(body: NewSublease): Promise<string> {
  const id = randomUUID()
  const client = await pool.connect()
  try {
    const sent = [
      client.query('begin'),
      client.query({ name: 'municipality', text: `select set_config('app.municipality', $1, true)`, values: [municipality] }),
      client.query({
        ...insertSublease,
        values: [
          municipality,
          id,
          today,
          body.headLeaseId,
          body.householdId,
          body.scope,
          body.term,
          body.startsOn,
          body.dueDay,
          body.securityCents,
          body.securityForm,
        ],
      }),
      client.query({
        ...insertRent,
        values: [municipality, id, body.startsOn, body.rentParts.map(({ kind }) => kind), body.rentParts.map(({ cents }) => cents)],
      }),
      client.query({ ...insertTenant, values: [municipality, id, body.tenantIds[0]] }),
      client.query<Row>({ ...detail, values: [municipality, today, id] }),
      client.query('commit'),
    ]
    const answers = await Promise.all(sent)
    return toSublease(answers[5]?.rows[0] as Row)
  } finally {
    client.release()
  }
}

const app = fastify()
app.setSerializerCompiler(() => JSON.stringify)
const termOf = (query: unknown) =>
  (query as { q?: string }).q
    ?.toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
const json = 'application/json; charset=utf-8'
app.get('/v1/subleases', async (request, reply) => {
  const term = termOf(request.query)
  return reply.type(json).send(toPage(term === undefined ? await rows(firstPage) : await rows(found, term)))
})
app.get<{ Params: { id: string } }>('/v1/subleases/:id', async ({ params }, reply) =>
  reply.type(json).send(toSublease((await rows(detail, params.id))[0] as Row)),
)
app.post<{ Body: NewSublease }>('/v1/subleases', async ({ body }, reply) =>
  reply
    .code(201)
    .type(json)
    .send(await create(body)),
)
app.get('/raw/subleases', async (request) => {
  const term = termOf(request.query)
  return term === undefined ? rows(firstPage) : rows(found, term)
})
app.get<{ Params: { id: string } }>('/raw/subleases/:id', async ({ params }) => rows(detail, params.id))
await Promise.all(Array.from({ length: Number(poolSize) }, () => pool.query('select 1')))
await app.listen({ host: '127.0.0.1', port: Number(port) })
process.send?.('ready')
