/** SQL by hand over the tables of the API, as the owner: no token, no transaction, no policy. */
const columns = `
  s.id, s.version, s.created_at, s.updated_at, s.reference, s.status, s.scope, s.term, s.effective_term, s.written, s.starts_on, s.ends_on, s.last_on, s.ended_on,
  s.earlier_ends, s.due_day, s.security_cents, s.security_form, s.security_lodged_on, s.home_insurance_shown_on, s.tenant_told_on, s.tenant_told_by,
  s.landlord_told_on, s.landlord_told_by, s.signed_on, s.active_on, s.end_reason, s.room_id, r.name as room_name, s.place, s.city_contact, s.note, s.paper_location,
  e.id as head_id, e.reference as head_reference, e.status as head_status, e.effective_term as head_term, e.end_reason as head_end_reason, e.last_on as head_last_on, e.sublet_permission_on,
  f.id as flat_id, f.reference as flat_reference, f.address, f.postal_code, f.post_office, l.id as landlord_id, l.name as landlord_name,
  h.id as household_id, h.reference as household_reference, h.name as household_name,
  (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'basis', p.basis, 'label', nullif(p.label, ''), 'cents', p.cents,
     'startsOn', p.starts_on, 'endsOn', p.ends_on)), '[]')
   from sublease_rent_parts p where p.municipality_id = s.municipality_id and p.sublease_id = s.id) as rent_parts,
  (select coalesce(json_agg(json_build_object('id', p.id, 'reference', p.reference, 'name', p.first_names || ' ' || p.last_name, 'phone', p.phone) order by t.position), '[]')
   from sublease_tenants t join persons p on p.municipality_id = t.municipality_id and p.id = t.person_id
   where t.municipality_id = s.municipality_id and t.sublease_id = s.id) as tenants,
  (select count(*)::int from household_members m where m.municipality_id = s.municipality_id and m.household_id = s.household_id
   and least(greatest($2::date, s.starts_on), s.last_on) between m.joined_on and coalesce(m.left_on, 'infinity')) as household_size`
const joins = `
  join head_leases e on e.municipality_id = s.municipality_id and e.id = s.head_lease_id
  join flats f on f.municipality_id = s.municipality_id and f.id = s.flat_id
  join landlords l on l.municipality_id = s.municipality_id and l.id = s.landlord_id
  join households h on h.municipality_id = s.municipality_id and h.id = s.household_id
  left join rooms r on r.municipality_id = s.municipality_id and r.id = s.room_id`
const newest = 'order by s.starts_on desc, s.id desc'
const page = (condition = '') =>
  `select ${columns} from (select * from subleases s where s.municipality_id = $1 ${condition} ${newest} limit 51) s ${joins} ${newest}`

/** Values: municipality, today, and the id or the word. */
export const detail = { name: 'detail', text: `select ${columns} from subleases s ${joins} where s.municipality_id = $1 and s.id = $3` }
/** Values: municipality, today. */
export const firstPage = { name: 'list', text: page() }
export const found = {
  name: 'search',
  text: page(`and s.id in (select w.record_id from search_words w where w.municipality_id = $1 and w.resource = 'sublease'
    and w.word >= $3 and w.word < $3 || U&'\\FFFF')`),
}

export const insertSublease = {
  name: 'insert',
  text: `insert into subleases (municipality_id, id, reference, head_lease_id, flat_id, landlord_id, household_id, scope, term, starts_on, due_day, security_cents,
      security_form, created_at, updated_at)
    select $1, $2, next_reference('sublease', 'S', extract(year from $3::date)::int), h.id, h.flat_id, h.landlord_id, $5, $6, $7, $8, $9, $10, $11, now(), now()
    from head_leases h where h.municipality_id = $1 and h.id = $4`,
}
export const insertRent = {
  name: 'insertRent',
  text: `insert into sublease_rent_parts (municipality_id, id, sublease_id, kind, basis, cents, starts_on)
    select $1, gen_random_uuid(), $2, kind, 'fixed', cents, $3 from unnest($4::text[], $5::bigint[]) as p (kind, cents)`,
}
export const insertTenant = {
  name: 'insertTenant',
  text: `insert into sublease_tenants (municipality_id, id, sublease_id, person_id, position) values ($1, gen_random_uuid(), $2, $3, 0)`,
}
