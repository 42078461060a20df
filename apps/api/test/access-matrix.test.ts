import { readFileSync } from 'node:fs'
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
 * changes; 404 is somebody else's record, 403 no right at all.
 */
const file = new URL('../access-matrix.json', import.meta.url)
type Row = Record<string, number | string[]>
type Matrix = Record<string, Row>

const { app, world } = await moduleWorld({ demoData: true })
const ids: Record<string, string> = {}
const callers: Record<string, As | null> = { anonymous: null }

beforeAll(async () => {
  const flat = await world.addFlat()
  const household = await world.addHousehold()
  const head = await world.activeHeadLease(flat)
  const let_ = await world.made('/v1/subleases', sublease(head.id, household))
  Object.assign(ids, {
    landlords: world.landlord,
    areas: world.area,
    buildings: world.building,
    flats: flat,
    rooms: await world.addRoom(flat),
    persons: household.tenant,
    households: household.id,
    'head-leases': head.id,
    subleases: let_.id,
  })
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
    clientWithOne: await world.asClient(['areas:write'] satisfies Scope[]),
    otherMunicipality: `Bearer ${await coordinatorElsewhere(elsewhere)}`,
  })
})

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

interface Operation {
  readonly name: string
  readonly method: 'get' | 'post' | 'patch' | 'delete'
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

async function ask(operation: Operation, as: As | null): Promise<number | string[]> {
  const noun = operation.url.split('/')[2] ?? ''
  const url = operation.url.replace('{id}', ids[noun] ?? 'none')
  const sent = request(app.server)[operation.method](url).set('idempotency-key', randomUUID())
  if (as !== null) sent.set('authorization', as)
  if (operation.method === 'post' || operation.method === 'patch') sent.send(bodies[operation.url.split('/').at(-1) ?? ''] ?? {})
  const { status, body } = await sent
  if (status !== 200 || operation.method !== 'get') return status
  const shown = (body as { items?: object[] }).items
  const record = shown === undefined ? (body as object) : shown.find((item) => (item as { id?: string }).id === ids[noun])
  return record === undefined ? ['no row'] : Object.keys(record).toSorted()
}

test('AZ-02, AZ-03, AZ-09, AZ-10, AZ-16 every operation answers every role as the matrix says; somebody else’s record is 404 (Z35)', async () => {
  const found: Matrix = {}
  for (const operation of operations()) {
    const row: Row = {}
    for (const [name, as] of Object.entries(callers)) row[name] = await ask(operation, as)
    found[`${operation.name} ${operation.method.toUpperCase()} ${operation.url}`] = row
  }
  const reviewed = JSON.parse(readFileSync(file, 'utf8')) as Matrix
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(reviewed).toSorted())
  for (const [operation, row] of Object.entries(found)) expect({ [operation]: row }).toEqual({ [operation]: reviewed[operation] })
})
