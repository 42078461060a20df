import { nonprofitGrounds } from '@kotoisa/domain'
import type { LandlordContact } from '@kotoisa/contracts'
import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const landlords = pgTable('landlords', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  reference: text('reference').notNull(),
  name: text('name').notNull(),
  businessId: text('business_id').notNull(),
  nonprofit: boolean('nonprofit').notNull(),
  nonprofitGround: text('nonprofit_ground', { enum: nonprofitGrounds }),
  iban: text('iban'),
  streetAddress: text('street_address'),
  postalCode: text('postal_code'),
  postOffice: text('post_office'),
  contacts: jsonb('contacts').$type<LandlordContact[]>().notNull(),
  note: text('note'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
