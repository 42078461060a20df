import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const views = pgTable('views', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  userId: uuid('user_id').notNull(),
  list: text('list').notNull(),
  name: text('name'),
  query: text('query').notNull(),
  sort: text('sort'),
  columns: text('columns').array(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
