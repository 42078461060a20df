import type { LeaseScope, LeaseStatus, PlacementFlat, VacancyReason } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'

/** A flat as the ranking sees it, and what is shown beside. */
export interface Home {
  readonly placement: PlacementFlat
  readonly flat: { id: string; reference: string; address: string; postalCode: string; postOffice: string }
  readonly area: { id: string; name: string }
  readonly landlord: { id: string; name: string }
  /** Where a room, or a place in one, is to be let by itself. */
  readonly room: { id: string; name: string; squareMetres: number | null; place: string | null } | null
  readonly squareMetres: number
  readonly emptyBecause: VacancyReason | null
  readonly headLease: { id: string; reference: string; status: LeaseStatus; effectiveEndsOn: string | null } | null
}

interface Row extends Record<string, unknown> {
  readonly id: string
  readonly reference: string
  readonly address: string
  readonly postal_code: string
  readonly post_office: string
  readonly area_id: string
  readonly area_name: string
  readonly landlord_id: string
  readonly landlord_name: string
  readonly room_count: number
  readonly room_id: string | null
  readonly room_name: string
  readonly room_square_metres: number | null
  /** Of the room; empty: the room as a whole. */
  readonly place: string
  readonly square_metres: number
  readonly max_persons: number
  readonly accessibility: PlacementFlat['accessibility']
  readonly features: PlacementFlat['features']
  readonly free_from: string | null
  readonly empty_because: VacancyReason | null
  readonly head_id: string | null
  readonly head_reference: string
  readonly head_status: LeaseStatus
  readonly head_last_on: string | null
  readonly permitted: boolean
  readonly rent: string | null
}

/**
 * All flats with the head lease that is furthest on its way (then the one that lasts longest) and the first day after all lets
 * and repairs that are known, drafts too; null where one of them has no end, or the head lease is over with it. Of who lives
 * there nothing is read. `partOfFlat`: their bedrooms and living rooms, or the places in them, each by itself; taken by leases
 * of the whole flat, of the whole room and of the place, a room without places by any lease in it.
 */
export async function readHomes(ctx: Ctx, scope: LeaseScope): Promise<Home[]> {
  const byRoom = scope === 'partOfFlat'
  const room = byRoom
    ? sql`join rooms r on r.municipality_id = f.municipality_id and r.flat_id = f.id and r.kind in ('bedroom', 'livingRoom')
        cross join lateral unnest(case when cardinality(r.places) = 0 then array[''] else r.places end) as p (place)`
    : sql`left join rooms r on false cross join (values ('')) as p (place)`
  const { rows } = await ctx.db.execute<Row>(sql`
    select f.id, f.reference, f.address, f.postal_code, f.post_office, a.id as area_id, a.name as area_name,
      l.id as landlord_id, l.name as landlord_name, f.room_count, f.square_metres, f.max_persons, f.features,
      r.id as room_id, r.name as room_name, r.square_metres as room_square_metres, p.place,
      f.accessibility || case when f.lift then array['lift'] else '{}' end as accessibility,
      h.id as head_id, h.reference as head_reference, h.status as head_status, h.last_on::text as head_last_on,
      h.sublet_permission_on is not null as permitted, h.rent::text as rent, v.reason as empty_because,
      (case when taken.open or taken.until >= upper(h.span) then null
        else greatest(${ctx.today}::date, h.starts_on, taken.until) end)::text as free_from
    from flats f
    ${room}
    join buildings b on b.municipality_id = f.municipality_id and b.id = f.building_id
    join areas a on a.municipality_id = b.municipality_id and a.id = b.area_id
    join landlords l on l.municipality_id = f.municipality_id and l.id = f.landlord_id
    left join lateral (
      select h.*, (
        select sum(p.cents) from head_lease_rent_parts p
        where p.municipality_id = h.municipality_id and p.head_lease_id = h.id
          and daterange(p.starts_on, p.ends_on, '[]') @> greatest(${ctx.today}::date, h.starts_on)) as rent
      from head_leases h
      where h.municipality_id = f.municipality_id and h.flat_id = f.id and (h.last_on is null or h.last_on >= ${ctx.today}::date)
      order by array_position(array['active', 'signed', 'draft'], h.status), h.last_on desc nulls first
      limit 1) as h on true
    left join lateral (
      select bool_or(upper_inf(t.span)) as open, max(upper(t.span)) as until
      from (
        select s.span from subleases s where s.municipality_id = f.municipality_id and s.flat_id = f.id
          ${byRoom ? sql`and (s.scope = 'wholeFlat' or s.room_id = r.id and (p.place = '' or s.place in ('', p.place)))` : sql``}
        union all
        select v.span from vacancies v
        where v.municipality_id = f.municipality_id and v.flat_id = f.id and v.reason in ('repair', 'damage')) as t
      where upper_inf(t.span) or upper(t.span) > ${ctx.today}::date) as taken on true
    left join lateral (
      select v.reason from vacancies v
      where v.municipality_id = f.municipality_id and v.flat_id = f.id and v.span @> ${ctx.today}::date
      limit 1) as v on true
    where f.municipality_id = ${ctx.actor.municipalityId}`)
  return rows.map(toHome)
}

function toHome(row: Row): Home {
  const headLease =
    row.head_id === null
      ? null
      : { id: row.head_id, reference: row.head_reference, status: row.head_status, effectiveEndsOn: row.head_last_on }
  return {
    flat: { id: row.id, reference: row.reference, address: row.address, postalCode: row.postal_code, postOffice: row.post_office },
    area: { id: row.area_id, name: row.area_name },
    landlord: { id: row.landlord_id, name: row.landlord_name },
    room:
      row.room_id === null
        ? null
        : { id: row.room_id, name: row.room_name, squareMetres: row.room_square_metres, place: row.place === '' ? null : row.place },
    squareMetres: row.square_metres,
    emptyBecause: row.empty_because,
    headLease,
    placement: {
      id: row.room_id === null ? row.id : `${row.room_id} ${row.place}`,
      areaId: row.area_id,
      rooms: row.room_id === null ? row.room_count : 1,
      maxPersons: row.room_id === null ? row.max_persons : row.place === '' ? null : 1,
      // A head lease has the rent of the whole flat; what a room costs is agreed with its tenant.
      monthlyRentCents: row.rent === null || row.room_id !== null ? null : Number(row.rent),
      accessibility: row.accessibility,
      features: row.features,
      freeFrom: row.free_from,
      headLease: headLease && {
        signed: headLease.status !== 'draft',
        endsOn: headLease.effectiveEndsOn,
        subletPermission: row.permitted,
      },
    },
  }
}
