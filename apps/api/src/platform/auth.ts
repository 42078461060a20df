import { DomainError, roles as allRoles, scopes as allScopes, type Role, type Scope } from '@kotoisa/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Access } from '@kotoisa/contracts'
import { mayCall, type Actor } from './context.ts'
import { inTransaction, type Origin, type Pool } from './database.ts'
import { createTokens, type AccessClaims, type SigningKey, type Tokens } from './tokens.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Signs and verifies access tokens. */
    tokens: Tokens
  }
  interface FastifyContextConfig {
    /** Who may call; a route without it does not boot. */
    access?: Access
    /** Answers page by page, and as CSV. */
    list?: true
  }
  interface FastifyRequest {
    /** Set once the token is verified; the session behind it is looked at by the transaction. */
    actor: Actor | null
    /** Whether a transaction has found the session or client alive. */
    sessionSeen: boolean
  }
}

/** Puts `app.tokens` in place and serves the public keys. */
export async function registerTokens(
  app: FastifyInstance,
  options: { signingKeys: readonly SigningKey[]; issuer: string; clock: () => Date },
): Promise<void> {
  const tokens = await createTokens(app, options)
  app.decorate('tokens', tokens)
  app.decorateRequest('actor', null)
  app.decorateRequest('sessionSeen', false)
  app.get('/.well-known/jwks.json', { config: { access: { public: true } }, schema: { hide: true } }, () => tokens.jwks)
}

/** The actor that a token's claims tell of; anything odd in them is an invalid token. */
export function actorOf(claims: AccessClaims): Actor {
  const base = { id: claims.sub, municipalityId: claims.municipality }
  if (claims.client_id !== undefined) {
    const scopes = (claims.scope ?? '').split(' ').filter((s): s is Scope => (allScopes as readonly string[]).includes(s))
    return { kind: 'integration', ...base, scopes, landlordId: claims.landlord ?? null }
  }
  const roles = claims.roles.filter((r): r is Role => (allRoles as readonly string[]).includes(r))
  if (claims.sid === undefined || roles.length === 0) throw new DomainError('auth.invalidToken')
  if (roles.includes('landlord')) {
    if (claims.landlord === undefined || roles.length > 1) throw new DomainError('auth.invalidToken')
    return { kind: 'landlord', ...base, sessionId: claims.sid, landlordId: claims.landlord }
  }
  return { kind: 'person', ...base, sessionId: claims.sid, roles }
}

/** First of all checks, before a body is read: 401 without a living token, 403 without the right (docs/architecture.md, Writing). */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  if ('public' in access) return
  const header = request.headers.authorization
  if (header === undefined) throw new DomainError('auth.required')
  const [, token] = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(header) ?? []
  if (token === undefined) throw new DomainError('auth.invalidToken')
  request.actor = actorOf(request.server.tokens.verify(token))
  if (!mayCall(request.actor, access)) throw new DomainError('access.denied')
}

/** Asks for the session alone; so that a refusal made without a transaction does not hide that the session has ended. */
export const checkSession = (pool: Pool, origin: Origin): Promise<void> => inTransaction(pool, origin, () => Promise.resolve())
