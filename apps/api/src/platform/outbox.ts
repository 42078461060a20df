import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { WriteCtx } from './context.ts'
import { newId } from './ids.ts'

export const outbox = pgTable('outbox', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  type: text('type').notNull(),
  resource: text('resource').notNull(),
  recordId: uuid('record_id').notNull(),
  deliveredAt: timestamp('delivered_at', { withTimezone: true }),
})

/** Says that something happened, in the transaction in which it did; ids only, no personal data. */
export async function enqueue(ctx: WriteCtx, event: { type: string; resource: string; recordId: string }): Promise<void> {
  await ctx.db.insert(outbox).values({ municipalityId: ctx.actor.municipalityId, id: newId(ctx.now), at: ctx.now, ...event })
}
