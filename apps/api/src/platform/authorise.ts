import type { Access } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authenticate, checkSession } from './auth.ts'
import { badCharacters } from './json-body.ts'
import type { AppDeps } from './lifecycle.ts'

/** Routes that the reference page's library makes, which cannot say who may call them; they serve its files and nothing else. */
const isReference = (url: string) => url === '/docs' || url.startsWith('/docs/')

/** Default deny: a route without `config.access` does not boot; with it, the caller is looked at before anything is read. */
export function addAuthorisation(app: FastifyInstance, deps: AppDeps): void {
  app.addHook('onRoute', (route) => {
    const access =
      (route.config as { access?: Access } | undefined)?.access ?? (isReference(route.url) ? { public: true as const } : undefined)
    if (access === undefined) throw new Error(`the route ${String(route.method)} ${route.url} does not say who may call it`)
    const hook = async (request: FastifyRequest) => {
      try {
        await authenticate(request, access)
      } catch (error) {
        // An ended session is told as such, whatever else its caller lacks.
        if (request.actor) await sessionOf(request, deps)
        throw error
      }
      refuseBadAddress(request)
    }
    route.onRequest = [...(Array.isArray(route.onRequest) ? route.onRequest : route.onRequest ? [route.onRequest] : []), hook]
  })
}

const sessionOf = (request: FastifyRequest, deps: AppDeps): Promise<void> => {
  request.sessionSeen = true
  if (!request.actor) return Promise.resolve()
  return checkSession(deps.database, {
    actor: request.actor,
    now: deps.clock(),
    log: request.log,
    requestId: request.id,
    sourceAddress: request.ip,
  })
}

/** A refusal made before any transaction was opened: 401 comes before 400, 413 and 415 (docs/architecture.md, Writing). */
export async function endedSessionBehind(request: FastifyRequest, deps: AppDeps): Promise<void> {
  if (request.actor && !request.sessionSeen) await sessionOf(request, deps)
}

function refuseBadAddress(request: FastifyRequest): void {
  let address: string
  try {
    address = decodeURIComponent(request.url.replaceAll('+', ' '))
  } catch {
    throw new DomainError('request.malformed', { reason: 'encoding' })
  }
  if (badCharacters(address)) throw new DomainError('request.malformed', { reason: 'character' })
}
