import type { Response } from 'supertest'

/** What no answer may tell: frames, SQL, names of tables and libraries, paths (ER-02). */
const leak = /\bat .*\.[jt]s:|node_modules|select |insert into|pg_|drizzle|fastify|postgres|\/src\/|SQLSTATE|constraint "/i

/** What is wrong with a refusal: nothing, when it is a 4xx problem document that tells nothing of the inside. */
export function refused(answer: Response, where: string): string[] {
  const { status, body, text, headers } = answer
  const problem = body as { type?: string; title?: string; status?: number; code?: string; requestId?: string; errors?: object[] }
  const faults: string[] = []
  if (status < 400 || status >= 500) faults.push(`${where}: ${status}`)
  if (!String(headers['content-type']).startsWith('application/problem+json') || problem.status !== status)
    faults.push(`${where}: no problem document`)
  if (!problem.type || !problem.title || !problem.code || problem.requestId !== headers['x-request-id'])
    faults.push(`${where}: fields missing`)
  if (leak.test(text)) faults.push(`${where}: tells too much: ${text.slice(0, 200)}`)
  return faults
}
