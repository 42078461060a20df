import { accessibilityFeatures, personLanguages, residenceGrounds } from '@kotoisa/domain'
import { boolean, customType, date, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true })
const day = (name: string) => date(name, { mode: 'string' })

const recordColumns = {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  reference: text('reference').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
}

export const persons = pgTable('persons', {
  ...recordColumns,
  firstNames: text('first_names').notNull(),
  lastName: text('last_name').notNull(),
  identityCodeSealed: text('identity_code_sealed'),
  identityCodeIndex: bytes('identity_code_index'),
  /** `131052-****` */
  identityCodeShown: text('identity_code_shown'),
  migriNumberSealed: text('migri_number_sealed'),
  migriNumberIndex: bytes('migri_number_index'),
  migriNumberShown: text('migri_number_shown'),
  birthDate: day('birth_date').notNull(),
  languages: text('languages', { enum: personLanguages }).array().notNull(),
  interpreterNeeded: boolean('interpreter_needed').notNull(),
  residenceGround: text('residence_ground', { enum: residenceGrounds }),
  phone: text('phone'),
  email: text('email'),
  /** JSON of a ContactAddress, sealed: where a person under an order lives stands nowhere in the clear. */
  contactAddressSealed: text('contact_address_sealed'),
  protectionGrantedOn: day('protection_granted_on'),
  protectionEndsOn: day('protection_ends_on'),
  protectionEndedAt: instant('protection_ended_at'),
  /** Kept by triggers alone: under an order, or of a household with somebody who is. */
  protected: boolean('protected').notNull().default(false),
})

export const households = pgTable('households', {
  ...recordColumns,
  name: text('name').notNull(),
  waitingSince: day('waiting_since'),
  accessibilityNeeds: text('accessibility_needs', { enum: accessibilityFeatures }).array().notNull(),
  note: text('note'),
  /** Kept by triggers alone. */
  protected: boolean('protected').notNull().default(false),
})

export const householdMembers = pgTable('household_members', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  householdId: uuid('household_id').notNull(),
  personId: uuid('person_id').notNull(),
  joinedOn: day('joined_on').notNull(),
  leftOn: day('left_on'),
})
