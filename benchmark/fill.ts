import type pg from 'pg'

export const municipality = '01900000-0000-7000-8000-000000000998'
/** Empty flats with a head lease and households without a home: what creates use up. */
export const vacant = 4_000

/** Ids of the n-th record of a kind, in the order of their numbers as ids made by time are. */
const kinds = {
  landlord: 1,
  area: 2,
  building: 3,
  flat: 4,
  headLease: 5,
  household: 6,
  person: 7,
  member: 8,
  sublease: 9,
  tenant: 10,
  rent: 11,
}
export const idOf = (kind: keyof typeof kinds, n: number): string =>
  `01900000-${kinds[kind].toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`
const id = (kind: keyof typeof kinds, n: string) =>
  `('01900000-${kinds[kind].toString(16).padStart(4, '0')}-7000-8000-' || lpad(to_hex((${n})::int), 12, '0'))::uuid`

const beginnings =
  'Harju Koivu Lehto Ranta Niemi Saari Kallio Virta Metsä Pelto Suvi Talvi Kuusi Haapa Leppä Vuori Lampi Joki Tuuli Aalto'.split(' ')
const endings = 'la lainen nen maa ranta salo mäki vaara kangas suo aho järvi koski lahti luoto penger rinne sola tie valta'.split(' ')
const lastNames = beginnings.flatMap((beginning) => endings.map((ending) => beginning + ending))
const firstNames =
  'Aamu Eeli Hilla Ilmo Jalo Kaisla Lumi Mielo Nella Oiva Pihla Rasmus Sampo Taika Urho Venla Armas Beata Cosma Dina'.split(' ')
const streets = beginnings.flatMap((beginning) => [`${beginning}katu`, `${beginning}polku`])
/** One of a list, by a number. */
const pick = (list: readonly string[], n: string) => `(array[${list.map((one) => `'${one}'`).join()}])[1 + (${n})::int % ${list.length}]`

export const lastNameCount = lastNames.length
/** A last name that one in `lastNameCount` of the households has. */
export const lastNameOf = (n: number): string => lastNames[n % lastNames.length] as string

const at = `timestamptz '2026-01-01Z'`
const stamps = 'created_at, updated_at'

/**
 * Four subleases a flat, one after another: three ended fixed terms and an indefinite one that runs, of 5 landlords, one
 * household of two each. Triggers are off for speed; what they settle is written here as they settle it. Of the ended leases
 * one in 250 belongs to a protected household.
 */
export async function fill(db: pg.Client, subleases: number): Promise<void> {
  const flats = Math.ceil(subleases / 4)
  const [allFlats, households] = [flats + vacant, subleases + vacant]
  const numbers = (count: number) => `generate_series(0, ${count - 1}) as n`
  const flatOf = (n: string) => `(${n}) % ${flats}`
  const turnOf = (n: string) => `((${n}) / ${flats})`
  const begins = `(current_date - 30 - (${flatOf('n')}) % 700 - (3 - ${turnOf('n')}) * 800)`
  const isLast = `${turnOf('n')} = 3`
  const isProtected = `(n % 250 = 7 and n < ${flats * 3})`
  const householdOfPerson = 'n / 2'
  await db.query('begin')
  await db.query('set local session_replication_role = replica')
  for (const statement of [
    `insert into municipalities (id, code, name) values ('${municipality}', '998', 'Vertailu')`,
    `insert into landlords (municipality_id, id, reference, name, business_id, nonprofit, ${stamps})
     select $1, ${id('landlord', 'n')}, 'L-' || n, 'Vertailusäätiö ' || n, '000000' || n || '-0', true, ${at}, ${at} from ${numbers(5)}`,
    `insert into areas (municipality_id, id, name, ${stamps}) select $1, ${id('area', 'n')}, 'Alue ' || n, ${at}, ${at} from ${numbers(12)}`,
    `insert into buildings (municipality_id, id, area_id, type, street_address, postal_code, post_office, ${stamps})
     select $1, ${id('building', 'n')}, ${id('area', 'n % 12')}, 'apartmentBlock', ${pick(streets, 'n')} || ' ' || 1 + n / ${streets.length}, '40100', 'Jyväskylä', ${at}, ${at}
     from ${numbers(Math.ceil(allFlats / 50))}`,
    `insert into flats (municipality_id, id, reference, landlord_id, building_id, street_address, postal_code, post_office, apartment_letter, apartment_number,
       room_count, square_metres, lift, max_persons, ${stamps})
     select $1, ${id('flat', 'n')}, 'K-' || n, ${id('landlord', 'n % 5')}, ${id('building', 'n / 50')}, ${pick(streets, 'n / 50')} || ' ' || 1 + n / 50 / ${streets.length},
       '40100', 'Jyväskylä', 'A', n % 50 + 1, 3, 70, false, 4, ${at}, ${at} from ${numbers(allFlats)}`,
    `insert into head_leases (municipality_id, id, reference, flat_id, landlord_id, status, term, starts_on, short_run, effective_term, span, due_day,
       sublet_permission_source, sublet_permission_on, signed_on, active_on, ${stamps})
     select $1, ${id('headLease', 'n')}, 'E-2015-' || lpad(n::text, 6, '0'), ${id('flat', 'n')}, ${id('landlord', 'n % 5')}, 'active', 'indefinite', day, 0, 'indefinite',
       daterange(day, null), 5, 'lease', day, day, day, ${at}, ${at} from ${numbers(allFlats)}, lateral (select current_date - 4000 as day) d`,
    `insert into households (municipality_id, id, reference, name, protected, ${stamps})
     select $1, ${id('household', 'n')}, 'H-' || n, ${pick(lastNames, 'n * 7')}, ${isProtected}, ${at}, ${at} from ${numbers(households)}`,
    `insert into persons (municipality_id, id, reference, first_names, last_name, migri_number_sealed, migri_number_index, migri_number_shown, birth_date, phone,
       protection_granted_on, protected, ${stamps})
     select $1, ${id('person', 'p')}, 'P-' || p, ${pick(firstNames, 'p * 3')}, ${pick(lastNames, 'n * 7')}, '-', decode(md5(p::text), 'hex'), '-',
       date '1970-01-01' + p % 9000, '+35840000' || lpad((p % 10000)::text, 4, '0'), case when ${isProtected} then date '2026-01-01' end, ${isProtected}, ${at}, ${at}
     from generate_series(0, ${households * 2 - 1}) as p, lateral (select p / 2 as n) h`,
    `insert into household_members (municipality_id, id, household_id, person_id, joined_on)
     select $1, ${id('member', 'n')}, ${id('household', householdOfPerson)}, ${id('person', 'n')}, date '2000-01-01' from ${numbers(households * 2)}`,
    `insert into subleases (municipality_id, id, reference, head_lease_id, flat_id, landlord_id, household_id, scope, status, term, starts_on, agreed_ends_on, short_run,
       effective_term, span, protected, due_day, security_cents, security_form, security_lodged_on, home_insurance_shown_on, tenant_told_on, tenant_told_by,
       landlord_told_on, landlord_told_by, city_contact, signed_on, active_on, ${stamps})
     select $1, ${id('sublease', 'n')}, 'S-2016-' || lpad(n::text, 6, '0'), ${id('headLease', 'flat')}, ${id('flat', 'flat')}, ${id('landlord', 'flat % 5')},
       ${id('household', 'n')}, 'wholeFlat', 'active', term, day, ends_on, 0, term, daterange(day, ends_on, '[]'), ${isProtected}, 5, 60000, 'deposit',
       case when n % 3 > 0 then day end, case when n % 2 > 0 then day end, case when n % 5 > 0 then day end, case when n % 5 > 0 then 'letter' end,
       case when n % 7 > 0 then day end, case when n % 7 > 0 then 'letter' end,
       '{"name": "Kaupungin asumispalvelut", "email": "asuminen@kaupunki.example", "phone": "+358400000000"}', day, day, ${at}, ${at}
     from ${numbers(subleases)}, lateral (select ${flatOf('n')} as flat, ${begins} as day, case when ${isLast} then 'indefinite' else 'fixedTerm' end as term,
       case when not ${isLast} then ${begins} + 700 end as ends_on) d`,
    `insert into sublease_tenants (municipality_id, id, sublease_id, person_id, position)
     select $1, ${id('tenant', 'n')}, ${id('sublease', 'n')}, ${id('person', 'n * 2')}, 0 from ${numbers(subleases)}`,
    `insert into sublease_rent_parts (municipality_id, id, sublease_id, kind, basis, cents, starts_on)
     select $1, ${id('rent', 'n * 2 + part')}, ${id('sublease', 'n')}, (array['base', 'water'])[part + 1], 'fixed', (array[60000, 2500])[part + 1],
       ${begins} from ${numbers(subleases)}, generate_series(0, 1) as part`,
    ...words.map(
      ([resource, from, open, hidden]) => `insert into search_words (municipality_id, resource, record_id, word, open)
        select $1, '${resource}', id, word, bool_or(open) from (
          select r.id, word, true as open from ${from}, lateral search_words_of(${open}) as word where r.municipality_id = $1
          union all select r.id, word, false from ${from}, lateral search_words_of(${hidden}) as word where r.municipality_id = $1) w
        group by id, word`,
    ),
  ]) {
    await db.query(statement, statement.includes('$1') ? [municipality] : [])
  }
  await db.query('commit')
  await db.query('vacuum analyze')
}

/** By record: where its words come from, those that everybody may find it by, and the others. */
const words = [
  ['landlord', 'landlords r', `concat_ws(' ', r.name, r.reference, r.business_id)`, `''`],
  ['flat', 'flats r', `concat_ws(' ', r.reference, r.address, r.post_office)`, `''`],
  ['person', 'persons r', 'r.reference', `r.first_names || ' ' || r.last_name`],
  ['household', 'households r', 'r.reference', 'r.name'],
  [
    'headLease',
    'head_leases r join flats f on f.municipality_id = r.municipality_id and f.id = r.flat_id join landlords l on l.municipality_id = r.municipality_id and l.id = r.landlord_id',
    `concat_ws(' ', r.reference, f.address, l.name)`,
    `''`,
  ],
  [
    'sublease',
    `subleases r join flats f on f.municipality_id = r.municipality_id and f.id = r.flat_id
       join landlords l on l.municipality_id = r.municipality_id and l.id = r.landlord_id
       join lateral (select string_agg(p.first_names || ' ' || p.last_name, ' ') as people from household_members m
         join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
         where m.municipality_id = r.municipality_id and m.household_id = r.household_id) h on true`,
    'r.reference',
    `concat_ws(' ', f.address, l.name, h.people)`,
  ],
] as const
