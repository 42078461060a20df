import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'
import manifest from '../../package.json' with { type: 'json' }
import type { Pool } from './database.ts'
import type { AppDeps } from './lifecycle.ts'

const longestWait = 1_000
const open = { config: { access: { public: true }, unlimited: true }, schema: { hide: true } } as const

/** For load balancers; open, and no details (AV-02). */
export async function registerHealth(app: FastifyInstance, deps: Pick<AppDeps, 'database' | 'lifecycle'>): Promise<void> {
  const answers = oneAtATime(deps.database)
  // Never asks the database: a process is not restarted because of another's trouble.
  app.get('/livez', open, async () => ({ status: 'ok' }))
  app.get('/readyz', open, async () => {
    // Migrations and warm-up come before `ready`; a stopping process is not ready.
    if (deps.lifecycle.phase !== 'ready' || !(await within(answers()))) throw new DomainError('server.unavailable')
    return { status: 'ok' }
  })
  app.get('/version', open, async () => ({ name: 'kotoisa', version: manifest.version }))
}

/** However many ask, one question is under way: a database that hangs must not fill the pool with questions after it. */
function oneAtATime(database: Pool): () => Promise<boolean> {
  let underWay: Promise<boolean> | undefined
  return () =>
    (underWay ??= database
      .query('select 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => (underWay = undefined)))
}

async function within(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, longestWait, false)))
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
