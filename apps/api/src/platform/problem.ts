import type { Fault, Problem } from '@kotoisa/contracts'
import { problemText } from '@kotoisa/contracts'
import { DomainError, type Locale, type ProblemCode } from '@kotoisa/domain'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { sqlState } from './database.ts'

/** Code of a violated constraint, by its name, and the field of the body that it is about; each module tells its own. */
export type ConstraintProblems = Readonly<Record<string, ProblemCode | { readonly code: ProblemCode; readonly pointer: string }>>

/** Database faults that are the caller's or the hour's, by SQLSTATE (ER-03). */
const sqlStates: Record<string, ProblemCode> = {
  '23505': 'record.conflict',
  '23503': 'record.inUse',
  '23P01': 'lease.overlap',
  '23514': 'request.invalid',
  '22021': 'request.malformed',
  '40001': 'server.unavailable',
  '40P01': 'server.unavailable',
  '55P03': 'server.unavailable',
  '57014': 'server.unavailable',
  '53300': 'server.unavailable',
  '57P01': 'server.unavailable',
  '57P02': 'server.unavailable',
  '57P03': 'server.unavailable',
  '25P03': 'server.unavailable',
}

/** And by its class: a connection that is gone, a value that the database does not take. */
const sqlClasses: Record<string, ProblemCode> = { '08': 'server.unavailable', '22': 'request.invalid' }

const networkFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH'])
const connectionTexts = /Connection terminated|Query read timeout|timeout exceeded when trying to connect|not queryable|Connection error/

/** Fastify's own refusals, by its code. */
const frameworkCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body.tooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media.unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.bodyMissing',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'json.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'uri.tooLong',
  FST_ERR_NOT_FOUND: 'route.notFound',
}

function constraintOf(error: unknown): string | undefined {
  const e = error as { constraint?: unknown; cause?: { constraint?: unknown } }
  const name = e.cause?.constraint ?? e.constraint
  return typeof name === 'string' ? name : undefined
}

function isConnectionFault(error: unknown): boolean {
  for (let e = error as { code?: unknown; message?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e) {
    if (typeof e.code === 'string' && networkFaults.has(e.code)) return true
    if (typeof e.message === 'string' && connectionTexts.test(e.message)) return true
  }
  return false
}

/** Any thrown thing as the one kind of error that callers are told of. */
export function asDomainError(error: unknown, constraints: ConstraintProblems): DomainError {
  if (error instanceof DomainError) return error
  const state = sqlState(error)
  if (state !== undefined) {
    const byName = constraints[constraintOf(error) ?? '']
    if (typeof byName === 'object') return new DomainError(byName.code, {}, { pointer: byName.pointer, cause: error })
    const code = byName ?? sqlStates[state] ?? sqlClasses[state.slice(0, 2)]
    if (code) return new DomainError(code, {}, { cause: error })
    const framework = frameworkCodes[state]
    if (framework) return new DomainError(framework, {}, { cause: error })
  }
  if (isConnectionFault(error)) return new DomainError('server.unavailable', {}, { cause: error })
  const status = (error as FastifyError).statusCode
  if (status === 413) return new DomainError('body.tooLarge', {}, { cause: error })
  if (status === 415) return new DomainError('media.unsupported', {}, { cause: error })
  if (status === 429) return new DomainError('rate.limited', {}, { cause: error })
  if (status === 503) return new DomainError('server.unavailable', {}, { cause: error })
  if (status !== undefined && status >= 400 && status < 500) return new DomainError('request.malformed', {}, { cause: error })
  return new DomainError('server.internal', {}, { cause: error })
}

/** The language of titles: the first of fi, sv, en that the caller asks for; Finnish when none. */
export function localeOf(request: { headers: { 'accept-language'?: string | undefined } }): Locale {
  const wanted = (request.headers['accept-language'] ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((p) => /^\s*q=([0-9.]+)$/.exec(p)?.[1]).find((q) => q !== undefined)
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) if (language === 'fi' || language === 'sv' || language === 'en') return language
  return 'fi'
}

export function toProblem(error: DomainError, requestId: string, locale: Locale): Problem {
  const faults: Fault[] = error.faults.map((fault) => ({
    ...(fault.pointer === undefined ? {} : { pointer: fault.pointer }),
    ...(fault.parameter === undefined ? {} : { parameter: fault.parameter }),
    code: fault.code,
    params: fault.params ?? {},
    detail: problemText(locale, fault.code, fault.params),
  }))
  return {
    type: `/docs/problems/${error.code}`,
    title: problemText(locale, error.code, error.params),
    status: error.status,
    code: error.code,
    params: error.params,
    requestId,
    errors: faults,
    ...(error.citations.length > 0 ? { citations: [...error.citations] } : {}),
    ...(typeof error.params['oauthError'] === 'string' ? { error: error.params['oauthError'] } : {}),
  }
}

/** Sends a problem document; every error of the API leaves here. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: DomainError): FastifyReply {
  const body = toProblem(error, request.id, localeOf(request))
  if (body.status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer realm="kotoisa"')
  if (body.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '5')
  if (body.status === 429 && !reply.hasHeader('retry-after')) reply.header('retry-after', String(error.params['retryAfterSeconds'] ?? 60))
  if (body.status >= 500) request.log.error({ err: error.cause ?? error, code: body.code }, 'request failed')
  else request.log.info({ code: body.code, status: body.status }, 'request refused')
  return reply.code(body.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(body))
}
