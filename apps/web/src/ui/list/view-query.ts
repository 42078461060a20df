import type { View } from '@kotoisa/contracts'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

/** What of a list's address a view keeps. */
export type Looks = Pick<View, 'query' | 'sort' | 'columns'>

const textOf = (query: LocationQuery, name: string): string | null => {
  const value = query[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The address as a view: filters by name, so that one look is one text, however it came about. */
export function looksOf(query: LocationQuery, filters: readonly string[], columns: readonly string[] | null): Looks {
  const set = filters.toSorted().flatMap((name) => {
    const value = textOf(query, name)
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`]
  })
  return { query: set.join('&'), sort: textOf(query, 'sort'), columns: columns === null ? null : [...columns] }
}

/** A view as the address: what it does not say is as the list has it. */
export function addressOfView({ query, sort, columns }: Looks, filters: readonly string[]): LocationQueryRaw {
  const set = new URLSearchParams(query)
  return {
    ...Object.fromEntries(filters.map((name) => [name, set.get(name) ?? undefined])),
    sort: sort ?? undefined,
    columns: columns?.join(',') ?? undefined,
  }
}

export const isSameLook = (one: Looks, other: Looks): boolean =>
  one.query === other.query && one.sort === other.sort && one.columns?.join() === other.columns?.join()
