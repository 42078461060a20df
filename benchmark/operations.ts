import { randomInt, randomUUID } from 'node:crypto'
import { idOf, lastNameCount, lastNameOf, vacant } from './fill.ts'
import type { Request } from './load.ts'

/** What is asked, over and over. A create takes a home and a household that nobody has had, so there are so many of them. */
export interface Operation {
  readonly name: string
  /** Also answered below /raw by the reference server. */
  readonly reads: boolean
  /** Its rate is held against an aim; of the others it is told. */
  readonly hasAim: boolean
  next(): Request
}

export type Operations = Readonly<Record<'list' | 'detail' | 'search' | 'create', Operation>>

export const listPath = '/v1/subleases'
export const searchPath = (n: number) => `${listPath}?q=${encodeURIComponent(lastNameOf(n))}`

export function operationsOn(subleases: number, headers: Readonly<Record<string, string>>): Operations {
  const get = (path: string): Request => ({ method: 'GET', path, headers })
  const homes = Math.ceil(subleases / 4)
  const startsOn = new Date().toISOString().slice(0, 10)
  let used = 0
  return {
    list: { name: 'list of 50', reads: true, hasAim: true, next: () => get(listPath) },
    detail: { name: 'detail', reads: true, hasAim: true, next: () => get(`${listPath}/${idOf('sublease', randomInt(subleases))}`) },
    search: { name: 'search, a last name', reads: true, hasAim: false, next: () => get(searchPath(randomInt(lastNameCount))) },
    create: {
      name: 'create',
      reads: false,
      hasAim: false,
      next() {
        if (used === vacant) throw new Error('no vacant home is left')
        const [home, household] = [homes + used, subleases + used]
        used++
        const body = {
          headLeaseId: idOf('headLease', home),
          scope: 'wholeFlat',
          householdId: idOf('household', household),
          tenantIds: [idOf('person', household * 2)],
          startsOn,
          term: 'indefinite',
          rentParts: [
            { kind: 'base', cents: 60_000 },
            { kind: 'water', cents: 2_500 },
          ],
          dueDay: 5,
          securityCents: 60_000,
          securityForm: 'deposit',
        }
        return { method: 'POST', path: listPath, headers: { ...headers, 'idempotency-key': randomUUID() }, body: JSON.stringify(body) }
      },
    },
  }
}
