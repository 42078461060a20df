import type { CityContact, Tenant } from '@kotoisa/contracts'
import type { Day } from '@kotoisa/domain'
import { and, eq, sql, type Subquery } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'
import { flats, rooms } from '../homes/table.ts'
import { landlords } from '../landlords/table.ts'
import { households } from '../people/table.ts'
import { subleaseRent } from './lease-view.ts'
import { isMasked, unlessMasked, type Reader } from './policy.ts'
import { headLeases, subleases, type RentPartRow } from './table.ts'

type Columns = typeof subleases.$inferSelect
export type CityReader = Exclude<Reader, 'landlord'>
export type TenantRow = Omit<Tenant, 'name'> & { readonly firstNames: string; readonly lastName: string; readonly position: number }

const today = sql`${sql.placeholder('today')}::date`

/** Who lives there on the day whose rent is shown. */
const householdSize = sql<number>`(
  select count(*)::int from household_members m
  where m.municipality_id = ${subleases.municipalityId} and m.household_id = ${subleases.householdId}
    and least(greatest(${today}, ${subleases.startsOn}), ${subleases.lastOn}) between m.joined_on and coalesce(m.left_on, 'infinity'))`

const tenants = sql<readonly TenantRow[]>`(
  select coalesce(json_agg(json_build_object('id', p.id, 'reference', p.reference, 'firstNames', p.first_names, 'lastName', p.last_name, 'phone', p.phone, 'position', t.position)), '[]')
  from sublease_tenants t join persons p on p.municipality_id = t.municipality_id and p.id = t.person_id
  where t.municipality_id = ${subleases.municipalityId} and t.sublease_id = ${subleases.id})`

const tenantCount = sql<number>`(
  select count(*)::int from sublease_tenants t where t.municipality_id = ${subleases.municipalityId} and t.sublease_id = ${subleases.id})`

/** What the city's readers and clients get; what tells of the home or the people only where it is not masked. */
export function subleaseColumns(reader: CityReader) {
  // A column as it is costs Drizzle less for each row than an expression around it.
  const shown = <C extends Parameters<typeof unlessMasked>[1]>(column: C) =>
    reader === 'full' ? (column as unknown as ReturnType<typeof unlessMasked<C>>) : unlessMasked(reader, column)
  return {
    id: subleases.id,
    version: subleases.version,
    createdAt: subleases.createdAt,
    updatedAt: subleases.updatedAt,
    reference: subleases.reference,
    status: subleases.status,
    scope: subleases.scope,
    protected: subleases.protected,
    masked: isMasked(reader),
    headLeaseId: shown(subleases.headLeaseId),
    headLeaseReference: shown(headLeases.reference),
    headLeaseStatus: headLeases.status,
    headLeaseStartsOn: headLeases.startsOn,
    headLeaseLastOn: headLeases.lastOn,
    headLeaseTerm: headLeases.effectiveTerm,
    headLeaseEndReason: headLeases.endReason,
    subletPermissionOn: headLeases.subletPermissionOn,
    flatId: shown(subleases.flatId),
    flatReference: shown(flats.reference),
    flatAddress: shown(flats.address),
    flatPostalCode: shown(flats.postalCode),
    flatPostOffice: shown(flats.postOffice),
    roomId: shown(subleases.roomId),
    roomName: shown(rooms.name),
    place: shown(subleases.place),
    landlordId: shown(subleases.landlordId),
    landlordName: shown(landlords.name),
    householdId: shown(subleases.householdId),
    householdReference: shown(households.reference),
    householdName: shown(households.name),
    tenants: reader === 'full' ? tenants : sql<readonly TenantRow[] | null>`case when ${isMasked(reader)} then null else ${tenants} end`,
    // Of a masked row the tenants are not read, but whether there is one is still missing or not.
    tenantCount: reader === 'full' ? sql<number>`0` : tenantCount,
    householdSize:
      reader === 'full' ? householdSize : sql<number | null>`case when ${isMasked(reader)} then null else ${householdSize} end`,
    term: subleases.term,
    written: subleases.written,
    startsOn: subleases.startsOn,
    endsOn: subleases.endsOn,
    endedOn: subleases.endedOn,
    endReason: subleases.endReason,
    lastOn: subleases.lastOn,
    earlierEnds: subleases.earlierEnds,
    effectiveTerm: subleases.effectiveTerm,
    dueDay: subleases.dueDay,
    securityCents: subleases.securityCents,
    securityForm: subleases.securityForm,
    securityLodgedOn: subleases.securityLodgedOn,
    homeInsuranceShownOn: subleases.homeInsuranceShownOn,
    tenantToldOn: subleases.tenantToldOn,
    tenantToldBy: subleases.tenantToldBy,
    landlordToldOn: subleases.landlordToldOn,
    landlordToldBy: subleases.landlordToldBy,
    signedOn: subleases.signedOn,
    activeOn: subleases.activeOn,
    cityContact: shown(subleases.cityContact),
    note: shown(subleases.note),
    paperLocation: shown(subleases.paperLocation),
    rentParts: subleaseRent,
  }
}

/** The closed set of fields that a flat's landlord gets (AZ-10). The tenant is read only where the landlord was told. */
const landlordColumns = {
  id: subleases.id,
  version: subleases.version,
  reference: subleases.reference,
  status: subleases.status,
  scope: subleases.scope,
  headLeaseId: subleases.headLeaseId,
  headLeaseReference: headLeases.reference,
  flatId: subleases.flatId,
  flatReference: flats.reference,
  flatAddress: flats.address,
  flatPostalCode: flats.postalCode,
  flatPostOffice: flats.postOffice,
  startsOn: subleases.startsOn,
  endsOn: subleases.endsOn,
  lastOn: subleases.lastOn,
  term: subleases.term,
  householdSize,
  tenants: sql<
    readonly TenantRow[] | null
  >`case when ${subleases.protected} or ${subleases.landlordToldOn} is null then null else ${tenants} end`,
  cityContact: sql<CityContact | null>`coalesce(${subleases.cityContact}, ${headLeases.cityContact})`,
}

const ofHeadLease = and(eq(headLeases.municipalityId, subleases.municipalityId), eq(headLeases.id, subleases.headLeaseId))
const ofFlat = and(eq(flats.municipalityId, subleases.municipalityId), eq(flats.id, subleases.flatId))

/** A page of the table has its name and columns. */
const from = (page: Subquery | undefined) => (page ?? subleases) as typeof subleases

export const selectSubleases = (db: Db, reader: CityReader, page?: Subquery) =>
  db
    .select(subleaseColumns(reader))
    .from(from(page))
    .innerJoin(headLeases, ofHeadLease)
    .innerJoin(flats, ofFlat)
    .innerJoin(landlords, and(eq(landlords.municipalityId, subleases.municipalityId), eq(landlords.id, subleases.landlordId)))
    .innerJoin(households, and(eq(households.municipalityId, subleases.municipalityId), eq(households.id, subleases.householdId)))
    .leftJoin(rooms, and(eq(rooms.municipalityId, subleases.municipalityId), eq(rooms.id, subleases.roomId)))

export const selectLandlordSubleases = (db: Db, page?: Subquery) =>
  db.select(landlordColumns).from(from(page)).innerJoin(headLeases, ofHeadLease).innerJoin(flats, ofFlat)

/** No condition of a list stands on more than the leases themselves. */
export const countSubleases = (db: Db) => db.select({ count: sql<number>`count(*)::int` }).from(subleases)

/** A row of `selectLandlordSubleases`. */
export type LandlordRow = Pick<
  Columns,
  'id' | 'version' | 'reference' | 'status' | 'scope' | 'headLeaseId' | 'flatId' | 'startsOn' | 'endsOn' | 'lastOn' | 'term'
> & {
  readonly headLeaseReference: string
  readonly flatReference: string
  readonly flatAddress: string
  readonly flatPostalCode: string
  readonly flatPostOffice: string
  readonly householdSize: number
  readonly tenants: readonly TenantRow[] | null
  readonly cityContact: CityContact | null
}

type Terms = Omit<
  Columns,
  | 'municipalityId'
  | 'shortRun'
  | 'span'
  | 'agreedEndsOn'
  | 'steps'
  | 'headLeaseId'
  | 'flatId'
  | 'landlordId'
  | 'householdId'
  | 'roomId'
  | 'place'
  | 'cityContact'
  | 'note'
  | 'paperLocation'
>
/** The home and the people, as a row has them that is not masked. */
export interface Open {
  readonly headLeaseId: string
  readonly headLeaseReference: string
  readonly flatId: string
  readonly flatReference: string
  readonly flatAddress: string
  readonly flatPostalCode: string
  readonly flatPostOffice: string
  readonly roomId: string | null
  readonly roomName: string | null
  readonly place: string
  readonly landlordId: string
  readonly landlordName: string
  readonly householdId: string
  readonly householdReference: string
  readonly householdName: string
  readonly tenants: readonly TenantRow[]
  readonly householdSize: number
  readonly cityContact: CityContact | null
  readonly note: string | null
  readonly paperLocation: string | null
}

/** A row of `subleaseColumns`: what `Open` names is null where it is masked. */
export type SubleaseRow = Terms & { readonly [Column in keyof Open]: Open[Column] | null } & {
  readonly masked: boolean
  readonly headLeaseStatus: (typeof headLeases.$inferSelect)['status']
  readonly headLeaseStartsOn: Day
  readonly headLeaseLastOn: Day | null
  readonly headLeaseTerm: (typeof headLeases.$inferSelect)['effectiveTerm']
  readonly headLeaseEndReason: (typeof headLeases.$inferSelect)['endReason']
  readonly subletPermissionOn: Day | null
  readonly tenantCount: number
  readonly rentParts: readonly RentPartRow[]
}
