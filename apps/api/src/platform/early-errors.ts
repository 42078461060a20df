import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { DomainError, type ProblemCode } from '@kotoisa/domain'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { asDomainError, sendProblem, toProblem } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

/** An address that no route is looked up for: no hook runs, so that the headers are put on here. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ ...securityHeaders, 'x-request-id': request.id })
  sendProblem(request, reply, asDomainError(error, {}))
}

/** By what Node's parser and timers say. */
function codeOf({ code, rawPacket }: NodeJS.ErrnoException & { rawPacket?: unknown }): ProblemCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request.timedOut'
  if (code !== 'HPE_HEADER_OVERFLOW') return 'request.malformed'
  // The parser counts the address and the headers together.
  const lineEnd = Buffer.isBuffer(rawPacket) ? rawPacket.indexOf('\n') : 0
  return lineEnd < 0 || lineEnd > 8_192 ? 'uri.tooLong' : 'headers.tooLarge'
}

/**
 * What never became a request is answered as a problem document too. The bytes that came (`rawPacket`) and the parser's
 * words are nowhere told: an address or a token may be in them (LG-01).
 */
export function clientErrors(log: FastifyBaseLogger): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const requestId = crypto.randomUUID()
    const problem = toProblem(new DomainError(codeOf(error)), requestId, 'fi')
    log.info({ event: 'unreadable', reqId: requestId, reason: error.code ?? null, status: problem.status }, 'request refused')
    if (socket.writable) socket.write(answer(problem.status, requestId, JSON.stringify(problem)))
    socket.destroy()
  }
}

function answer(status: number, requestId: string, body: string): string {
  const headers: Record<string, string> = {
    ...securityHeaders,
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
