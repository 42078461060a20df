import { DomainError } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import { inTransaction } from '../../platform/database.ts'
import { asSystem, lookUp, type AccessDeps, type AnonymousOrigin } from './directory.ts'
import { actorOf, endSession, idleEnd, issue, refreshHash, type OpenedSession } from './session.ts'
import { refreshTokens, sessions, users } from './table.ts'
import { selectUsers } from './user-view.ts'
import { isPast } from './users.ts'

/**
 * Spends a refresh token for the next one. Two uses of one token mean that somebody else has it: the session ends for
 * both (RFC 9700, 4.14). Parallel uses queue at the token's row, so that exactly one finds it unspent. Nothing here
 * looks at whether the caller still listens: a rotation that was begun is finished.
 */
export async function refresh(deps: AccessDeps, origin: AnonymousOrigin, token: string): Promise<OpenedSession> {
  const found = await lookUp(deps.pool, 'refresh', refreshHash(deps.directoryKey, token))
  if (!found) throw new DomainError('auth.sessionEnded')
  const { municipalityId } = found
  const outcome = await inTransaction(deps.pool, asSystem(origin, municipalityId), async (ctx) => {
    const own = and(eq(refreshTokens.municipalityId, municipalityId), eq(refreshTokens.id, found.id))
    const [row] = await ctx.db
      .select({
        usedAt: refreshTokens.usedAt,
        givenAt: refreshTokens.createdAt,
        session: { id: sessions.id, userId: sessions.userId, expiresAt: sessions.expiresAt, endedAt: sessions.endedAt },
      })
      .from(refreshTokens)
      .innerJoin(sessions, and(eq(sessions.municipalityId, refreshTokens.municipalityId), eq(sessions.id, refreshTokens.sessionId)))
      .where(own)
      .for('update')
    if (!row || row.session.endedAt !== null || row.session.expiresAt <= ctx.now) return 'ended'
    const [user] = await selectUsers(ctx.db).where(and(eq(users.municipalityId, municipalityId), eq(users.id, row.session.userId)))
    if (!user || user.user.disabledAt !== null || isPast(user.user.endsOn, ctx.today)) return 'ended'
    if (row.usedAt !== null) {
      await endSession(ctx, municipalityId, row.session.id, 'refreshReused')
      await audit(
        { ...ctx, actor: actorOf(user, row.session.id) },
        { action: 'session.refreshReused', resource: 'sessions', recordId: row.session.id },
      )
      ctx.log.warn({ event: 'session.refreshReused', userId: user.user.id, sessionId: row.session.id }, 'a refresh token was used twice')
      return 'reused'
    }
    if (idleEnd(row.givenAt) <= ctx.now) {
      await endSession(ctx, municipalityId, row.session.id, 'idle')
      return 'ended'
    }
    await ctx.db.update(refreshTokens).set({ usedAt: ctx.now }).where(own)
    return issue(deps, ctx, user, row.session)
  })
  if (outcome === 'ended') throw new DomainError('auth.sessionEnded')
  if (outcome === 'reused') throw new DomainError('auth.refreshReused')
  return outcome
}
