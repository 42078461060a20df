import scalar from '@scalar/fastify-api-reference'
import { problemText } from '@kotoisa/contracts'
import { DomainError, problems, type ProblemCode } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'
import { localeOf } from './problem.ts'

const open = { config: { access: { public: true }, unlimited: true }, schema: { hide: true } } as const

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const page = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Kotoisa API</title></head>
  <body><div id="app"></div><script src="/docs/library/js/scalar.js"></script><script src="/docs/start.js"></script></body>
</html>`
const start = `Scalar.createApiReference('#app', { url: '/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true, showDeveloperTools: 'never', agent: { disabled: true } })`

/** The reference for people at `/docs`, made from the document and served from here; a page for each problem code. */
export async function registerReference(app: FastifyInstance): Promise<void> {
  app.get('/docs/problems/:code', open, (request, reply) => {
    const { code } = request.params as { code: string }
    if (!Object.hasOwn(problems, code)) throw new DomainError('route.notFound')
    const locale = localeOf(request)
    const status = new DomainError(code as ProblemCode).status
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(code)} · Kotoisa</title></head><body><main><h1><code>${escaped(code)}</code></h1><p>${escaped(problemText(locale, code as ProblemCode))}</p><p>HTTP ${status}</p><p><a href="/docs">/docs</a></p></main></body></html>`,
      )
  })
  // The library's own page starts itself by a script in the page, which the policy forbids: this one starts it by a file.
  app.get('/docs', open, (_request, reply) => reply.header('content-type', 'text/html; charset=utf-8').send(page))
  app.get('/docs/start.js', open, (_request, reply) => reply.header('content-type', 'text/javascript; charset=utf-8').send(start))
  await app.register(scalar, { routePrefix: '/docs/library', configuration: { url: '/openapi.json' } })
}
