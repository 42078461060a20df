import type { Endpoint } from '@kotoisa/contracts'
import type { Static, TSchema } from 'typebox'
import { languageOfServer } from '../i18n/index.ts'
import { networkProblem, problemOf } from './problem.ts'

type SchemaOf<E extends Endpoint, Part extends string> =
  E['schema'] extends Readonly<Record<Part, infer S extends TSchema>> ? Static<S> : never
type Needs<Part extends string, T> = [T] extends [never] ? { readonly [P in Part]?: undefined } : { readonly [P in Part]: T }
type May<Part extends string, T> = [T] extends [never] ? { readonly [P in Part]?: undefined } : { readonly [P in Part]?: T }
type EffectOf<E extends Endpoint> = E['config'] extends { readonly effect: infer Effect } ? Effect : 'none'

/** What a call takes: params, query and body by the endpoint's schemas, and the headers that its effect needs. */
export type CallOptions<E extends Endpoint> = Needs<'params', SchemaOf<E, 'params'>> &
  May<'query', SchemaOf<E, 'querystring'>> &
  Needs<'body', SchemaOf<E, 'body'>> &
  (EffectOf<E> extends 'create' | 'command' ? { readonly idempotencyKey: string } : { readonly idempotencyKey?: undefined }) &
  (EffectOf<E> extends 'change' | 'command' ? { readonly ifMatch: string } : { readonly ifMatch?: undefined }) & {
    readonly signal?: AbortSignal | undefined
    /** Goes on when the page is left. */
    readonly keepalive?: boolean
  }

/** The body of the endpoint's success; null where it has none. */
export type Answer<E extends Endpoint> = E['schema']['response'] extends { readonly 200: infer S extends TSchema }
  ? Static<S>
  : E['schema']['response'] extends { readonly 201: infer S extends TSchema }
    ? Static<S>
    : null

interface AnyOptions {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  readonly idempotencyKey?: string | undefined
  readonly ifMatch?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly keepalive?: boolean
}

interface Extra {
  readonly token?: string | null
  readonly accept?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly keepalive?: boolean
}

/** The path with its ids and query; empty values are left out. */
export function addressOf(endpoint: Endpoint, { params, query }: Pick<AnyOptions, 'params' | 'query'>): string {
  const values = (params ?? {}) as Readonly<Record<string, string>>
  const path = endpoint.url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((query ?? {}) as object)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** One request; throws `ApiProblem` for whatever is no success. Knows nothing of sessions. */
export async function request(endpoint: Endpoint, options: AnyOptions, extra: Extra = {}): Promise<Response> {
  const headers: Record<string, string> = {
    accept: extra.accept ?? 'application/json',
    'accept-language': languageOfServer(),
    ...extra.headers,
  }
  if (extra.token) headers['authorization'] = `Bearer ${extra.token}`
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch
  if (options.body !== undefined)
    headers['content-type'] = endpoint.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const response = await fetch(addressOf(endpoint, options), {
    method: endpoint.method,
    headers,
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
    keepalive: options.keepalive ?? extra.keepalive ?? false,
    redirect: 'error',
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error
    throw networkProblem()
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

export async function answerOf<E extends Endpoint>(response: Response): Promise<Answer<E>> {
  return (response.status === 204 ? null : await response.json()) as Answer<E>
}
