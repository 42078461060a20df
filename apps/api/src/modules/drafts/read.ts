import type { Draft, DraftBrief, DraftValues } from '@kotoisa/contracts'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { unseal, type DataKey, type Place } from '../../platform/field-crypto.ts'
import { itsOwnDrafts, ownerOf } from './policy.ts'
import { drafts } from './table.ts'

/** More of one person are not kept. */
export const mostDrafts = 100

export const placeOf = ({ actor }: Pick<Ctx, 'actor'>, form: string): Place => ({
  municipalityId: actor.municipalityId,
  table: 'drafts',
  column: 'values_sealed',
  rowId: `${actor.id}/${form}`,
})

export async function readDraft(ctx: Ctx, keys: readonly DataKey[], form: string): Promise<Draft | null> {
  const [row] = await prepared(ctx.db, 'draft', (db) =>
    db
      .select()
      .from(drafts)
      .where(and(itsOwnDrafts, eq(drafts.form, sql.placeholder('form')))),
  ).execute({ ...ownerOf(ctx.actor), form })
  if (row === undefined) return null
  const values = JSON.parse(unseal(keys, placeOf(ctx, form), row.valuesSealed)) as DraftValues
  return { ...toBrief(row), values }
}

export async function readDrafts(ctx: Ctx): Promise<{ items: DraftBrief[]; nextCursor: null }> {
  const rows = await prepared(ctx.db, 'drafts', (db) =>
    db
      .select({ form: drafts.form, updatedAt: drafts.updatedAt })
      .from(drafts)
      .where(itsOwnDrafts)
      .orderBy(desc(drafts.updatedAt), drafts.form)
      .limit(mostDrafts),
  ).execute(ownerOf(ctx.actor))
  return { items: rows.map(toBrief), nextCursor: null }
}

const toBrief = ({ form, updatedAt }: Pick<typeof drafts.$inferSelect, 'form' | 'updatedAt'>): DraftBrief => ({
  form,
  updatedAt: updatedAt.toISOString(),
})
