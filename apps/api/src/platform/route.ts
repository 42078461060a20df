import type { Endpoint } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Ctx, WriteCtx } from './context.ts'
import { inTransaction, readOnce, type Origin } from './database.ts'
import { noneMatch } from './etag.ts'
import { hasShrunk, Idempotency, requireKey, type StoredAnswer } from './idempotency.ts'
import type { AppDeps } from './lifecycle.ts'

type Of<S> = S extends TSchema ? Static<S> : undefined
export type BodyOf<E extends Endpoint> = Of<E['schema']['body']>
export type QueryOf<E extends Endpoint> = Of<E['schema']['querystring']>
type AnswerOf<E extends Endpoint, Status extends number> = E['schema']['response'] extends Record<Status, infer S> ? Of<S> : never

/** What the binding functions need; made once in app.ts. */
export interface Routes {
  readonly app: FastifyInstance
  readonly deps: AppDeps
}

export function originOf(request: FastifyRequest, deps: AppDeps): Origin {
  if (request.actor === null) throw new DomainError('auth.required')
  return { actor: request.actor, now: deps.clock(), log: request.log, requestId: request.id, sourceAddress: request.ip }
}

/** Empty where the address names a record by itself, like the settings of the municipality. */
const idOf = (request: FastifyRequest): string => (request.params as { id?: string } | null)?.id ?? ''
const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

interface Tagged {
  readonly etag: string
}

/** What stands in the first answer alone, e.g. a secret: it is stored nowhere, and a replay is refused. */
export interface ToldOnce {
  readonly id: string
  readonly once: object
}
const idIn = (made: string | ToldOnce): string => (typeof made === 'string' ? made : made.id)
const onceIn = (made: string | ToldOnce | void): object | null => (typeof made === 'object' ? made.once : null)

/** One record by its id; somebody else's is as absent as a missing one. */
export function read<E extends Endpoint>(
  { app, deps }: Routes,
  endpoint: E,
  fn: (ctx: Ctx, id: string) => Promise<AnswerOf<E, 200> | null>,
): void {
  app.route({
    ...endpoint,
    handler: async (request, reply) => {
      const body = await readOnce(deps.database, originOf(request, deps), (ctx) => fn(ctx, idOf(request)))
      request.sessionSeen = true
      if (body === null) throw new DomainError('record.notFound')
      return sendTagged(request, reply, body)
    },
  })
}

/** A read that takes more than one statement, or a look-up that stores nothing but its own reading. */
export function ask<E extends Endpoint>(
  { app, deps }: Routes,
  endpoint: E,
  fn: (ctx: WriteCtx, input: { id: string; body: BodyOf<E>; query: QueryOf<E> }) => Promise<AnswerOf<E, 200> | null>,
): void {
  app.route({
    ...endpoint,
    handler: async (request, reply) => {
      const input = {
        id: (request.params as { id?: string } | undefined)?.id ?? '',
        body: request.body as BodyOf<E>,
        query: request.query as QueryOf<E>,
      }
      const body = await inTransaction(deps.database, originOf(request, deps), (ctx) => fn(ctx, input))
      if (body === null) throw new DomainError('record.notFound')
      return reply.send(body)
    },
  })
}

/** POST that makes a record: once for each Idempotency-Key, 201 with Location and the record as a read would give it. */
export function create<E extends Endpoint>(
  routes: Routes,
  endpoint: E,
  run: (ctx: WriteCtx, body: BodyOf<E>) => Promise<string | ToldOnce>,
  reread: (ctx: Ctx, id: string) => Promise<unknown>,
): void {
  const { app, deps } = routes
  app.route({
    ...endpoint,
    handler: (request, reply) => {
      const key = requireKey(request.headers['idempotency-key'])
      return once(routes, request, reply, key, endpoint, reread, async (ctx) => {
        const made = await run(ctx, request.body as BodyOf<E>)
        const id = idIn(made)
        return { id, status: 201, location: `${deps.config.publicUrl}${endpoint.url}/${id}`, once: onceIn(made) }
      })
    },
  })
}

/** A state change of one record: once for each Idempotency-Key, on the version that the caller has seen. */
export function command<E extends Endpoint>(
  routes: Routes,
  endpoint: E,
  run: (ctx: WriteCtx, id: string, ifMatch: string | undefined, body: BodyOf<E>) => Promise<void | ToldOnce>,
  reread: (ctx: Ctx, id: string) => Promise<unknown>,
): void {
  routes.app.route({
    ...endpoint,
    handler: (request, reply) => {
      const key = requireKey(request.headers['idempotency-key'])
      return once(routes, request, reply, key, endpoint, reread, async (ctx) => {
        const told = await run(ctx, idOf(request), header(request, 'if-match'), request.body as BodyOf<E>)
        return { id: idOf(request), status: 200, location: null, once: onceIn(told) }
      })
    },
  })
}

/** PATCH: the record as it is afterwards. DELETE: 204. */
export function change<E extends Endpoint>(
  { app, deps }: Routes,
  endpoint: E,
  run: (ctx: WriteCtx, id: string, ifMatch: string | undefined, body: BodyOf<E>) => Promise<void>,
  reread?: (ctx: Ctx, id: string) => Promise<unknown>,
): void {
  app.route({
    ...endpoint,
    handler: async (request, reply) => {
      const body = await inTransaction(deps.database, originOf(request, deps), async (ctx) => {
        await run(ctx, idOf(request), header(request, 'if-match'), request.body as BodyOf<E>)
        return reread ? await reread(ctx, idOf(request)) : null
      })
      if (!reread) return reply.code(204).send()
      reply.header('etag', (body as Tagged).etag)
      return reply.send(body)
    },
  })
}

function sendTagged(request: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply {
  const etag = (body as Partial<Tagged>).etag
  if (etag === undefined) return reply.send(body)
  reply.header('etag', etag)
  if (!noneMatch(header(request, 'if-none-match'), etag)) return reply.code(304).send()
  return reply.send(body)
}

async function once(
  { deps }: Routes,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  endpoint: Endpoint,
  reread: (ctx: Ctx, id: string) => Promise<unknown>,
  run: (ctx: WriteCtx) => Promise<{ id: string; status: number; location: string | null; once: object | null }>,
): Promise<FastifyReply> {
  const payload = { params: request.params, query: request.query, body: request.body ?? null }
  const { answer, replayed } = await inTransaction(deps.database, originOf(request, deps), async (ctx) => {
    const idempotency = new Idempotency(ctx, deps.secrets, endpoint.schema.operationId, key, payload)
    await idempotency.lock()
    const before = await idempotency.stored()
    if (before) {
      const now = before.recordId === null ? null : await reread(ctx, before.recordId)
      if (hasShrunk(JSON.parse(before.answer.body), now)) throw new DomainError('idempotency.notReplayable')
      return { answer: before.answer, replayed: true }
    }
    const { id, status, location, once } = await run(ctx)
    const body = await reread(ctx, id)
    const answered = (given: unknown): StoredAnswer => ({
      status,
      location,
      etag: (body as Partial<Tagged> | null)?.etag ?? null,
      body: JSON.stringify(given),
    })
    // Kept without the values: that fields are missing in a later read refuses the replay (`hasShrunk`).
    const kept = once === null ? body : { ...(body as object), ...Object.fromEntries(Object.keys(once).map((name) => [name, null])) }
    await idempotency.keep(answered(kept), id)
    return { answer: answered(once === null ? body : { ...(body as object), ...once }), replayed: false }
  })
  if (replayed) reply.header('idempotency-replayed', 'true')
  if (answer.location !== null) reply.header('location', answer.location)
  if (answer.etag !== null) reply.header('etag', answer.etag)
  return reply.code(answer.status).header('content-type', 'application/json; charset=utf-8').send(answer.body)
}
