// A small server that answers the same bytes from the same tables, written by hand on Fastify and pg; and below /raw what
// `select` and `JSON.stringify` cost alone. It knows neither tokens nor policies nor audit.
import { createHash, randomUUID } from 'node:crypto'
import { missingOnSublease, subleaseWarnings, type Day, type LeaseStatus } from '@kotoisa/domain'
import fastify from 'fastify'
import pg from 'pg'
import { municipality } from './fill.ts'
import { detail, firstPage, found, insertRent, insertSublease, insertTenant } from './reference-queries.ts'

interface Row extends Record<string, unknown> {
  readonly id: string
  readonly version: number
  readonly status: 'draft' | 'signed' | 'active'
  readonly term: 'fixedTerm' | 'indefinite'
  readonly effective_term: 'fixedTerm' | 'indefinite'
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly last_on: Day | null
  readonly ended_on: Day | null
  readonly head_status: 'draft' | 'signed' | 'active'
  readonly head_starts_on: Day
  readonly head_last_on: Day | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly security_form: 'deposit' | null
  readonly rent_parts: readonly { readonly cents: number; readonly startsOn: Day; readonly endsOn: Day | null }[]
  readonly tenants: readonly object[]
}

pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
pg.types.setTypeParser(1182 as never, (value: string) => (value === '{}' ? [] : value.slice(1, -1).split(',')))
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

const [port, url, poolSize] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolSize), idleTimeoutMillis: 0, pipeline: true } as pg.PoolConfig)
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date())

const statusOf = (status: Row['status'], lastOn: Day | null): LeaseStatus =>
  status !== 'draft' && lastOn !== null && lastOn < today ? 'ended' : status

function toSublease(row: Row): object {
  const status = statusOf(row.status, row.last_on)
  const notBefore = row.starts_on > today ? row.starts_on : today
  const day = row.last_on !== null && row.last_on < notBefore ? row.last_on : notBefore
  const rent = row.rent_parts.filter(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn >= day))
  const told = (on: unknown, channel: unknown) => (on === null ? null : { disclosedOn: on, channel })
  const body = {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    reference: row['reference'],
    status,
    scope: row['scope'],
    term: row.term,
    effectiveTerm: row.effective_term,
    written: row['written'],
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    effectiveEndsOn: row.last_on,
    terms: [{ startsOn: row.starts_on, endsOn: row.ends_on }],
    rentCents: rent.length === 0 ? null : rent.reduce((sum, { cents }) => sum + cents, 0),
    rentParts: row.rent_parts,
    dueDay: row['due_day'],
    securityCents: row['security_cents'],
    securityForm: row.security_form,
    securityLodgedOn: row['security_lodged_on'],
    homeInsuranceShownOn: row['home_insurance_shown_on'],
    disclosures: {
      tenant: told(row['tenant_told_on'], row['tenant_told_by']),
      landlord: told(row['landlord_told_on'], row['landlord_told_by']),
    },
    signedOn: row['signed_on'],
    activeOn: row['active_on'],
    endReason: row['end_reason'],
    missing: missingOnSublease({
      status,
      startsOn: row.starts_on,
      today,
      hasRent: row.rent_parts.length > 0,
      subletPermission: row['sublet_permission_on'] !== null,
      security: { form: row.security_form, lodged: row['security_lodged_on'] !== null },
      tenantCount: row.tenants.length,
      headLeaseStatus: statusOf(row.head_status, row.head_last_on),
      tenantDisclosed: row['tenant_told_on'] !== null,
      landlordDisclosed: row['landlord_told_on'] !== null,
      homeInsurance: row['home_insurance_shown_on'] !== null,
    }),
    warnings: subleaseWarnings(
      { startsOn: row.starts_on, endsOn: row.ends_on, term: row.term, effectiveTerm: row.effective_term, endedOn: row.ended_on },
      { startsOn: row.head_starts_on, endsOn: row.head_last_on },
    ),
    masked: false,
    headLease: { id: row['head_id'], reference: row['head_reference'] },
    flat: {
      id: row['flat_id'],
      reference: row['flat_reference'],
      address: row['address'],
      postalCode: row['postal_code'],
      postOffice: row['post_office'],
    },
    roomId: row['room_id'],
    roomName: row['room_name'],
    place: row['place'] === '' ? null : row['place'],
    landlord: { id: row['landlord_id'], name: row['landlord_name'] },
    household: { id: row['household_id'], reference: row['household_reference'], name: row['household_name'] },
    tenants: row.tenants,
    householdSize: row['household_size'],
    cityContact: row['city_contact'],
    note: row['note'],
  }
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)
  return { ...body, etag: `"${row.version}.${hash}"` }
}

const rows = async (query: { name: string; text: string }, ...values: unknown[]): Promise<Row[]> =>
  (await pool.query<Row>({ ...query, values: [municipality, today, ...values] })).rows
/** The cursor of the API is sealed with its own key: a text as long stands for it. */
const toPage = (all: readonly Row[], cursor: string | null) => ({
  items: all.slice(0, 50).map(toSublease),
  nextCursor: all.length > 50 ? cursor : null,
})
const cursor = 'x'.repeat(152)

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
async function create(body: NewSublease): Promise<object> {
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
app.get('/v1/subleases', async (request) => {
  const term = termOf(request.query)
  return toPage(term === undefined ? await rows(firstPage) : await rows(found, term), cursor)
})
app.get<{ Params: { id: string } }>('/v1/subleases/:id', async ({ params }) => toSublease((await rows(detail, params.id))[0] as Row))
app.post<{ Body: NewSublease }>('/v1/subleases', async ({ body }, reply) => reply.code(201).send(await create(body)))
app.get('/raw/subleases', async (request) => {
  const term = termOf(request.query)
  return term === undefined ? rows(firstPage) : rows(found, term)
})
app.get<{ Params: { id: string } }>('/raw/subleases/:id', async ({ params }) => rows(detail, params.id))
await Promise.all(Array.from({ length: Number(poolSize) }, () => pool.query('select 1')))
await app.listen({ host: '127.0.0.1', port: Number(port) })
process.send?.('ready')
