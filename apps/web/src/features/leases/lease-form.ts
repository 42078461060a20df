import type { CityContact, CreateHeadLease, CreateSublease, HeadLeaseView, NewRentPart, RentPart, Sublease } from '@kotoisa/contracts'
import type {
  Day,
  LeaseScope,
  LeaseTerm,
  RentBasis,
  RentPartKind,
  SecurityForm,
  SubletPermissionSource,
  VacancyBearer,
} from '@kotoisa/domain'
import type { LeaseTerms } from './lease-view.ts'

export interface RentPartValues {
  kind: RentPartKind | null
  basis: RentBasis | null
  label: string | null
  cents: number | null
  startsOn: Day | null
  endsOn: Day | null
}

export interface TermValues {
  term: LeaseTerm | null
  written: boolean
  startsOn: Day | null
  endsOn: Day | null
  rentParts: RentPartValues[]
  dueDay: number | null
  securityForm: SecurityForm | null
  securityCents: number | null
  securityLodgedOn: Day | null
  contactName: string | null
  contactEmail: string | null
  contactPhone: string | null
  note: string | null
  paperLocation: string | null
}

export interface HeadLeaseValues extends TermValues {
  flatId: string | null
  permissionSource: SubletPermissionSource | null
  permissionGrantedOn: Day | null
  vacancyBornBy: VacancyBearer | null
}

export interface SubleaseValues extends TermValues {
  headLeaseId: string | null
  scope: LeaseScope | null
  roomId: string | null
  place: string | null
  householdId: string | null
  tenantIds: readonly string[]
  homeInsuranceShownOn: Day | null
}

/** Where a value that has another name in the body stands there. */
export const leasePointers = {
  contactName: '/cityContact/name',
  contactEmail: '/cityContact/email',
  contactPhone: '/cityContact/phone',
  permissionSource: '/subletPermission/source',
  permissionGrantedOn: '/subletPermission/grantedOn',
} as const

export const newRentPart = (): RentPartValues => ({ kind: 'base', basis: 'fixed', label: null, cents: null, startsOn: null, endsOn: null })

const newTerms = (contact: CityContact | null): TermValues => ({
  term: 'indefinite',
  written: true,
  startsOn: null,
  endsOn: null,
  rentParts: [newRentPart()],
  dueDay: null,
  securityForm: null,
  securityCents: null,
  securityLodgedOn: null,
  contactName: contact?.name ?? null,
  contactEmail: contact?.email ?? null,
  contactPhone: contact?.phone ?? null,
  note: null,
  paperLocation: null,
})

export const newHeadLease = (contact: CityContact | null, flatId: string | null): HeadLeaseValues => ({
  ...newTerms(contact),
  flatId,
  term: 'fixedTerm',
  permissionSource: 'leaseClause',
  permissionGrantedOn: null,
  vacancyBornBy: 'municipality',
})

export const newSublease = (contact: CityContact | null): SubleaseValues => ({
  ...newTerms(contact),
  headLeaseId: null,
  scope: 'wholeFlat',
  roomId: null,
  place: null,
  householdId: null,
  tenantIds: [],
  homeInsuranceShownOn: null,
})

const partValues = ({ kind, basis, label, cents, startsOn, endsOn }: RentPart, leaseStartsOn: Day): RentPartValues => ({
  kind,
  basis,
  label,
  cents,
  // A part that begins with the lease moves with it.
  startsOn: startsOn === leaseStartsOn ? null : startsOn,
  endsOn,
})

const termValues = (lease: LeaseTerms, note: string | null, paperLocation: string | null): TermValues => ({
  term: lease.term,
  written: lease.written,
  startsOn: lease.startsOn,
  endsOn: lease.endsOn,
  rentParts: lease.rentParts.map((part) => partValues(part, lease.startsOn)),
  dueDay: lease.dueDay,
  securityForm: lease.securityForm,
  securityCents: lease.securityCents,
  securityLodgedOn: lease.securityLodgedOn,
  contactName: lease.cityContact?.name ?? null,
  contactEmail: lease.cityContact?.email ?? null,
  contactPhone: lease.cityContact?.phone ?? null,
  note,
  paperLocation,
})

export const headLeaseValues = (lease: HeadLeaseView): HeadLeaseValues => ({
  ...('note' in lease ? termValues(lease, lease.note, lease.paperLocation) : termValues(lease, null, null)),
  flatId: lease.flat.id,
  permissionSource: lease.subletPermission?.source ?? null,
  permissionGrantedOn: lease.subletPermission?.grantedOn ?? null,
  vacancyBornBy: lease.vacancyBornBy,
})

export const subleaseValues = (lease: Sublease): SubleaseValues => ({
  ...termValues(lease, lease.note, lease.paperLocation),
  headLeaseId: lease.headLease.id,
  scope: lease.scope,
  roomId: lease.roomId,
  place: lease.place,
  householdId: lease.household.id,
  tenantIds: lease.tenants.map(({ id }) => id),
  homeInsuranceShownOn: lease.homeInsuranceShownOn,
})

/** A month's rent of the parts; null while one of them has no amount, or there is none. */
export const monthlyRentOf = (parts: readonly Pick<RentPartValues, 'cents'>[]): number | null =>
  parts.length === 0 ? null : parts.reduce<number | null>((sum, { cents }) => (sum === null || cents === null ? null : sum + cents), 0)

export const rentPartBody = ({ kind, basis, label, cents, startsOn, endsOn }: RentPartValues): NewRentPart => ({
  kind: kind ?? 'base',
  basis: basis ?? 'fixed',
  label,
  // JSON has null for it: the API refuses a missing amount at its field. Zero would be taken for a rent.
  cents: cents ?? Number.NaN,
  ...(startsOn === null ? {} : { startsOn }),
  endsOn,
})

function termBody(values: TermValues) {
  const {
    term,
    written,
    startsOn,
    endsOn,
    rentParts,
    dueDay,
    securityForm,
    securityCents,
    securityLodgedOn,
    contactName,
    contactEmail,
    contactPhone,
    note,
    paperLocation,
  } = values
  return {
    term: term ?? 'indefinite',
    written,
    startsOn: startsOn ?? '',
    endsOn: term === 'fixedTerm' ? endsOn : null,
    rentParts: rentParts.map(rentPartBody),
    dueDay,
    securityForm,
    securityCents: securityForm === null || securityForm === 'none' ? null : securityCents,
    securityLodgedOn: securityForm === null || securityForm === 'none' ? null : securityLodgedOn,
    // A number without a name is refused at the name, not dropped.
    cityContact:
      contactName === null && contactEmail === null && contactPhone === null
        ? null
        : { name: contactName ?? '', email: contactEmail, phone: contactPhone },
    note,
    paperLocation,
  }
}

export const headLeaseBody = (values: HeadLeaseValues): CreateHeadLease => ({
  ...termBody(values),
  flatId: values.flatId ?? '',
  subletPermission:
    values.permissionSource === null
      ? null
      : { source: values.permissionSource, grantedOn: values.permissionGrantedOn ?? values.startsOn ?? '' },
  vacancyBornBy: values.vacancyBornBy,
})

export const subleaseBody = (values: SubleaseValues): CreateSublease => ({
  ...termBody(values),
  headLeaseId: values.headLeaseId ?? '',
  scope: values.scope ?? 'wholeFlat',
  roomId: values.scope === 'partOfFlat' ? values.roomId : null,
  place: values.scope === 'partOfFlat' ? values.place : null,
  householdId: values.householdId ?? '',
  tenantIds: [...values.tenantIds],
  homeInsuranceShownOn: values.homeInsuranceShownOn,
})
