import { and, eq, gte, lt, notExists } from 'drizzle-orm'
import { inTransaction } from '../../platform/database.ts'
import { forgetOldAnswers } from '../../platform/idempotency.ts'
import type { AppDeps } from '../../platform/lifecycle.ts'
import { asSystem } from './directory.ts'
import { forgetOldResets } from './password-resets.ts'
import { letters, oneTimeLinks, refreshTokens, sessions } from './table.ts'
import { forgetOldThrottles } from './throttle.ts'

/** A session that is over is kept a week, so that a late second use of its token is still told as such. */
const keptDays = 7

/** Drops what nothing looks at any more, in every municipality. Who signed in when stays in the log. */
export async function forgetOld({ database, clock, log }: Pick<AppDeps, 'database' | 'clock' | 'log'>): Promise<void> {
  const now = clock()
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  await forgetOldThrottles(database, now)
  await forgetOldResets(database, now)
  const { rows } = await database.query<{ id: string }>('select id from municipalities')
  for (const { id } of rows) {
    const origin = asSystem({ now, log, requestId: 'forget', sourceAddress: null }, id)
    await inTransaction(database, origin, async (ctx) => {
      const over = and(eq(sessions.municipalityId, id), lt(sessions.expiresAt, before))
      const itsSession = and(eq(sessions.municipalityId, refreshTokens.municipalityId), eq(sessions.id, refreshTokens.sessionId))
      const living = ctx.db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(itsSession, gte(sessions.expiresAt, before)))
      await ctx.db.delete(refreshTokens).where(and(eq(refreshTokens.municipalityId, id), notExists(living)))
      await ctx.db.delete(sessions).where(over)
      await ctx.db.delete(oneTimeLinks).where(and(eq(oneTimeLinks.municipalityId, id), lt(oneTimeLinks.expiresAt, before)))
      await ctx.db.delete(letters).where(and(eq(letters.municipalityId, id), lt(letters.createdAt, before)))
      await forgetOldAnswers(ctx)
    })
  }
}
