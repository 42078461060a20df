import { DomainError, type ProblemCode } from '@kotoisa/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { asDomainError, sendProblem } from '../../platform/problem.ts'

/** RFC 6749, 5.2; whatever else was wrong with the request is `invalid_request`. */
const oauthErrors: Partial<Record<ProblemCode, string>> = {
  'oauth.invalidClient': 'invalid_client',
  'oauth.invalidScope': 'invalid_scope',
  'oauth.unsupportedGrantType': 'unsupported_grant_type',
  'auth.tooManyAttempts': 'temporarily_unavailable',
  'rate.limited': 'temporarily_unavailable',
  'server.unavailable': 'temporarily_unavailable',
  'server.internal': 'server_error',
}

/** All that is wrong with the form, each fault at its field; another grant has a code of its own (RFC 6749, 5.2). */
export function refuseBadForm({ body, validationError }: FastifyRequest): void {
  if (body === undefined) throw new DomainError('request.malformed', {}, { faults: [{ code: 'value.missing', pointer: '/grant_type' }] })
  if (!validationError) return
  const grantType: unknown = (body as { grant_type?: unknown } | null)?.grant_type
  if (!(validationError instanceof DomainError) || typeof grantType !== 'string' || grantType === 'client_credentials')
    throw validationError
  const others = validationError.faults.filter(({ pointer }) => pointer !== '/grant_type')
  throw new DomainError(
    'oauth.unsupportedGrantType',
    {},
    { faults: [{ code: 'oauth.unsupportedGrantType', pointer: '/grant_type' }, ...others] },
  )
}

/** Problem documents of the token endpoint also carry `error`, which OAuth clients read. */
export function oauthProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asDomainError(thrown, {})
  if (error.code === 'oauth.invalidClient') reply.header('www-authenticate', 'Basic realm="kotoisa", charset="UTF-8"')
  const oauthError = oauthErrors[error.code] ?? 'invalid_request'
  return sendProblem(
    request,
    reply,
    new DomainError(error.code, { ...error.params, oauthError }, { faults: error.faults, citations: error.citations, cause: error.cause }),
  )
}
