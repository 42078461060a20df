import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { badCharacters, parseJsonBody } from './json-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Instead of JSON; names without parameters. */
    mediaTypes?: readonly string[]
  }
}

export const formType = 'application/x-www-form-urlencoded'
export const jsonType = 'application/json'
export const mergePatchType = 'application/merge-patch+json'
const json = [jsonType]
const patch = [jsonType, mergePatchType]

/**
 * Decides by an exact list, before anything parses: odd Content-Type headers have led to bodies that no schema saw.
 * It comes after the caller's rights and before the body (docs/architecture.md, Writing: 401, 403, 413/415, 400).
 */
export function addMediaTypes(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    if (hasBody(request)) refuseMediaType(request)
    return payload
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(patch, { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => parseJsonBody(body))
  app.addContentTypeParser(formType, { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => parseForm(body))
}

const hasBody = ({ method, headers }: FastifyRequest) =>
  method !== 'GET' && method !== 'HEAD' && (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0')

function refuseMediaType(request: FastifyRequest): void {
  const names = request.raw.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase())
  const [, type] = /^([a-z]+\/[a-z0-9.+-]+)(?:[ \t]*;[ \t]*charset=(?:"utf-8"|utf-8))?$/i.exec(request.headers['content-type'] ?? '') ?? []
  const allowed = request.routeOptions.config.mediaTypes ?? (request.method === 'PATCH' ? patch : json)
  const isPlain = names.filter((name) => name === 'content-type').length === 1 && !names.includes('content-encoding')
  if (!isPlain || type === undefined || !allowed.includes(type.toLowerCase()))
    throw new DomainError('media.unsupported', { allowed: allowed.join(', ') })
}

/** A form as an object; strict UTF-8, each name once. */
function parseForm(body: Buffer): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  for (const part of body.toString('latin1').split('&')) {
    if (part === '') continue
    const [name, value, ...rest] = part.split('=').map(decoded)
    if (name === undefined || value === undefined || rest.length > 0 || name in fields) throw new DomainError('request.malformed')
    fields[name] = value
  }
  return { ...fields }
}

function decoded(text: string): string {
  let value: string
  try {
    value = decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new DomainError('request.malformed')
  }
  // A raw byte above 127 was read as one character: no form sends it.
  if (badCharacters(value) || /[\u0080-\u00ff]/.test(text)) throw new DomainError('request.malformed')
  return value
}
