import type { Day, Role, Scope } from '@kotoisa/domain'
import type { Access } from '@kotoisa/contracts'
import type { FastifyBaseLogger } from 'fastify'
import type { Db } from './database.ts'

/** Who asks. Municipality, roles, scopes and landlord come from the verified token only. */
export type Actor =
  | {
      readonly kind: 'person'
      readonly id: string
      readonly sessionId: string
      readonly municipalityId: string
      readonly roles: readonly Role[]
    }
  | {
      readonly kind: 'landlord'
      readonly id: string
      readonly sessionId: string
      readonly municipalityId: string
      readonly landlordId: string
    }
  | {
      readonly kind: 'integration'
      readonly id: string
      readonly municipalityId: string
      readonly scopes: readonly Scope[]
      /** Limited to what this landlord sees; null: all of the municipality. */
      readonly landlordId: string | null
    }
  | { readonly kind: 'job'; readonly id: string; readonly name: string; readonly municipalityId: string }

/** What a read has. `db` is one connection inside a transaction of the actor's municipality. */
export interface Ctx {
  readonly db: Db
  readonly actor: Actor
  /** Fixed for the whole request. */
  readonly now: Date
  /** `now` as a civil day in Helsinki; what rules get. */
  readonly today: Day
  readonly log: FastifyBaseLogger
  readonly requestId: string
  readonly sourceAddress: string | null
  /** Says that the answer shows records whose reading is kept (L6); written before the answer leaves. */
  noteRead(resource: string, recordIds: readonly string[]): void
}

/** Part of a change: audit() and enqueue() demand it. */
export type WriteCtx = Ctx & { readonly writes: true }

export const hasRole = (actor: Actor, role: Role) =>
  actor.kind === 'person' ? actor.roles.includes(role) : actor.kind === 'landlord' && role === 'landlord'

/** The landlord whose homes alone the actor sees, and as a landlord sees them; null: all of the municipality. */
export const landlordOf = (actor: Actor): string | null =>
  actor.kind === 'landlord' || actor.kind === 'integration' ? actor.landlordId : null

/** May this actor join a protected person and a home? Coordinators, and clients with `protected:read`; see docs/architecture.md. */
export const seesProtected = (actor: Actor) =>
  actor.kind === 'person'
    ? actor.roles.includes('coordinator')
    : actor.kind === 'integration'
      ? actor.landlordId === null && actor.scopes.includes('protected:read')
      : actor.kind === 'job'

/** The coarse step of access: may this actor call the endpoint at all? */
export function mayCall(actor: Actor, access: Access): boolean {
  if ('public' in access || 'signedIn' in access) return true
  if (actor.kind === 'integration') {
    const isLandlords = actor.landlordId === null || access.roles.includes('landlord')
    return isLandlords && access.scope !== undefined && actor.scopes.includes(access.scope)
  }
  return access.roles.some((role) => hasRole(actor, role))
}
