import { DomainError } from '@kotoisa/domain'
import { sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { landlordOf, seesProtected, type Actor } from '../../platform/context.ts'
import { subleases, type headLeases } from './table.ts'

/**
 * Who reads leases, and how (docs/architecture.md, Roles and scopes, Protected persons).
 * - `full`: coordinators, and clients with `protected:read`.
 * - `limited`: finance and other clients: the leases of protected households without the home and the people.
 * - `landlord`: the leases of its own flats; of a sublease a closed set of fields.
 */
export type Reader = 'full' | 'limited' | 'landlord'

export function readerOf(actor: Actor): Reader {
  if (landlordOf(actor) !== null) return 'landlord'
  return seesProtected(actor) ? 'full' : 'limited'
}

/** The landlord of the request in a statement that is built once: see `valuesOf`. */
const ownLandlord = sql.placeholder('landlord')

/** Rows that the reader may see; undefined: all of the municipality. */
export const visibleLeases = (reader: Reader, table: typeof headLeases | typeof subleases): SQL | undefined =>
  reader === 'landlord' ? sql`${table.landlordId} = ${ownLandlord}` : undefined

/** Values of the placeholders that every read of leases has. */
export const valuesOf = (actor: Actor, today: string) => ({
  municipality: actor.municipalityId,
  landlord: landlordOf(actor),
  today,
})

/** Is this row masked for the reader? The one condition that list, detail, search, filter, sort and CSV stand on. */
export const isMasked = (reader: Reader): SQL<boolean> =>
  reader === 'limited' ? sql<boolean>`${subleases.protected}` : sql<boolean>`false`

/** May the lease be found by its home or its people, and not by id, reference and terms alone? */
export const isOpen = (reader: Reader): SQL | undefined => (reader === 'limited' ? sql`not ${subleases.protected}` : undefined)

/** What tells of the home or the people, null where the row is masked: selected, sorted by and exported like this only. */
export const unlessMasked = <C extends AnyPgColumn>(reader: Reader, column: C): SQL<C['_']['data'] | null> =>
  (reader === 'limited' ? sql`case when ${subleases.protected} then null else ${column} end` : sql`${column}`).mapWith(column) as SQL<
    C['_']['data'] | null
  >

/** A change of a lease that the caller may not see: it may be there, but its changes are not theirs. */
export function refuseMasked(actor: Actor, row: { readonly protected: boolean }): void {
  if (row.protected && !seesProtected(actor)) throw new DomainError('addressProtection.noRight')
}
