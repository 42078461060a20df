import { DomainError } from '@kotoisa/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'

const name = '__Host-kotoisa-refresh'
const attributes = 'Path=/; HttpOnly; Secure; SameSite=Strict'

/** Without an age: the browser drops it when it closes, the server ends the session after twelve hours at the latest. */
export const giveCookie = (reply: FastifyReply, token: string) => reply.header('set-cookie', `${name}=${token}; ${attributes}`)
export const clearCookie = (reply: FastifyReply) => reply.header('set-cookie', `${name}=; Max-Age=0; ${attributes}`)
/** After signing out: what the browser has kept of pages goes too (AU-20); what the app itself keeps it clears by itself. */
export const clearClient = (reply: FastifyReply) => clearCookie(reply).header('clear-site-data', '"cache"')

export function cookieOf(request: FastifyRequest): string | null {
  const [, token] = new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{43})\\s*(?:;|$)`).exec(request.headers.cookie ?? '') ?? []
  return token ?? null
}

/**
 * The cookie comes along whoever makes the browser send it; that our own page did is told by the origin, which no page
 * can forge, and by a header that no form can send (AU-10). Asked before the token is looked at, so that it stays unspent.
 */
export function refuseOtherOrigins(request: FastifyRequest, publicUrl: string): void {
  const { origin, 'x-requested-with': requestedWith, 'sec-fetch-site': site } = request.headers
  if (origin !== publicUrl || requestedWith !== 'XMLHttpRequest' || (site !== undefined && site !== 'same-origin'))
    throw new DomainError('auth.forbiddenOrigin')
}
