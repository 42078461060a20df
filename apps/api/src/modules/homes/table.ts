import { buildingTypes, flatAccessibilityFeatures, flatFeatures, roomKinds, subsidisedRentRules } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import { boolean, doublePrecision, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const recordColumns = {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
}

export const areas = pgTable('areas', {
  ...recordColumns,
  name: text('name').notNull(),
})

export const buildings = pgTable('buildings', {
  ...recordColumns,
  areaId: uuid('area_id').notNull(),
  name: text('name'),
  vtjPrt: text('vtj_prt'),
  type: text('type', { enum: buildingTypes }).notNull(),
  streetAddress: text('street_address').notNull(),
  postalCode: text('postal_code').notNull(),
  postOffice: text('post_office').notNull(),
  builtYear: integer('built_year'),
  note: text('note'),
})

export const flats = pgTable('flats', {
  ...recordColumns,
  reference: text('reference').notNull(),
  landlordId: uuid('landlord_id').notNull(),
  buildingId: uuid('building_id').notNull(),
  streetAddress: text('street_address').notNull(),
  postalCode: text('postal_code').notNull(),
  postOffice: text('post_office').notNull(),
  apartmentLetter: text('apartment_letter'),
  apartmentNumber: text('apartment_number'),
  apartmentSplitter: text('apartment_splitter'),
  /** Street address and apartment in one line; made by the database. */
  address: text('address')
    .notNull()
    .generatedAlwaysAs(sql`street_address`),
  roomCount: integer('room_count').notNull(),
  squareMetres: doublePrecision('square_metres').notNull(),
  floor: integer('floor'),
  lift: boolean('lift').notNull(),
  accessibility: text('accessibility', { enum: flatAccessibilityFeatures }).array().notNull(),
  features: text('features', { enum: flatFeatures }).array().notNull(),
  maxPersons: integer('max_persons').notNull(),
  subsidisedRentRule: text('subsidised_rent_rule', { enum: subsidisedRentRules }).notNull(),
  note: text('note'),
})

export const rooms = pgTable('rooms', {
  ...recordColumns,
  flatId: uuid('flat_id').notNull(),
  name: text('name').notNull(),
  kind: text('kind', { enum: roomKinds }).notNull(),
  squareMetres: doublePrecision('square_metres'),
  places: text('places').array().notNull(),
})
