import type { EmptyNow, OwnHomes } from '@kotoisa/contracts'
import { DomainError, type Day } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { landlordOf, type WriteCtx } from '../../platform/context.ts'
import { prepared, type Db } from '../../platform/database.ts'
import { finnishByNumber } from '../../platform/sorting.ts'
import { flatsFrom, toOwnFlat } from '../homes/read-flats.ts'
import { flats } from '../homes/table.ts'
import { selectHeadLeases, toOwnHeadLease } from '../leases/read-head-leases.ts'
import { toLandlordSublease } from '../leases/read-subleases.ts'
import { selectLandlordSubleases } from '../leases/sublease-columns.ts'
import { headLeases, subleases } from '../leases/table.ts'

/** More homes than any landlord has: a bound, not a page. */
const most = 5_000

interface Scope {
  readonly db: Db
  readonly given: { readonly municipality: string; readonly landlord: string; readonly today: Day }
}

/** Each row as the landlord's own lists would tell it; of whoever lives there what the law lets the landlord know (73 §). */
export async function readOwnHomes(ctx: WriteCtx): Promise<OwnHomes> {
  const landlord = landlordOf(ctx.actor)
  if (landlord === null) throw new DomainError('access.denied')
  const scope: Scope = { db: ctx.db, given: { municipality: ctx.actor.municipalityId, landlord, today: ctx.today } }
  const [homes, heads, subs, empty] = [await ownFlats(scope), await ownHeadLeases(scope), await ownSubleases(scope), await emptyNow(scope)]
  return {
    asOf: ctx.today,
    homes: homes.map((row) => ({
      flat: toOwnFlat(row),
      headLeases: (heads.get(row.id) ?? []).map((lease) => toOwnHeadLease(lease, ctx.today)),
      subleases: (subs.get(row.id) ?? []).map((lease) => toLandlordSublease(lease, ctx.today)),
      empty: empty.get(row.id) ?? null,
    })),
  }
}

const given = (name: keyof Scope['given']) => sql.placeholder(name)

const ownFlats = ({ db, given: values }: Scope) =>
  prepared(db, 'own_homes_flats', (on) =>
    flatsFrom(on)
      .where(and(eq(flats.municipalityId, given('municipality')), eq(flats.landlordId, given('landlord'))))
      .orderBy(finnishByNumber(flats.address), flats.id)
      .limit(most),
  ).execute(values)

const byFlat = <Row extends { readonly flatId: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> =>
  Map.groupBy(rows, ({ flatId }) => flatId)

/** Of the landlord, and not past. */
const theirs = ({ municipalityId, landlordId, lastOn }: typeof headLeases | typeof subleases) =>
  and(
    eq(municipalityId, given('municipality')),
    eq(landlordId, given('landlord')),
    sql`coalesce(${lastOn}, 'infinity') >= ${given('today')}::date`,
  )

const ownHeadLeases = async ({ db, given: values }: Scope) =>
  byFlat(
    await prepared(db, 'own_homes_head_leases', (on) =>
      selectHeadLeases(on).where(theirs(headLeases)).orderBy(headLeases.startsOn, headLeases.id),
    ).execute(values),
  )

const ownSubleases = async ({ db, given: values }: Scope) =>
  byFlat(
    await prepared(db, 'own_homes_subleases', (on) =>
      selectLandlordSubleases(on)
        .where(and(theirs(subleases), sql`${subleases.status} <> 'draft'`))
        .orderBy(subleases.startsOn, subleases.id),
    ).execute(values),
  )

/** Days are days: of whoever lived there before nothing is read. */
async function emptyNow({ db, given: { municipality, landlord, today } }: Scope): Promise<ReadonlyMap<string, EmptyNow>> {
  const { rows } = await db.execute<{ flatId: string } & EmptyNow>(sql`
    select h.flat_id as "flatId", v.reason, coalesce(v.born_by, h.vacancy_born_by) as "bornBy",
      to_char(greatest(lower(h.span), before.until), 'YYYY-MM-DD') as "startsOn", to_char(v.last_on, 'YYYY-MM-DD') as "endsOn"
    from head_leases h
    left join vacancies v on v.municipality_id = h.municipality_id and v.flat_id = h.flat_id and v.span @> ${today}::date
    left join lateral (
      select max(upper(s.span)) as until from subleases s
      where s.municipality_id = h.municipality_id and s.flat_id = h.flat_id and s.status <> 'draft' and upper(s.span) <= ${today}::date) before on true
    where h.municipality_id = ${municipality} and h.landlord_id = ${landlord} and h.status <> 'draft' and h.span @> ${today}::date
      and not exists (
        select from subleases s
        where s.municipality_id = h.municipality_id and s.flat_id = h.flat_id and s.status <> 'draft' and s.span @> ${today}::date)`)
  return new Map(rows.map(({ flatId, startsOn, endsOn, reason, bornBy }) => [flatId, { startsOn, endsOn, reason, bornBy }]))
}
