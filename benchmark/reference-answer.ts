import { createHash } from 'node:crypto'
import {
  missingOnSublease,
  rentPartKinds,
  subleaseWarnings,
  type Day,
  type EndReason,
  type LeaseStatus,
  type RentPartKind,
} from '@kotoisa/domain'

export interface Row extends Record<string, unknown> {
  readonly id: string
  readonly version: number
  readonly status: 'draft' | 'signed' | 'active'
  readonly scope: 'wholeFlat' | 'partOfFlat'
  readonly term: 'fixedTerm' | 'indefinite'
  readonly effective_term: 'fixedTerm' | 'indefinite'
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly last_on: Day | null
  readonly ended_on: Day | null
  readonly head_status: 'draft' | 'signed' | 'active'
  readonly head_term: 'fixedTerm' | 'indefinite'
  readonly head_end_reason: EndReason | null
  readonly head_last_on: Day | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly security_form: 'deposit' | null
  readonly rent_parts: readonly {
    readonly kind: RentPartKind
    readonly cents: number
    readonly startsOn: Day
    readonly endsOn: Day | null
  }[]
  readonly tenants: readonly object[]
}

export const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date())

const statusOf = (status: Row['status'], lastOn: Day | null): LeaseStatus =>
  status !== 'draft' && lastOn !== null && lastOn < today ? 'ended' : status

const inOrder = (one: Row['rent_parts'][number], other: Row['rent_parts'][number]): number =>
  one.startsOn < other.startsOn
    ? -1
    : one.startsOn > other.startsOn
      ? 1
      : rentPartKinds.indexOf(one.kind) - rentPartKinds.indexOf(other.kind)

/** As text: its tag is a hash of the text without it, so it is written once. */
export function toSublease(row: Row): string {
  const status = statusOf(row.status, row.last_on)
  const notBefore = row.starts_on > today ? row.starts_on : today
  const day = row.last_on !== null && row.last_on < notBefore ? row.last_on : notBefore
  const rent = row.rent_parts.filter(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn >= day))
  const told = (on: unknown, channel: unknown) => (on === null ? null : { disclosedOn: on, channel })
  const body = {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    reference: row['reference'],
    status,
    scope: row.scope,
    term: row.term,
    effectiveTerm: row.effective_term,
    written: row['written'],
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    effectiveEndsOn: row.last_on,
    terms: [{ startsOn: row.starts_on, endsOn: row.ends_on }],
    rentCents: rent.length === 0 ? null : rent.reduce((sum, { cents }) => sum + cents, 0),
    rentParts: row.rent_parts.toSorted(inOrder),
    dueDay: row['due_day'],
    securityCents: row['security_cents'],
    securityForm: row.security_form,
    securityLodgedOn: row['security_lodged_on'],
    homeInsuranceShownOn: row['home_insurance_shown_on'],
    disclosures: {
      tenant: told(row['tenant_told_on'], row['tenant_told_by']),
      landlord: told(row['landlord_told_on'], row['landlord_told_by']),
    },
    signedOn: row['signed_on'],
    activeOn: row['active_on'],
    endReason: row['end_reason'],
    missing: missingOnSublease({
      status,
      startsOn: row.starts_on,
      today,
      hasRent: row.rent_parts.length > 0,
      subletPermission: row['sublet_permission_on'] !== null,
      security: { form: row.security_form, lodged: row['security_lodged_on'] !== null },
      tenantCount: row.tenants.length,
      headLeaseStatus: statusOf(row.head_status, row.head_last_on),
      tenantDisclosed: row['tenant_told_on'] !== null,
      landlordDisclosed: row['landlord_told_on'] !== null,
      homeInsurance: row['home_insurance_shown_on'] !== null,
    }),
    warnings: subleaseWarnings(
      {
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        term: row.term,
        effectiveTerm: row.effective_term,
        endedOn: row.ended_on,
        scope: row.scope,
      },
      { term: row.head_term, endsOn: row.head_last_on, endReason: row.head_end_reason },
    ),
    masked: false,
    headLease: { id: row['head_id'], reference: row['head_reference'] },
    flat: {
      id: row['flat_id'],
      reference: row['flat_reference'],
      address: row['address'],
      postalCode: row['postal_code'],
      postOffice: row['post_office'],
    },
    roomId: row['room_id'],
    roomName: row['room_name'],
    place: row['place'] === '' ? null : row['place'],
    landlord: { id: row['landlord_id'], name: row['landlord_name'] },
    household: { id: row['household_id'], reference: row['household_reference'], name: row['household_name'] },
    tenants: row.tenants,
    householdSize: row['household_size'],
    cityContact: row['city_contact'],
    note: row['note'],
    paperLocation: row['paper_location'],
  }
  const text = JSON.stringify(body)
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  return `${text.slice(0, -1)},"etag":"\\"${row.version}.${hash}\\""}`
}
