import type { History } from '@kotoisa/contracts'
import { and, eq } from 'drizzle-orm'
import { historyOf } from '../../platform/audit.ts'
import type { Ctx } from '../../platform/context.ts'
import { isMasked, readerOf } from './policy.ts'
import { households, persons } from './table.ts'

/** Of a masked person only that something changed, when and by whom. */
export async function getPersonHistory(ctx: Ctx, id: string): Promise<History | null> {
  const [row] = await ctx.db
    .select({ masked: isMasked(readerOf(ctx.actor), persons) })
    .from(persons)
    .where(and(eq(persons.municipalityId, ctx.actor.municipalityId), eq(persons.id, id)))
  if (!row) return null
  if (!row.masked) ctx.noteRead('person', [id])
  return historyOf(ctx, 'person', id, row.masked)
}

export async function getHouseholdHistory(ctx: Ctx, id: string): Promise<History | null> {
  const reader = readerOf(ctx.actor)
  const [row] = await ctx.db
    .select({ masked: isMasked(reader, households) })
    .from(households)
    .where(and(eq(households.municipalityId, ctx.actor.municipalityId), eq(households.id, id)))
  if (!row) return null
  if (!row.masked) ctx.noteRead('household', [id])
  const history = await historyOf(ctx, 'household', id, row.masked)
  return reader === 'full' ? history : { ...history, items: history.items.map(withoutMembers) }
}

/** Somebody taken out of the list since may be protected by now: who was in it is for those who may see anybody. */
const withoutMembers = (entry: History['items'][number]): History['items'][number] => ({
  ...entry,
  changes:
    entry.changes && entry.changes.map((change) => (change.field === 'members' ? { field: 'members', before: null, after: null } : change)),
})
