import type { Citation, Fault, Problem } from '@kotoisa/contracts'
import { t } from '../i18n/index.ts'

/** An answer that refuses, or none at all: `network` when nobody answered, `unreadable` when it was no problem document. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly params: Readonly<Record<string, unknown>>
  readonly faults: readonly Fault[]
  readonly citations: readonly Citation[]
  readonly requestId: string | null
  readonly title: string | null
  readonly retryAfterSeconds: number | null

  constructor(status: number, problem: Partial<Problem> & { readonly code: string }, retryAfterSeconds: number | null = null) {
    super(problem.code)
    this.status = status
    this.code = problem.code
    this.params = problem.params ?? {}
    this.faults = problem.errors ?? []
    this.citations = problem.citations ?? []
    this.requestId = problem.requestId ?? null
    this.title = problem.title ?? null
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** Whether the server certainly did nothing: only then may the same work be sent under a new key. */
  get isCertain(): boolean {
    return this.status >= 400 && this.status < 500 && this.code !== 'idempotency.inFlight'
  }
}

export const networkProblem = (): ApiProblem => new ApiProblem(0, { code: 'network' })

/** Reads a refusal; a body that is no problem document (a proxy's page, say) is told by its status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const seconds = Number.isFinite(retryAfter) ? retryAfter : null
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
  if (!isProblem) return new ApiProblem(response.status, { code: 'unreadable' }, seconds)
  return new ApiProblem(response.status, (await response.json()) as Problem, seconds)
}

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code)

/** One sentence for the person. The server writes its own in the language asked for, from the one list of texts. */
export function problemTitle(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problems.unexpected')
  if (error.code === 'network') return t('problems.network')
  return error.title ?? t('problems.unexpected')
}
