import { listVacancies, type Access, type TodaySubject } from '@kotoisa/contracts'
import { flatTasks, type Day, type Task, type VacancyReason } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import type { TaskSource } from '../today/source.ts'
import { readerOf } from './readers.ts'

interface EmptyFlat extends Record<string, unknown> {
  readonly id: string
  readonly emptyFrom: Day
  readonly unrecordedFrom: Day | null
  readonly reason: VacancyReason | null
  readonly isPromised: boolean
}

/** More homes than any city holds empty at once: a bound, not a page. */
const emptyAtMost = 20_000

/**
 * The homes that the city holds and nobody lives in today, since when, and whether a reason stands. Days are days: of whoever
 * lived there nothing is read.
 */
const emptyFlats = async ({ db, actor, today }: Ctx): Promise<EmptyFlat[]> =>
  (
    await db.execute<EmptyFlat>(sql`
      select h.flat_id as "id", v.reason,
        to_char(greatest(lower(h.span), before.until), 'YYYY-MM-DD') as "emptyFrom",
        case when v.reason is null then to_char(greatest(lower(h.span), before.until, recorded.until), 'YYYY-MM-DD') end as "unrecordedFrom",
        exists (select from subleases c where c.municipality_id = h.municipality_id and c.flat_id = h.flat_id and (c.span @> ${today}::date or lower(c.span) > ${today}::date)) as "isPromised"
      from head_leases h
      left join lateral (
        select x.reason from vacancies x
        where x.municipality_id = h.municipality_id and x.flat_id = h.flat_id and x.span @> ${today}::date limit 1) v on true
      left join lateral (
        select max(upper(s.span)) as until from subleases s
        where s.municipality_id = h.municipality_id and s.flat_id = h.flat_id and s.status <> 'draft' and upper(s.span) <= ${today}::date) before on true
      left join lateral (
        select max(upper(x.span)) as until from vacancies x
        where x.municipality_id = h.municipality_id and x.flat_id = h.flat_id and upper(x.span) <= ${today}::date) recorded on true
      where h.municipality_id = ${actor.municipalityId} and h.status <> 'draft' and h.span @> ${today}::date
        and not exists (
          select from subleases s
          where s.municipality_id = h.municipality_id and s.flat_id = h.flat_id and s.status <> 'draft' and s.span @> ${today}::date)
      limit ${emptyAtMost}`)
  ).rows

/** Kept from finding to telling within one answer: the days of a home are read once. */
const foundIn = new WeakMap<Ctx, ReadonlyMap<string, EmptyFlat>>()

async function tasks(ctx: Ctx): Promise<Task[]> {
  // Found by subtracting leases: for whoever may know them all.
  if (readerOf(ctx.actor) !== 'city') return []
  const found = await emptyFlats(ctx)
  foundIn.set(ctx, new Map(found.map((flat) => [flat.id, flat])))
  return found.flatMap((flat) => flatTasks({ ...flat, today: ctx.today }))
}

interface Named extends Record<string, unknown> {
  readonly id: string
  readonly reference: string
  readonly address: string
  readonly postalCode: string
  readonly postOffice: string
  readonly landlordId: string
  readonly landlordName: string
}

async function describe(ctx: Ctx, ids: readonly string[]): Promise<TodaySubject[]> {
  const { rows } = await ctx.db.execute<Named>(sql`
    select f.id, f.reference, f.address, f.postal_code as "postalCode", f.post_office as "postOffice", l.id as "landlordId", l.name as "landlordName"
    from flats f join landlords l on l.municipality_id = f.municipality_id and l.id = f.landlord_id
    where f.municipality_id = ${ctx.actor.municipalityId} and f.id = any (${sql.param([...ids])}::uuid[])`)
  const found = foundIn.get(ctx)
  return rows.map(({ id, reference, address, postalCode, postOffice, landlordId, landlordName }) => ({
    resource: 'flat',
    id,
    reference,
    status: null,
    masked: false,
    household: null,
    householdSize: null,
    flat: { id, reference, address, postalCode, postOffice },
    landlord: { id: landlordId, name: landlordName },
    emptyFrom: found?.get(id)?.emptyFrom ?? null,
    emptyBecause: found?.get(id)?.reason ?? null,
  }))
}

const access: Access = listVacancies.config.access
export const flatTaskSource: TaskSource = { resource: 'flat', access, tasks, describe }
