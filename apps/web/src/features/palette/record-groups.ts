import { hitsOfOneKind, type SearchHit } from '@kotoisa/contracts'
import { searchedResources, type SearchedResource } from '@kotoisa/domain'
import type { MessageKey } from '../../i18n/index.ts'
import { begins } from './words.ts'

interface Place {
  /** The list's address; a record's is below it. */
  readonly path: string
  /** The list's name in the memory of searches. */
  readonly list: string
  readonly label: MessageKey
  readonly icon: string
}

export const recordPlaces: Readonly<Record<SearchedResource, Place>> = {
  household: { path: '/households', list: 'households', label: 'households.title', icon: 'i-lucide-users' },
  person: { path: '/households/persons', list: 'persons', label: 'households.persons.title', icon: 'i-lucide-user' },
  sublease: { path: '/leases', list: 'subleases', label: 'leases.sub.title', icon: 'i-lucide-file-text' },
  headLease: { path: '/leases/head', list: 'head-leases', label: 'leases.head.title', icon: 'i-lucide-file-text' },
  flat: { path: '/homes', list: 'homes', label: 'homes.title', icon: 'i-lucide-house' },
  landlord: { path: '/landlords', list: 'landlords', label: 'landlords.title', icon: 'i-lucide-building-2' },
}

export interface RecordGroup {
  readonly resource: SearchedResource
  readonly hits: readonly SearchHit[]
  /** There may be more than one answer tells. */
  readonly isFull: boolean
}

/** By kind; first those that are called what was typed, so that a person stands before the home where the person lives. */
export function groupsOf(hits: readonly SearchHit[], typed: string): readonly RecordGroup[] {
  const isNamed = ({ title, reference }: SearchHit): boolean =>
    reference.toLowerCase() === typed.trim().toLowerCase() || begins(typed, title ?? '')
  const groups = searchedResources
    .map((resource) => hits.filter((hit) => hit.resource === resource))
    .filter((ofKind) => ofKind.length > 0)
    .map((ofKind): RecordGroup => ({
      resource: ofKind[0]?.resource ?? 'flat',
      hits: ofKind.toSorted((one, other) => Number(isNamed(other)) - Number(isNamed(one))),
      isFull: ofKind.length >= hitsOfOneKind,
    }))
  return groups.toSorted((one, other) => Number(other.hits.some(isNamed)) - Number(one.hits.some(isNamed)))
}
