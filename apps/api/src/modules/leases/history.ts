import type { History } from '@kotoisa/contracts'
import { and, eq } from 'drizzle-orm'
import { historyOrNull } from '../../platform/audit.ts'
import { seesProtected, type Ctx } from '../../platform/context.ts'
import { noteProtected } from './read-subleases.ts'
import { headLeases, subleases } from './table.ts'

export async function headLeaseHistory(ctx: Ctx, { id }: { readonly id: string }): Promise<History | null> {
  const [row] = await ctx.db
    .select({ id: headLeases.id })
    .from(headLeases)
    .where(and(eq(headLeases.municipalityId, ctx.actor.municipalityId), eq(headLeases.id, id)))
  const history = await historyOrNull(ctx, 'headLease', id, row ?? null)
  if (history === null || seesProtected(ctx.actor)) return history
  // What somebody wrote about a home may name who lives there. Of every head lease: those without would tell of whom.
  return { ...history, items: history.items.map((entry) => ({ ...entry, reason: null })) }
}

/** The fields that tell who lives somewhere. A draft may have been somebody else's before. */
const peopleFields = new Set(['householdId', 'tenantIds'])

/** Values are hidden where the lease is masked for the reader, and where it was another household's before, which may be. */
export async function subleaseHistory(ctx: Ctx, { id }: { readonly id: string }): Promise<History | null> {
  const [row] = await ctx.db
    .select({ id: subleases.id, protected: subleases.protected })
    .from(subleases)
    .where(and(eq(subleases.municipalityId, ctx.actor.municipalityId), eq(subleases.id, id)))
  const history = await historyOrNull(ctx, 'sublease', id, row ?? null)
  if (history === null) return null
  // Of a draft that was withdrawn nobody can tell any more whether it was a protected household's.
  const { protected: isProtected } = row ?? { protected: true }
  if (seesProtected(ctx.actor)) {
    noteProtected(ctx, [{ id, protected: isProtected, masked: false }])
    return history
  }
  const hasMoved = history.items.some(
    ({ action, changes }) => action !== 'sublease.created' && changes?.some(({ field }) => peopleFields.has(field)),
  )
  if (!isProtected && !hasMoved) return history
  return { ...history, items: history.items.map((entry) => ({ ...entry, reason: null, changes: null })) }
}
