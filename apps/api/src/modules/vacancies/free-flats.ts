import { sql, type SQL } from 'drizzle-orm'
import { flats } from '../homes/table.ts'

/**
 * Conditions on `flats` by days. They tell of days and of no household: a flat of a protected one is not free, like any other
 * that is let. A draft holds days for whoever looks for a home, and nobody lives by it.
 */

const here = (row: 'h' | 's' | 'v'): SQL =>
  sql`${sql.identifier(row)}.municipality_id = ${flats.municipalityId} and ${sql.identifier(row)}.flat_id = ${flats.id}`

/** The whole flat can be let from the one day to the other; without the other, for as long as the city holds it. Never from a day to an earlier one. */
export const isFree = (from: SQL, until: SQL): SQL => sql`case when ${until}::date < ${from}::date then false else
  exists (select from head_leases h where ${here('h')} and h.status <> 'draft' and h.span @> ${from}::date
    and (${until}::date is null or h.span @> ${until}::date))
  and not exists (select from subleases s where ${here('s')} and s.span && daterange(${from}::date, ${until}::date, '[]'))
  and not exists (select from vacancies v where ${here('v')} and v.reason in ('repair', 'damage') and v.span && daterange(${from}::date, ${until}::date, '[]')) end`

/** The city holds the flat on a day and nobody lives there. */
export const isEmpty = (day: SQL): SQL => sql`(
  exists (select from head_leases h where ${here('h')} and h.status <> 'draft' and h.span @> ${day}::date)
  and not exists (select from subleases s where ${here('s')} and s.status <> 'draft' and s.span @> ${day}::date))`

/** The reason that is recorded for a day; `unrecorded` where none is. */
export const emptyReasonOn = (day: SQL): SQL => sql`coalesce((
  select v.reason from vacancies v where ${here('v')} and v.span @> ${day}::date limit 1), 'unrecorded')`
