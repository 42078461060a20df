import { readFileSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { scopes, type Scope } from '@kotoisa/domain'
import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { documentOf } from '../src/platform/openapi.ts'
import { moduleWorld } from './module-world.ts'
import { LeaseWorld, sublease, type As } from './lease-world.ts'

/**
 * Who gets what from every operation: apps/api/access-matrix.json, reviewed by hand against the rights of docs/architecture.md.
 * Numbers are statuses. A write is sent without what it needs (If-Match, body), so that 428 and 400 mean "let in" and nothing
 * changes; 404 is somebody else's record, 403 no right at all; of a record the names of its fields. `protected` asks the same
 * of the records of a household under a non-disclosure order, and of a record only the fields that are told: not null.
 * `WRITE_ACCESS_MATRIX=1 pnpm test access-matrix` writes what is found, for the review that has to follow.
 */
const file = new URL('../access-matrix.json', import.meta.url)
type Answer = number | string[]
type Row = Record<string, Answer>
type Matrix = Record<string, Row>
type Ids = Record<string, string>

const { app, world } = await moduleWorld({ demoData: true })
const openIds: Ids = {}
const protectedIds: Ids = {}
const callers: Record<string, As | null> = { anonymous: null }
const draft = 'area:new'

beforeAll(async () => {
  const [open, hidden] = [await letHome(), await letHome()]
  await world.protect(hidden.household.tenant)
  Object.assign(openIds, { landlords: world.landlord, areas: world.area, buildings: world.building, ...open.ids })
  Object.assign(protectedIds, hidden.ids)
  for (const [noun, id] of [...Object.entries(openIds), ...Object.entries(protectedIds)]) await addHistory(noun, id)
  await addHistory('settings', world.municipality)
  const stranger = await world.addLandlord('Toinen säätiö')
  const elsewhere = new LeaseWorld(app, randomUUID())
  await app.owner.query("insert into municipalities (id, code, name) values ($1, '837', 'Tampere')", [elsewhere.municipality])
  Object.assign(callers, {
    coordinator: await world.as('coordinator'),
    finance: await world.as('finance'),
    supportWorker: await world.as('supportWorker'),
    admin: await world.as('admin'),
    auditor: await world.as('auditor'),
    landlord: await world.as('landlord'),
    otherLandlord: await world.as('landlord', stranger),
    clientWithAll: await world.asClient(scopes.filter((scope) => scope !== 'protected:read')),
    clientWithProtected: await world.asClient(scopes),
    clientOfLandlord: await clientOfLandlord(),
    clientWithOne: await world.asClient(['areas:write'] satisfies Scope[]),
    otherMunicipality: `Bearer ${await coordinatorElsewhere(elsewhere)}`,
  })
  for (const as of Object.values(callers)) await keepDraft(as)
  openIds['views'] = (await world.made('/v1/views', { list: 'subleases' })).id
  openIds['users'] = (await app.person('kohde@kunta.example', { roles: ['finance'] })).id
  await app.signIn('kohde@kunta.example')
  openIds['organisation-users'] = (await app.person('kohde@talo.example', { roles: ['landlord'], landlordId: world.landlord })).id
  openIds['api-clients'] = (await app.client('kohde')).id
})

/** Everybody reads the own drafts alone, so that everybody needs one. */
async function keepDraft(as: As | null): Promise<void> {
  if (as !== null) await request(app.server).put(`/v1/drafts/${draft}`).set('authorization', as).send({})
}

/** A home that is let to a household, of whose tenant the landlord was told. */
async function letHome() {
  const flat = await world.addFlat()
  const household = await world.addHousehold()
  const head = await world.activeHeadLease(flat)
  const { id } = await world.made('/v1/subleases', sublease(head.id, household))
  await world.done(`/v1/subleases/${id}/disclosures`, { to: 'landlord', disclosedOn: '2026-11-20' })
  const room = await world.addRoom(flat)
  const days = { startsOn: '2026-01-01', endsOn: '2026-01-31' }
  const vacancy = await world.made('/v1/vacancies', { flatId: flat, ...days, reason: 'turnover', bornBy: 'municipality' })
  return {
    household,
    ids: {
      flats: flat,
      rooms: room,
      persons: household.tenant,
      households: household.id,
      'head-leases': head.id,
      subleases: id,
      vacancies: vacancy.id,
    },
  }
}

/** A change with values and a reason, as commands write them: some of the records were put in without. */
async function addHistory(noun: string, id: string): Promise<void> {
  const resource = noun
    .replace(/ies$/, 'y')
    .replace(/(?<!^setting)s$/, '')
    .replace(/-(\w)/, (_, letter: string) => letter.toUpperCase())
  await app.owner.query(
    `insert into audit_entries (municipality_id, id, at, action, actor_kind, resource, record_id, reason, changes)
     values ($1, $2, $3, $4 || '.updated', 'job', $4, $5, 'Syy', '[{"field": "note", "before": "a", "after": "b"}]')`,
    [world.municipality, randomUUID(), app.time.now, resource, id],
  )
}

/** A client that is limited to the landlord has scopes that read, and no others. */
async function clientOfLandlord(): Promise<As> {
  const readable = scopes.filter((scope) => scope.endsWith(':read') && scope !== 'protected:read')
  const { secret } = await app.client('talon-ohjelma', readable, world.landlord)
  return `Bearer ${(await app.token('talon-ohjelma', secret)).body.access_token as string}`
}

async function coordinatorElsewhere(elsewhere: LeaseWorld): Promise<string> {
  const email = 'coordinator@toinen.example'
  const { id } = await app.person(email, { roles: ['coordinator'] })
  // The account is moved with its row in the directory: accounts are made in the municipality of the test otherwise.
  await app.owner.query('update users set municipality_id = $1 where id = $2', [elsewhere.municipality, id])
  await app.owner.query('update sign_in_directory set municipality_id = $1 where subject_id = $2', [elsewhere.municipality, id])
  return (await app.signIn(email)).body.accessToken as string
}

/** Bodies that the schema lets through, where the id decides: the record's own version is never sent. */
const bodies: Record<string, object> = {
  sign: { signedOn: '2026-11-20' },
  activate: { activeOn: '2026-11-24' },
  end: { endsOn: '2026-12-31', reason: 'agreement' },
  extend: { endsOn: null },
  revert: { reason: 'Virhe' },
  'rent-parts': { kind: 'sauna', cents: 100, startsOn: '2027-01-01' },
  disclosures: { to: 'tenant', disclosedOn: '2026-11-20' },
  'address-protection': { grantedOn: '2026-11-20', endsOn: null },
}

/** What a question cannot do without. */
const queries: Record<string, string> = { search: '?q=esimerkki' }

interface Operation {
  readonly name: string
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  readonly url: string
}

function operations(): Operation[] {
  const { paths } = documentOf(app.app) as unknown as { paths: Record<string, Record<string, { operationId: string }>> }
  const all = Object.entries(paths).flatMap(([url, path]) =>
    Object.entries(path).map(([method, { operationId }]) => ({ name: operationId, method: method as Operation['method'], url })),
  )
  // Signing out ends the caller's session: last.
  return all.toSorted((a, b) => Number(a.name === 'endCurrentSession') - Number(b.name === 'endCurrentSession'))
}

async function ask({ name, method, url }: Operation, ids: Ids, as: As | null, fieldsOf: (record: object) => string[]): Promise<Answer> {
  const noun = url.split('/')[2] ?? ''
  const to = request(app.server)[method]
  const address = url.replace('{id}', ids[noun] ?? 'none').replace('{form}', draft) + (queries[name] ?? '')
  const sent = to(address).set('idempotency-key', randomUUID())
  if (as !== null) sent.set('authorization', as)
  if (method === 'post' || method === 'patch' || method === 'put') sent.send(bodies[url.split('/').at(-1) ?? ''] ?? {})
  const { status, body } = await sent
  if (status !== 200 || method !== 'get') return status
  const { items } = body as { items?: { id?: string }[] }
  if (items === undefined) return fieldsOf(body as object)
  // Entries of a history and sessions have ids of their own.
  const isOfRecords = ids[noun] !== undefined && !/\/(history|sessions)$/.test(url)
  const item = isOfRecords ? items.find(({ id }) => id === ids[noun]) : items[0]
  return item === undefined ? ['no row'] : fieldsOf(item)
}

const names = (record: object): string[] => Object.keys(record).toSorted()
const told = (record: object): string[] => names(record).filter((name) => (record as Record<string, unknown>)[name] !== null)

async function askAll(asked: readonly Operation[], ids: Ids, fieldsOf: (record: object) => string[]): Promise<Matrix> {
  const found: Matrix = {}
  for (const operation of asked) {
    const row: Row = {}
    for (const [name, as] of Object.entries(callers)) row[name] = await ask(operation, ids, as, fieldsOf)
    found[`${operation.name} ${operation.method.toUpperCase()} ${operation.url}`] = row
  }
  return found
}

test(
  'AZ-02, AZ-03, AZ-09, AZ-10, AZ-16 every operation answers every role as the matrix says; somebody else’s record is 404 (Z35)',
  { timeout: 60_000 },
  async () => {
    const ofProtected = operations().filter(({ url }) => protectedIds[url.split('/')[2] ?? ''] !== undefined)
    // The protected first: the last of all signs the callers out.
    const hidden = await askAll(ofProtected, protectedIds, told)
    const found: Record<string, Matrix> = { open: await askAll(operations(), openIds, names), protected: hidden }
    if (process.env['WRITE_ACCESS_MATRIX'] === '1') writeFileSync(file, JSON.stringify(found, null, 2))
    const reviewed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Matrix>
    for (const [part, matrix] of Object.entries(found)) {
      expect(Object.keys(matrix).toSorted()).toEqual(Object.keys(reviewed[part] ?? {}).toSorted())
      for (const [operation, row] of Object.entries(matrix))
        expect({ [operation]: row }).toEqual({ [operation]: reviewed[part]?.[operation] })
    }
  },
)

test('whoever may read a list or a history has a row in the matrix, so that its fields are compared; no cell is a fault of ours', () => {
  const reviewed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Matrix>
  const faults = Object.values(reviewed)
    .flatMap(Object.values<Row>)
    .flatMap((row) => Object.values(row).filter((answer) => Number(answer) >= 500))
  expect(faults).toEqual([])
  const empty = Object.entries(reviewed).flatMap(([part, matrix]) =>
    Object.entries(matrix).flatMap(([operation, row]) =>
      Object.entries(row)
        .filter(([, answer]) => Array.isArray(answer) && answer[0] === 'no row')
        .map(([caller]) => `${part} ${operation.split(' ')[0]} ${caller}`),
    ),
  )
  // Somebody else's records: the other landlord's and the other municipality's lists are without them; views are one person's;
  // a search finds nothing where its caller may list nothing.
  const expected = / ((list\w+|search|getToday) (otherLandlord|otherMunicipality)|listViews \w+|search (auditor|clientWithOne))$/
  expect(empty.filter((one) => !expected.test(one))).toEqual([])
})
