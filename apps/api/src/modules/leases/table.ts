import type { CityContact } from '@kotoisa/contracts'
import {
  disclosureChannels,
  endReasons,
  leaseScopes,
  leaseTerms,
  rentBases,
  rentPartKinds,
  securityForms,
  subletPermissionSources,
  vacancyBearers,
  type EndReason,
  type LeaseTerm,
} from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import { bigint, boolean, customType, date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const day = (name: string) => date(name, { mode: 'string' })
const cents = (name: string) => bigint(name, { mode: 'number' })
/** A range of days as PostgreSQL writes it; compared in SQL only. */
const days = customType<{ data: string }>({ dataType: () => 'daterange' })

interface Taken {
  readonly on: string
  readonly endedOn: string | null
  readonly endReason: EndReason | null
}
/** A step that `revert` may take back on its day, with what an end or an extension changed. */
export type Step =
  | (Taken & {
      readonly step: 'sign' | 'activate' | 'end'
      /** The household waited for a home since then; `activate` ended that. */
      readonly waitingSince?: string
    })
  | (Taken & {
      readonly step: 'extend'
      readonly term: LeaseTerm
      readonly agreedEndsOn: string | null
      readonly earlierEnds: readonly string[]
    })

/** What is stored; `ended` is read off `span`. */
export const storedStatuses = ['draft', 'signed', 'active'] as const
export type StoredStatus = (typeof storedStatuses)[number]

const leaseColumns = {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  reference: text('reference').notNull(),
  flatId: uuid('flat_id').notNull(),
  landlordId: uuid('landlord_id').notNull(),
  status: text('status', { enum: storedStatuses }).notNull().default('draft'),
  term: text('term', { enum: leaseTerms }).notNull(),
  written: boolean('written').notNull(),
  startsOn: day('starts_on').notNull(),
  /** Last day of the term agreed last; `earlierEnds` those of the terms before it. */
  agreedEndsOn: day('agreed_ends_on'),
  earlierEnds: date('earlier_ends', { mode: 'string' }).array().notNull().default([]),
  endedOn: day('ended_on'),
  endReason: text('end_reason', { enum: endReasons }),
  // Made by the database: what shows as endsOn, and what triggers settle (migrations/0005_leases.sql).
  endsOn: day('ends_on').generatedAlwaysAs(sql`ended_on`),
  shortRun: integer('short_run').notNull().default(0),
  effectiveTerm: text('effective_term', { enum: leaseTerms }).notNull().default('fixedTerm'),
  span: days('span').notNull().default('empty'),
  lastOn: day('last_on').generatedAlwaysAs(sql`ended_on`),
  dueDay: integer('due_day'),
  securityCents: cents('security_cents'),
  securityForm: text('security_form', { enum: securityForms }),
  securityLodgedOn: day('security_lodged_on'),
  cityContact: jsonb('city_contact').$type<CityContact>(),
  note: text('note'),
  paperLocation: text('paper_location'),
  signedOn: day('signed_on'),
  activeOn: day('active_on'),
  steps: jsonb('steps').$type<readonly Step[]>().notNull().default([]),
}

export const headLeases = pgTable('head_leases', {
  ...leaseColumns,
  subletPermissionSource: text('sublet_permission_source', { enum: subletPermissionSources }),
  subletPermissionOn: day('sublet_permission_on'),
  vacancyBornBy: text('vacancy_born_by', { enum: vacancyBearers }),
})

export const subleases = pgTable('subleases', {
  ...leaseColumns,
  headLeaseId: uuid('head_lease_id').notNull(),
  householdId: uuid('household_id').notNull(),
  scope: text('scope', { enum: leaseScopes }).notNull(),
  roomId: uuid('room_id'),
  /** '' = the whole room. */
  place: text('place').notNull().default(''),
  /** Kept by triggers alone. */
  protected: boolean('protected').notNull().default(false),
  homeInsuranceShownOn: day('home_insurance_shown_on'),
  tenantToldOn: day('tenant_told_on'),
  tenantToldBy: text('tenant_told_by', { enum: disclosureChannels }),
  landlordToldOn: day('landlord_told_on'),
  landlordToldBy: text('landlord_told_by', { enum: disclosureChannels }),
})

export const subleaseTenants = pgTable('sublease_tenants', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  subleaseId: uuid('sublease_id').notNull(),
  personId: uuid('person_id').notNull(),
  position: integer('position').notNull(),
})

const rentPartColumns = {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  kind: text('kind', { enum: rentPartKinds }).notNull(),
  basis: text('basis', { enum: rentBases }).notNull(),
  /** '' where nothing tells it from another of its kind. */
  label: text('label').notNull(),
  cents: cents('cents').notNull(),
  startsOn: day('starts_on').notNull(),
  endsOn: day('ends_on'),
}

export const headLeaseRentParts = pgTable('head_lease_rent_parts', { ...rentPartColumns, leaseId: uuid('head_lease_id').notNull() })
export const subleaseRentParts = pgTable('sublease_rent_parts', { ...rentPartColumns, leaseId: uuid('sublease_id').notNull() })
export type RentPartRow = Pick<typeof headLeaseRentParts.$inferSelect, 'id' | 'kind' | 'basis' | 'label' | 'cents' | 'startsOn' | 'endsOn'>
