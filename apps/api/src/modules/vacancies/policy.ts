import { sql, type SQL } from 'drizzle-orm'
import { flats } from '../homes/table.ts'
import type { Reader } from './readers.ts'

/** Rows that the reader may see, over the joined flat; undefined: all of the municipality. */
export const visibleVacancies = (reader: Reader): SQL | undefined =>
  reader === 'landlord' ? sql`${flats.landlordId} = ${sql.placeholder('landlord')}` : undefined

type Row = 'v' | 'vacancies'

/**
 * The last empty day as the reader is told it. Settled by triggers (migration 0008) from all leases; for `limited` found anew
 * as if no masked lease were there: an open vacancy that ends before no lease would tell whose home it is.
 */
export function lastOnTold(reader: Reader, row: Row = 'vacancies'): SQL<string | null> {
  const of = sql.identifier(row)
  if (reader !== 'limited') return sql<string | null>`${of}.last_on`
  const ofFlat = (lease: 'h' | 's') =>
    sql`${sql.identifier(lease)}.municipality_id = ${of}.municipality_id and ${sql.identifier(lease)}.flat_id = ${of}.flat_id and ${sql.identifier(lease)}.status <> 'draft'`
  return sql<string | null>`least(${of}.ends_on,
    (select min(lower(s.span)) - 1 from subleases s
      where ${ofFlat('s')} and s.scope = 'wholeFlat' and not s.protected and lower(s.span) > ${of}.starts_on),
    (select min(upper(h.span)) - 1 from head_leases h where ${ofFlat('h')} and h.span @> ${of}.starts_on))`
}

/** Is the home empty on the day, by a vacancy as the reader is told it? */
export const standsOn = (reader: Reader, day: SQL, row: Row = 'vacancies'): SQL =>
  reader === 'limited'
    ? sql`(${sql.identifier(row)}.starts_on <= ${day}::date and coalesce(${lastOnTold(reader, row)}, 'infinity') >= ${day}::date)`
    : sql`${sql.identifier(row)}.span @> ${day}::date`
