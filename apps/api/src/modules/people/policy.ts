import { DomainError } from '@kotoisa/domain'
import { sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { seesProtected, type Actor } from '../../platform/context.ts'
import type { households, persons } from './table.ts'

/**
 * Who reads persons and households, and how (docs/architecture.md, Protected persons).
 * - `full`: coordinators, and clients with `protected:read`: everything.
 * - `limited`: other clients: everything of those who are not protected.
 * - `finance`: names and contacts of those who are not protected, no codes and no background.
 */
export type Reader = 'full' | 'limited' | 'finance'

export function readerOf(actor: Actor): Reader {
  if (seesProtected(actor)) return 'full'
  return actor.kind === 'integration' ? 'limited' : 'finance'
}

type Kept = typeof persons | typeof households

/** Is this row masked for the reader? The one condition that list, detail, search, filter, sort and CSV stand on. */
export const isMasked = (reader: Reader, table: Kept): SQL<boolean> =>
  reader === 'full' ? sql<boolean>`false` : sql<boolean>`${table.protected}`

/** May the row be found by what it holds, and not by id or reference alone? */
export const isOpen = (reader: Reader, table: Kept): SQL | undefined => (reader === 'full' ? undefined : sql`not ${table.protected}`)

/** A column of a row, null where the row is masked: selected, sorted by and exported like this only. */
export const unlessMasked = <C extends AnyPgColumn>(reader: Reader, table: Kept, column: C): SQL<C['_']['data'] | null> =>
  (reader === 'full' ? sql`${column}` : sql`case when ${table.protected} then null else ${column} end`).mapWith(column) as SQL<
    C['_']['data'] | null
  >

/** A change of somebody that the caller may not see: the record may be there, but its changes are not theirs. */
export function refuseMasked(actor: Actor, ...rows: readonly { readonly protected: boolean }[]): void {
  if (!seesProtected(actor) && rows.some((row) => row.protected)) throw new DomainError('addressProtection.noRight')
}
