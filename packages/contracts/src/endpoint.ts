import type { Role, Scope } from '@kotoisa/domain'
import type { TSchema } from 'typebox'

/**
 * Who may call an endpoint at all (the coarse step; which rows and fields is the policy's).
 * - `public`: anybody, without a token.
 * - `signedIn`: any person or client with a living session.
 * - `roles` and `scope`: persons with one of the roles, clients with the scope; no scope, no clients.
 */
export type Access = { readonly public: true } | { readonly signedIn: true } | { readonly roles: readonly Role[]; readonly scope?: Scope }

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * What a call does to records, which decides the headers it must bring:
 * - `create` needs `Idempotency-Key`;
 * - `change` (PATCH, DELETE) needs `If-Match`;
 * - `command` (a state change of one record) needs both.
 * An endpoint without it stores nothing, or is a session, token, look-up, reveal, preview or draft.
 */
export type Effect = 'create' | 'change' | 'command'

/** The public half of a route: the API binds it, the web calls it, openapi.json is made from it. */
export interface Endpoint {
  readonly method: Method
  readonly url: string
  readonly config: { readonly access: Access; readonly effect?: Effect; readonly list?: true }
  readonly schema: {
    readonly operationId: string
    readonly tags: readonly string[]
    readonly summary: string
    readonly description?: string
    readonly params?: TSchema
    readonly querystring?: TSchema
    readonly body?: TSchema
    readonly response: { readonly [status: number]: TSchema }
  }
}

/** Keeps the literal type of an endpoint while checking its shape. */
export const endpoint = <const E extends Endpoint>(e: E): E => e
