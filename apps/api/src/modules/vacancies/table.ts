import { vacancyBearers, vacancyReasons } from '@kotoisa/domain'
import { sql } from 'drizzle-orm'
import { customType, date, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const day = (name: string) => date(name, { mode: 'string' })
/** A range of days as PostgreSQL writes it; compared in SQL only. */
const days = customType<{ data: string }>({ dataType: () => 'daterange' })

export const vacancies = pgTable('vacancies', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  flatId: uuid('flat_id').notNull(),
  startsOn: day('starts_on').notNull(),
  endsOn: day('ends_on'),
  reason: text('reason', { enum: vacancyReasons }).notNull(),
  bornBy: text('born_by', { enum: vacancyBearers }).notNull(),
  decision: text('decision'),
  note: text('note'),
  // Made by the database (migrations/0008_vacancies.sql).
  span: days('span').notNull().default('empty'),
  lastOn: day('last_on').generatedAlwaysAs(sql`ends_on`),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
