import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const drafts = pgTable('drafts', {
  municipalityId: uuid('municipality_id').notNull(),
  userId: uuid('user_id').notNull(),
  form: text('form').notNull(),
  valuesSealed: text('values_sealed').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
