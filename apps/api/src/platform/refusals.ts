import type { Access, Effect, Method } from '@kotoisa/contracts'

/** What a route says of itself, as far as its refusals follow from it. */
export interface Refusing {
  readonly method: Method
  readonly url: string
  readonly config: { readonly access?: Access; readonly effect?: Effect }
  readonly schema: { readonly operationId?: string; readonly params?: unknown; readonly body?: unknown }
}

/** Where nobody is signed in yet, what is refused does not follow from rights. */
const publicRefusals: Readonly<Record<string, readonly number[]>> = {
  createSession: [401],
  refreshSession: [401, 403],
  useOneTimeLink: [404, 422],
  createToken: [401],
}

/** Those of the connection rather than of an operation: any address may answer so. They are the document's `default`. */
export const generalRefusals: readonly number[] = [405, 408, 413, 414, 415, 431]

/** The statuses, 400 and above, that an operation answers with (docs/architecture.md, Writing: the order of refusals). */
export function refusalsOf({ method, url, config: { access, effect }, schema }: Refusing): number[] {
  const isPublic = access === undefined || 'public' in access
  const hasBody = schema.body !== undefined
  const changes = effect === 'change' || effect === 'command' || method === 'PATCH'
  const statuses = [
    400,
    ...(isPublic ? (publicRefusals[schema.operationId ?? ''] ?? []) : [401]),
    ...(isPublic || 'signedIn' in access ? [] : [403]),
    ...(schema.params === undefined ? [] : [404]),
    ...(url.startsWith('/v1/') ? [406] : []),
    ...(effect === undefined ? [] : [409]),
    ...(changes ? [412, 428] : []),
    ...(hasBody ? [413, 415] : []),
    ...(effect === 'create' || effect === 'command' || (hasBody && !isPublic) ? [422] : []),
    429,
    500,
    503,
  ]
  return [...new Set(statuses)].toSorted((a, b) => a - b)
}

type Described = readonly [name: string, description: string, headers?: Readonly<Record<string, string>>]

const retryAfter = { 'Retry-After': 'Seconds after which it may be tried again.' }

/** The names of the answers under `components.responses`, and what each says. */
export const refusals: Readonly<Record<number, Described>> = {
  400: ['BadRequest', 'A value, parameter, header or the text itself is malformed; `errors` tells every fault of one place.'],
  401: ['Unauthorized', 'No living session or token, or wrong credentials.', { 'WWW-Authenticate': 'How to sign in.' }],
  403: ['Forbidden', 'The caller’s roles or scopes do not cover this.'],
  404: ['NotFound', 'There is no such record, or it is not the caller’s: both alike.'],
  406: ['NotAcceptable', 'None of the media types of `Accept` is offered.'],
  409: ['Conflict', 'The state of this record or of others does not allow it, or a request with the same Idempotency-Key is under way.'],
  412: ['PreconditionFailed', 'If-Match is not the tag of the newest version.'],
  413: ['ContentTooLarge', 'The body is too large.'],
  415: ['UnsupportedMediaType', 'The Content-Type is none of those that the operation takes.'],
  422: ['Unprocessable', 'A rule refuses the values, or the Idempotency-Key was used for another request; `errors` tells every fault.'],
  428: ['PreconditionRequired', 'If-Match is missing.'],
  429: ['TooManyRequests', 'Too many requests or attempts.', retryAfter],
  500: ['InternalError', 'A fault of the server; the request id finds it in the log.'],
  503: ['Unavailable', 'The server is starting, stopping or too busy.', retryAfter],
}

/** `components.responses`: each refusal as the problem document, by its name. */
export function refusalResponses(problem: object): Record<string, object> {
  const content = { 'application/problem+json': { schema: problem } }
  return Object.fromEntries(
    Object.values(refusals).map(([name, description, headers]) => [
      name,
      {
        description,
        ...(headers === undefined
          ? {}
          : {
              headers: Object.fromEntries(
                Object.entries(headers).map(([header, text]) => [
                  header,
                  { description: text, schema: { type: 'string', maxLength: 300 } },
                ]),
              ),
            }),
        content,
      },
    ]),
  )
}
