import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressBlock } from './address.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not counted: files and the questions of a load balancer. */
    unlimited?: true
  }
}

const windowSeconds = 60
/** Strangers with ever new addresses share the last count. */
const mostKeys = 50_000

/**
 * Requests a minute: by principal where the token was good, else by address; bad tokens count for the address they come
 * from (J10). Each process counts for itself.
 */
export function addRateLimit(app: FastifyInstance, options: { limit: number; clock: () => Date }): void {
  const counts = new Counts(options.clock)

  function count(key: string, reply: FastifyReply): void {
    const used = counts.add(key)
    const reset = counts.secondsLeft()
    reply.header('ratelimit-policy', `"default";q=${options.limit};w=${windowSeconds}`)
    reply.header('ratelimit', `"default";r=${Math.max(0, options.limit - used)};t=${reset}`)
    if (used > options.limit) throw new DomainError('rate.limited', { retryAfterSeconds: reset })
  }

  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.unlimited) return
    if (request.headers.authorization === undefined) return count(byAddress(request), reply)
    if (counts.of(byBadToken(request)) >= options.limit) throw new DomainError('rate.limited', { retryAfterSeconds: counts.secondsLeft() })
  })
  // By now the token has been verified, where the route asks for one.
  app.addHook('preParsing', async (request, reply, payload) => {
    if (request.headers.authorization !== undefined && !request.routeOptions.config.unlimited) {
      count(request.actor ? `principal ${request.actor.id}` : byAddress(request), reply)
    }
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401 && request.headers.authorization !== undefined) counts.add(byBadToken(request))
  })
}

const byAddress = (request: FastifyRequest) => `address ${addressBlock(request.ip)}`
const byBadToken = (request: FastifyRequest) => `bad token ${addressBlock(request.ip)}`

/** Fixed windows that begin together: the counts of a past one are dropped whole. */
class Counts {
  readonly #clock: () => Date
  #window = 0
  #counts = new Map<string, number>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  add(key: string): number {
    this.#turn()
    const known = this.#counts.has(key) || this.#counts.size < mostKeys ? key : 'everybody else'
    const used = (this.#counts.get(known) ?? 0) + 1
    this.#counts.set(known, used)
    return used
  }

  of(key: string): number {
    this.#turn()
    return this.#counts.get(key) ?? 0
  }

  secondsLeft(): number {
    return windowSeconds - (Math.floor(this.#clock().getTime() / 1000) % windowSeconds)
  }

  #turn(): void {
    const window = Math.floor(this.#clock().getTime() / 1000 / windowSeconds)
    if (window === this.#window) return
    this.#window = window
    this.#counts = new Map()
  }
}
