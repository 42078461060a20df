import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** For people who came to an address that there is not; absent where no pages are served. */
    missingPage?: (reply: FastifyReply) => FastifyReply
  }
}

/** 404 for an unknown address, 405 with `Allow` for a known one asked in a way that it does not know. */
export function addNotFound(app: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = methodsOf.get(url) ?? new Set<string>()
    for (const one of Array.isArray(method) ? method : [method]) known.add(one)
    methodsOf.set(url, known)
  })
  const patterns = () =>
    [...methodsOf].filter(([url]) => !url.includes('*')).map(([url, methods]) => ({ matches: patternOf(url), methods }))
  let built: ReturnType<typeof patterns> | undefined
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const known = (built ??= patterns()).find(({ matches }) => matches.test(path))
    if (!known || known.methods.has(request.method)) {
      if (app.missingPage && isVisit(request, path)) return app.missingPage(reply)
      return sendProblem(request, reply, new DomainError('route.notFound'))
    }
    return sendProblem(request, reply.header('allow', [...known.methods].toSorted().join(', ')), new DomainError('method.notAllowed'))
  })
}

/** A browser that shows what it gets; the API speaks in problem documents, whoever asks. */
const isVisit = ({ method, headers }: FastifyRequest, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && /\btext\/html\b/.test(headers.accept ?? '') && !/^\/(?:v1|oauth)(?:\/|$)/.test(path)

const patternOf = (url: string) =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}$`,
  )
