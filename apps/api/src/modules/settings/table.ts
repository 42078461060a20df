import type { CityContact, LandlordNotice } from '@kotoisa/contracts'
import type { PlacementWeights, RentCeilings } from '@kotoisa/domain'
import { integer, jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'

/** One row a municipality; what is null takes the product's default. */
export const settings = pgTable('settings', {
  municipalityId: uuid('municipality_id').notNull(),
  version: integer('version').notNull().default(1),
  placementWeights: jsonb('placement_weights').$type<Partial<PlacementWeights>>(),
  rentCeilings: jsonb('rent_ceilings').$type<RentCeilings>(),
  cityContact: jsonb('city_contact').$type<CityContact>(),
  landlordNotice: jsonb('landlord_notice').$type<LandlordNotice>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
