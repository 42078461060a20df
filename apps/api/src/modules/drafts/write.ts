import type { DraftBrief, DraftValues } from '@kotoisa/contracts'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { WriteCtx } from '../../platform/context.ts'
import { seal, type DataKey } from '../../platform/field-crypto.ts'
import { ownDrafts } from './policy.ts'
import { mostDrafts, placeOf } from './read.ts'
import { drafts } from './table.ts'

/** The last one wins: whoever has the same form open twice is one person. Not in the log, as nothing that is not saved is. */
export async function putDraft(ctx: WriteCtx, keys: readonly DataKey[], form: string, values: DraftValues): Promise<DraftBrief> {
  const { municipalityId, id: userId } = ctx.actor
  const kept = { valuesSealed: seal(keys, placeOf(ctx, form), JSON.stringify(values)), updatedAt: ctx.now }
  await ctx.db
    .insert(drafts)
    .values({ municipalityId, userId, form, ...kept })
    .onConflictDoUpdate({ target: [drafts.municipalityId, drafts.userId, drafts.form], set: kept })
  await dropOldest(ctx)
  return { form, updatedAt: ctx.now.toISOString() }
}

async function dropOldest(ctx: WriteCtx): Promise<void> {
  const oldest = ctx.db
    .select({ form: drafts.form })
    .from(drafts)
    .where(ownDrafts(ctx.actor))
    .orderBy(desc(drafts.updatedAt), drafts.form)
    .offset(mostDrafts)
  await ctx.db.delete(drafts).where(and(ownDrafts(ctx.actor), inArray(drafts.form, oldest)))
}

export async function deleteDraft(ctx: WriteCtx, form: string): Promise<void> {
  await ctx.db.delete(drafts).where(and(ownDrafts(ctx.actor), eq(drafts.form, form)))
}
