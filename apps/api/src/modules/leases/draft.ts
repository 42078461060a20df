import { DomainError } from '@kotoisa/domain'
import { isDeepStrictEqual } from 'node:util'
import type { StoredStatus } from './table.ts'

/** What may change in every state, of both leases. */
const always = ['cityContact', 'note', 'paperLocation', 'securityLodgedOn'] as const

/**
 * From signed on the terms stand: 409 `lease.notDraft` at each field that the patch would change. A field sent as it is
 * changes nothing, so that a form may send all it shows.
 */
export function refuseSignedTerms(lease: { readonly status: StoredStatus }, known: object, patch: object, also: readonly string[]): void {
  if (lease.status === 'draft') return
  const free = new Set<string>([...always, ...also])
  const before = known as Record<string, unknown>
  DomainError.all(
    Object.entries(patch)
      .filter(([name, value]) => !free.has(name) && value !== undefined && !isDeepStrictEqual(value, before[name]))
      .map(([name]) => ({ code: 'lease.notDraft', pointer: `/${name}` })),
  )
}
