export type AuditOutcome =
  | { readonly verdict: 'ok' }
  | { readonly verdict: 'vulnerable'; readonly advisories: readonly string[] }
  | { readonly verdict: 'not checked' }

interface Advisory {
  readonly module_name?: string
  readonly severity?: string
  readonly title?: string
  readonly github_advisory_id?: string
}

/** What `pnpm audit --json` wrote, in three values: an answer that is none says nothing about the packages (SC-04). */
export function auditOutcome(output: string): AuditOutcome {
  let answer: unknown
  try {
    answer = JSON.parse(output)
  } catch {
    return { verdict: 'not checked' }
  }
  if (typeof answer !== 'object' || answer === null) return { verdict: 'not checked' }
  const { advisories, metadata } = answer as {
    advisories?: Record<string, Advisory>
    metadata?: { vulnerabilities?: Record<string, number> }
  }
  // Only an answer that counts is one: an error is an object as well.
  const counts = metadata?.vulnerabilities
  if (!counts || typeof counts !== 'object' || Object.keys(counts).length === 0) return { verdict: 'not checked' }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (total === 0) return { verdict: 'ok' }
  const found = Object.values(advisories ?? {}).map((one) =>
    [one.severity, one.module_name, one.github_advisory_id, one.title].filter(Boolean).join(' · '),
  )
  return { verdict: 'vulnerable', advisories: found.length > 0 ? found : [`${total} advisories`] }
}
