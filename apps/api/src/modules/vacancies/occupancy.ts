import type { Occupancy } from '@kotoisa/contracts'
import { addMonths, endOfMonth, startOfMonth, type VacancyReason } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import type { WriteCtx } from '../../platform/context.ts'
import { flats } from '../homes/table.ts'
import { emptyReasonOn, isEmpty } from './free-flats.ts'
import { readerOf } from './readers.ts'

const month = (day: string): string => day.slice(0, 7)

/**
 * Sums alone: no row of any home or household leaves the database. For a limited reader they are made of what its lists tell:
 * recorded empty times, leases that it sees, and of a masked lease the days that stand in it. Days by its true end would tell
 * which head lease it ended with.
 */
export async function readOccupancy(ctx: WriteCtx): Promise<Occupancy> {
  const { today } = ctx
  const { municipalityId } = ctx.actor
  const reader = readerOf(ctx.actor)
  const isLimited = reader === 'limited'
  const [ending, empty, occupancy] = await Promise.all([
    ctx.db.execute<{ month: string; layer: 'head' | 'sub'; leases: number }>(sql`
      select to_char(l.ends_on, 'YYYY-MM') as month, l.layer, count(*)::int as leases
      from (
        select 'head' as layer, h.ends_on from head_leases h where h.municipality_id = ${municipalityId} and h.status <> 'draft'
        union all
        select 'sub', s.ends_on from subleases s where s.municipality_id = ${municipalityId} and s.status <> 'draft') as l
      where l.ends_on between ${startOfMonth(today)}::date and ${endOfMonth(addMonths(today, 5))}::date
      group by 1, 2`),
    ctx.db
      .select({ reason: sql<string>`${emptyReasonOn(reader, sql`${today}`)}`.as('reason'), flats: sql<number>`count(*)::int` })
      .from(flats)
      .where(sql`${flats.municipalityId} = ${municipalityId} and ${isEmpty(reader, sql`${today}`)}`)
      .groupBy(sql`1`)
      .orderBy(sql`2 desc, 1`),
    ctx.db.execute<{ month: string; held: number; let: number }>(sql`
      with months as (
        select to_char(m, 'YYYY-MM') as month,
          daterange(m::date, least((m + interval '1 month')::date, ${today}::date + 1)) as days
        from generate_series(${startOfMonth(addMonths(today, -11))}::date::timestamp, ${startOfMonth(today)}::date::timestamp, '1 month') as m),
      held as (
        select h.flat_id, m.month, h.span * m.days as days
        from head_leases h join months m on m.days && h.span
        where h.municipality_id = ${municipalityId} and h.status <> 'draft'),
      let as (
        select x.month, x.flat_id, range_agg(s.span * x.days) as days
        from held x join subleases s on s.municipality_id = ${municipalityId} and s.flat_id = x.flat_id and s.status <> 'draft' and s.span && x.days
          ${isLimited ? sql`and not s.protected` : sql``}
        group by 1, 2),
      masked as (
        select m.month, sum(upper(d.days) - lower(d.days)) as days
        from subleases s
        join months m on m.days && daterange(s.starts_on, s.ends_on, '[]')
        cross join lateral (select m.days * daterange(s.starts_on, s.ends_on, '[]') as days) as d
        where ${isLimited} and s.municipality_id = ${municipalityId} and s.status <> 'draft' and s.protected
        group by 1)
      select month, held, least(held, lived)::int as let from (
        select m.month,
          coalesce((select sum(upper(h.days) - lower(h.days)) from held h where h.month = m.month), 0)::int as held,
          coalesce((select sum(upper(r) - lower(r)) from let l, unnest(l.days) as r where l.month = m.month), 0)
            + coalesce((select x.days from masked x where x.month = m.month), 0) as lived
        from months m) as counted
      order by month`),
  ])
  const ends = (of: string, layer: 'head' | 'sub') => ending.rows.find((row) => row.month === of && row.layer === layer)?.leases ?? 0
  return {
    asOf: today,
    ending: Array.from({ length: 6 }, (_, index) => month(addMonths(startOfMonth(today), index))).map((of) => ({
      month: of,
      headLeases: ends(of, 'head'),
      subleases: ends(of, 'sub'),
    })),
    empty: empty.map(({ reason, flats: count }) => ({ reason: reason === 'unrecorded' ? null : (reason as VacancyReason), flats: count })),
    occupancy: occupancy.rows.map(({ month: of, held, let: lived }) => ({ month: of, heldDays: held, letDays: lived })),
  }
}
