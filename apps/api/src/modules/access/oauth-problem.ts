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
