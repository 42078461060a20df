import { sql, type SQL } from 'drizzle-orm'
import { flats, rooms } from '../homes/table.ts'
import { standsOn } from './policy.ts'
import type { Reader } from './readers.ts'

/**
 * Conditions on `flats` by days; docs/trust.md (Empty homes and masked leases) says who is told what. A draft holds days for
 * whoever looks for a home, and nobody lives by it.
 */

const here = (row: 'h' | 's' | 'v'): SQL =>
  sql`${sql.identifier(row)}.municipality_id = ${flats.municipalityId} and ${sql.identifier(row)}.flat_id = ${flats.id}`

/**
 * The whole flat can be let from the one day to the other; without the other, for as long as the city holds it. Never from a
 * day to an earlier one. By all leases: for whoever may know them all.
 */
export const isFree = (from: SQL, until: SQL): SQL => sql`case when ${until}::date < ${from}::date then false else
  exists (select from head_leases h where ${here('h')} and h.status <> 'draft' and h.span @> ${from}::date
    and (${until}::date is null or h.span @> ${until}::date))
  and not exists (select from subleases s where ${here('s')} and s.span && daterange(${from}::date, ${until}::date, '[]'))
  and not exists (select from vacancies v where ${here('v')} and v.reason in ('repair', 'damage') and v.span && daterange(${from}::date, ${until}::date, '[]')) end`

/**
 * The room (of the joined flat), or a place in it, can be let by itself on a day: nobody has the whole flat, the whole room or,
 * where it has places, every one of them. By all leases, too.
 */
export const isRoomFree = (day: SQL): SQL => sql`(
  exists (select from head_leases h where ${here('h')} and h.status <> 'draft' and h.span @> ${day}::date)
  and not exists (select from vacancies v where ${here('v')} and v.reason in ('repair', 'damage') and v.span @> ${day}::date)
  and exists (
    select from unnest(case when cardinality(${rooms.places}) = 0 then array[''] else ${rooms.places} end) as p (place)
    where not exists (
      select from subleases s where ${here('s')} and s.span @> ${day}::date
        and (s.scope = 'wholeFlat' or s.room_id = ${rooms.id} and (p.place = '' or s.place in ('', p.place))))))`

/** Nobody lives in the flat on a day on which the city holds it; for a limited reader: somebody has recorded that it is empty. */
export const isEmpty = (reader: Reader, day: SQL): SQL =>
  reader === 'limited'
    ? sql`exists (select from vacancies v where ${here('v')} and ${standsOn(reader, day, 'v')})`
    : sql`(
  exists (select from head_leases h where ${here('h')} and h.status <> 'draft' and h.span @> ${day}::date)
  and not exists (select from subleases s where ${here('s')} and s.status <> 'draft' and s.span @> ${day}::date))`

/** The reason that is recorded for a day; `unrecorded` where none is. */
export const emptyReasonOn = (reader: Reader, day: SQL): SQL => sql`coalesce((
  select v.reason from vacancies v where ${here('v')} and ${standsOn(reader, day, 'v')} limit 1), 'unrecorded')`
