import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problem.ts'

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
    if (!known || known.methods.has(request.method)) return sendProblem(request, reply, new DomainError('route.notFound'))
    return sendProblem(request, reply.header('allow', [...known.methods].toSorted().join(', ')), new DomainError('method.notAllowed'))
  })
}

const patternOf = (url: string) =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}$`,
  )
