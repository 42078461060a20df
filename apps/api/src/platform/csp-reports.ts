import type { FastifyInstance, FastifyRequest } from 'fastify'
import { reportAddress } from './security-headers.ts'

const reportType = 'application/reports+json'
const bodyLimit = 16_384

/**
 * What browsers stopped under the content security policy. The media type is the browsers' own and is taken here only;
 * of a report nothing is kept but the directive and the origin that was refused (HD-01, LG-01).
 */
export function addCspReports(app: FastifyInstance): void {
  app.addContentTypeParser(reportType, { parseAs: 'buffer', bodyLimit }, async (_request: FastifyRequest, body: Buffer) => reportsOf(body))
  app.post(
    reportAddress,
    { config: { access: { public: true }, mediaTypes: [reportType] }, schema: { hide: true }, bodyLimit },
    async (request, reply) => {
      for (const report of request.body as readonly Report[])
        request.log.warn({ event: 'csp.violation', ...report }, 'content security policy')
      return reply.code(204).send()
    },
  )
}

interface Report {
  readonly directive: string
  readonly blocked: string
}

function reportsOf(body: Buffer): Report[] {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return []
  }
  return (Array.isArray(value) ? value : [value]).slice(0, 10).map((report: unknown) => {
    const told = ((report as { body?: unknown } | null)?.body ?? {}) as { effectiveDirective?: unknown; blockedURL?: unknown }
    const { effectiveDirective: directive, blockedURL: blocked } = told
    return {
      directive: typeof directive === 'string' && /^[a-z-]{1,40}$/.test(directive) ? directive : 'unknown',
      blocked:
        typeof blocked !== 'string'
          ? 'unknown'
          : URL.canParse(blocked)
            ? new URL(blocked).origin
            : /^[a-z-]{1,30}$/.test(blocked)
              ? blocked
              : 'unknown',
    }
  })
}
