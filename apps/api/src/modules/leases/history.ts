import type { History } from '@kotoisa/contracts'
import { and, eq } from 'drizzle-orm'
import { historyOf } from '../../platform/audit.ts'
import { seesProtected, type Ctx } from '../../platform/context.ts'
import { noteProtected } from './read-subleases.ts'
import { headLeases, subleases } from './table.ts'

export async function headLeaseHistory(ctx: Ctx, { id }: { readonly id: string }): Promise<History | null> {
  const [row] = await ctx.db
    .select({ id: headLeases.id })
    .from(headLeases)
    .where(and(eq(headLeases.municipalityId, ctx.actor.municipalityId), eq(headLeases.id, id)))
  if (row === undefined) return null
  const history = await historyOf(ctx, 'headLease', id)
  if (seesProtected(ctx.actor)) return history
  const [hidden] = await ctx.db
    .select({ id: subleases.id })
    .from(subleases)
    .where(and(eq(subleases.municipalityId, ctx.actor.municipalityId), eq(subleases.headLeaseId, id), eq(subleases.protected, true)))
    .limit(1)
  // What somebody wrote about a home may name who lives there.
  return hidden === undefined ? history : { ...history, items: history.items.map((entry) => ({ ...entry, reason: null })) }
}

/** The fields that tell who lives somewhere. A draft may have been somebody else's before. */
const peopleFields = new Set(['householdId', 'tenantIds'])

/** Values are hidden where the lease is masked for the reader, and where it was another household's before, which may be. */
export async function subleaseHistory(ctx: Ctx, { id }: { readonly id: string }): Promise<History | null> {
  const [row] = await ctx.db
    .select({ id: subleases.id, protected: subleases.protected })
    .from(subleases)
    .where(and(eq(subleases.municipalityId, ctx.actor.municipalityId), eq(subleases.id, id)))
  if (row === undefined) return null
  const history = await historyOf(ctx, 'sublease', id)
  if (seesProtected(ctx.actor)) {
    noteProtected(ctx, [{ ...row, masked: false }])
    return history
  }
  const hasMoved = history.items.some(
    ({ action, changes }) => action !== 'sublease.created' && changes?.some(({ field }) => peopleFields.has(field)),
  )
  if (!row.protected && !hasMoved) return history
  return { ...history, items: history.items.map((entry) => ({ ...entry, reason: null, changes: null })) }
}
