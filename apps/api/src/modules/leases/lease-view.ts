import type { RentPart, Term } from '@kotoisa/contracts'
import { addDays, earlierOf, laterOf, rentPartKinds, statusOn, type Day, type LeaseStatus } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import { headLeases, subleases, type RentPartRow, type StoredStatus } from './table.ts'

/** The days of a lease as its row has them. */
export interface LeaseDaysRow {
  readonly status: StoredStatus
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly lastOn: Day | null
  readonly earlierEnds: readonly Day[]
}

export const statusOf = ({ status, startsOn, lastOn }: Pick<LeaseDaysRow, 'status' | 'startsOn' | 'lastOn'>, today: Day): LeaseStatus =>
  statusOn(status, { startsOn, endsOn: lastOn }, today)

/** The agreed terms in order; an end that came early cuts the last. */
export function toTerms({ startsOn, earlierEnds, endsOn }: Pick<LeaseDaysRow, 'startsOn' | 'earlierEnds' | 'endsOn'>): Term[] {
  const terms: Term[] = []
  let from = startsOn
  for (const until of earlierEnds) {
    if (endsOn !== null && until >= endsOn) break
    terms.push({ startsOn: from, endsOn: until })
    from = addDays(until, 1)
  }
  return [...terms, { startsOn: from, endsOn }]
}

/** The day whose rent and household are shown: today, or the nearest day of the lease. */
export function shownDay({ startsOn, lastOn }: Pick<LeaseDaysRow, 'startsOn' | 'lastOn'>, today: Day): Day {
  const notBefore = laterOf(today, startsOn)
  return lastOn === null ? notBefore : earlierOf(notBefore, lastOn)
}

const toRentPart = ({ id, kind, basis, label, cents, startsOn, endsOn }: RentPartRow): RentPart => ({
  id,
  kind,
  basis,
  label: label === '' ? null : label,
  cents,
  startsOn,
  endsOn,
})

const rentPart = sql`json_build_object('id', p.id, 'kind', p.kind, 'basis', p.basis, 'label', p.label, 'cents', p.cents, 'startsOn', p.starts_on, 'endsOn', p.ends_on)`

const inOrder = (one: RentPartRow, other: RentPartRow): number =>
  one.startsOn === other.startsOn
    ? rentPartKinds.indexOf(one.kind) - rentPartKinds.indexOf(other.kind) || (one.label < other.label ? -1 : 1)
    : one.startsOn < other.startsOn
      ? -1
      : 1

/** By first day, then in the order of the kinds. */
export const toRentParts = (parts: readonly RentPartRow[]): RentPart[] => [...parts].sort(inOrder).map(toRentPart)

/** All rent parts of a lease as one JSON value: a list takes no second query. Sorted afterwards: that is quicker here. */
export const headLeaseRent = sql<readonly RentPartRow[]>`(
  select coalesce(json_agg(${rentPart}), '[]') from head_lease_rent_parts p
  where p.municipality_id = ${headLeases.municipalityId} and p.head_lease_id = ${headLeases.id})`

/** The same of a sublease. */
export const subleaseRent = sql<readonly RentPartRow[]>`(
  select coalesce(json_agg(${rentPart}), '[]') from sublease_rent_parts p
  where p.municipality_id = ${subleases.municipalityId} and p.sublease_id = ${subleases.id})`
