import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'
import { addCompression } from './compression.ts'
import { addCspReports } from './csp-reports.ts'
import type { AppDeps } from './lifecycle.ts'
import { addMediaTypes } from './media-types.ts'
import { addRateLimit } from './rate-limit.ts'
import { addSecurityHeaders } from './security-headers.ts'

/**
 * What every request goes through whatever its route: headers, counting, media types, one line of log. CORS is closed:
 * no answer carries an Access-Control header, so that no page of another origin reads one (HD-04).
 */
export async function registerHttp(app: FastifyInstance, deps: Pick<AppDeps, 'config' | 'clock'>): Promise<void> {
  addSecurityHeaders(app)
  addRateLimit(app, { limit: deps.config.rateLimit, clock: deps.clock })
  addMediaTypes(app)
  addCspReports(app)
  await addCompression(app)
  app.addHook('onRequest', async ({ headers, raw }) => {
    if (headers.host === undefined && raw.httpVersion === '1.1') throw new DomainError('request.malformed', {}, { parameter: 'host' })
  })
  app.addHook('onResponse', async (request, reply) => {
    // The route, never the address: people paste names and identity codes into addresses (LG-01).
    const line = {
      event: 'request',
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      actorId: request.actor?.id ?? null,
      ...traceOf(request.headers['traceparent']),
    }
    const isDenial = [401, 403, 429].includes(reply.statusCode)
    if (isDenial) request.log.warn({ ...line, event: 'denied', address: request.ip }, 'request denied')
    else request.log.info(line, 'request')
  })
}

/** W3C Trace Context: the caller's trace finds our lines, and ours the caller's. */
function traceOf(header: string | string[] | undefined): { traceId?: string } {
  const id = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/.exec(String(header))?.[1]
  return id === undefined || /^0+$/.test(id) ? {} : { traceId: id }
}
