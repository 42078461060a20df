import type { HeadLeaseView, SubleaseView } from '@kotoisa/contracts'
import { addDays, type Day } from '@kotoisa/domain'
import { hasTerms } from '../leases/lease-view.ts'

export type WhatThen =
  | { readonly kind: 'open' }
  | { readonly kind: 'withHead' | 'empty' | 'emptyPart'; readonly on: Day }
  | { readonly kind: 'next'; readonly on: Day; readonly next: SubleaseView }

export const lastDayOf = (lease: SubleaseView): Day | null => (hasTerms(lease) ? lease.effectiveEndsOn : lease.endsOn)

/** What becomes of the home when a lease in it ends: the head lease ends as well (78 §), somebody else moves in, or nobody does. */
export function whatThen(
  lease: SubleaseView,
  head: Pick<HeadLeaseView, 'effectiveEndsOn'> | undefined,
  coming: readonly SubleaseView[],
): WhatThen {
  const on = lastDayOf(lease)
  if (on === null) return { kind: 'open' }
  if (head !== undefined && head.effectiveEndsOn === on) return { kind: 'withHead', on }
  if (lease.scope === 'partOfFlat') return { kind: 'emptyPart', on }
  const next = coming.find(({ startsOn }) => startsOn > on)
  return next !== undefined && next.startsOn <= addDays(on, 31) ? { kind: 'next', on, next } : { kind: 'empty', on }
}
