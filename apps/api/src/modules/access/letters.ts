import { and, eq } from 'drizzle-orm'
import type { WriteCtx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { letters, type LetterKind } from './table.ts'

/** Asks for a letter in the transaction of what it tells of; one of a kind that still waits is replaced. */
export async function enqueueLetter(ctx: WriteCtx, userId: string, kind: LetterKind): Promise<void> {
  const { municipalityId } = ctx.actor
  await ctx.db.delete(letters).where(and(eq(letters.municipalityId, municipalityId), eq(letters.userId, userId), eq(letters.kind, kind)))
  await ctx.db.insert(letters).values({ municipalityId, id: newId(ctx.now), userId, kind, createdAt: ctx.now, dueAt: ctx.now })
}
