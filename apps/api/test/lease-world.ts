import type { Role, Scope } from '@kotoisa/domain'
import { randomUUID } from 'node:crypto'
import request, { type Response } from 'supertest'
import type { AccessApp } from './access-app.ts'
import { LeaseRows } from './lease-rows.ts'

export type Body = Record<string, unknown>
/** `Bearer …` of somebody. */
export type As = string

/**
 * One municipality with a landlord, a building and people of every role, over HTTP. What leases stand on (flats,
 * households) is put in as rows: their own modules are tested by themselves.
 */
export class LeaseWorld extends LeaseRows {
  readonly app: AccessApp
  readonly #tokens = new Map<string, Promise<As>>()
  readonly #people = new Set<string>()

  constructor(app: AccessApp, municipality: string) {
    super(app.owner, municipality)
    this.app = app
  }

  // Callers -------------------------------------------------------------------------------------------------

  #once(name: string, make: () => Promise<As>): Promise<As> {
    let token = this.#tokens.get(name)
    if (!token) this.#tokens.set(name, (token = make()))
    return token
  }

  as(role: Role, landlordId: string | null = role === 'landlord' ? this.landlord : null): Promise<As> {
    return this.#once(`${role}${landlordId ?? ''}`, async () => {
      const email = `${role}.${landlordId ?? 'city'}@kunta.example`.toLowerCase()
      if (!this.#people.has(email)) await this.app.person(email, { roles: [role], landlordId })
      this.#people.add(email)
      return `Bearer ${(await this.app.signIn(email)).body.accessToken as string}`
    })
  }

  asClient(scopes: readonly Scope[]): Promise<As> {
    return this.#once(scopes.join(' '), async () => {
      const clientId = `client-${this.next()}`
      const secret = await this.app.client(clientId, scopes)
      return `Bearer ${(await this.app.token(clientId, typeof secret === 'string' ? secret : (secret as { secret: string }).secret)).body.access_token as string}`
    })
  }

  /** Runs it so many days later; everybody signs in anew, since tokens do not live that long. */
  async later<T>(days: number, run: () => Promise<T>): Promise<T> {
    const move = (by: number) => {
      this.app.later(by * 86_400)
      this.#tokens.clear()
    }
    move(days)
    try {
      return await run()
    } finally {
      move(-days)
    }
  }

  // Requests ------------------------------------------------------------------------------------------------

  async get(url: string, as?: As): Promise<Response> {
    return request(this.app.server)
      .get(url)
      .set('authorization', as ?? (await this.as('coordinator')))
  }

  async send(
    method: 'get' | 'post' | 'patch' | 'delete',
    url: string,
    body?: Body,
    headers: Record<string, string> = {},
    as?: As,
  ): Promise<Response> {
    const to = request(this.app.server)[method](url)
    const sent = to.set({ authorization: as ?? (await this.as('coordinator')), 'idempotency-key': randomUUID(), ...headers })
    return body === undefined ? sent : sent.send(body)
  }

  /** A change of one record on its newest version, as the coordinator sees it. */
  async change(method: 'post' | 'patch' | 'delete', url: string, body?: Body, as?: As): Promise<Response> {
    const [record = ''] = /^\/v1\/[a-z-]+\/[^/]+/.exec(url) ?? []
    const { body: known } = await this.get(record)
    return this.send(method, url, body, { 'if-match': (known as { etag?: string }).etag ?? '"1.x"' }, as)
  }

  /** Makes it and gives the body; fails where it is refused. */
  async made(url: string, body: Body): Promise<{ id: string; etag: string } & Body> {
    const answer = await this.send('post', url, body)
    if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as { id: string; etag: string } & Body
  }

  async done(url: string, body: Body): Promise<Body> {
    const answer = await this.change('post', url, body)
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as Body
  }

  /** An active head lease over a flat, from 2026 on, that may be let on. */
  async activeHeadLease(flat: string, values: Body = {}): Promise<{ id: string; reference: string }> {
    const lease = await this.made('/v1/head-leases', { ...headLease(flat), ...values })
    await this.done(`/v1/head-leases/${lease.id}/sign`, { signedOn: '2026-01-01' })
    await this.done(`/v1/head-leases/${lease.id}/activate`, { activeOn: '2026-11-01' })
    return { id: lease.id, reference: lease['reference'] as string }
  }
}

export const rent = [
  { kind: 'base', cents: 60_000 },
  { kind: 'water', basis: 'perPerson', cents: 4_000 },
]

export const headLease = (flatId: string): Body => ({
  flatId,
  term: 'indefinite',
  startsOn: '2026-01-01',
  rentParts: rent,
  subletPermission: { source: 'leaseClause', grantedOn: '2025-12-15' },
  vacancyBornBy: 'municipality',
})

export const sublease = (headLeaseId: string, household: { id: string; tenant: string }): Body => ({
  headLeaseId,
  scope: 'wholeFlat',
  householdId: household.id,
  tenantIds: [household.tenant],
  term: 'indefinite',
  startsOn: '2026-02-01',
  rentParts: rent,
})

/** Status and code, and where each fault is. */
export const told = ({ status, body }: Response): unknown[] => {
  const { code, errors } = body as { code?: string; errors?: { pointer?: string; code: string }[] }
  return [status, code, ...(errors ?? []).map((fault) => `${fault.pointer ?? ''} ${fault.code}`)]
}
