import type { LivingSession, LivingSessions } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import { hasRole, type Actor, type Ctx, type WriteCtx } from '../../platform/context.ts'
import { endSession, idleMinutes, ownSession } from './session.ts'
import { refreshTokens, sessions, users } from './table.ts'

const lastUsed = sql<Date>`(select max(r.created_at) from ${refreshTokens} r
  where r.municipality_id = ${sessions}.municipality_id and r.session_id = ${sessions}.id)`.mapWith(refreshTokens.createdAt)

export const getOwnSessions = (ctx: Ctx): Promise<LivingSessions> => livingSessions(ctx, ownSession(ctx.actor).userId)

/** Null where there is no such person. */
export async function getSessionsOfUser(ctx: Ctx, userId: string): Promise<LivingSessions | null> {
  const [user] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.id, userId)))
  return user === undefined ? null : livingSessions(ctx, userId)
}

async function livingSessions(ctx: Ctx, userId: string): Promise<LivingSessions> {
  const idleSince = new Date(ctx.now.getTime() - idleMinutes * 60_000)
  const rows = await ctx.db
    .select({ session: sessions, lastUsedAt: lastUsed })
    .from(sessions)
    .where(
      and(
        eq(sessions.municipalityId, ctx.actor.municipalityId),
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, ctx.now),
        gt(lastUsed, idleSince),
      ),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(1000)
  const current = sessionIdOf(ctx.actor)
  return { items: rows.map(({ session, lastUsedAt }) => toLivingSession(session, lastUsedAt, current)), nextCursor: null }
}

const sessionIdOf = (actor: Actor) => (actor.kind === 'person' || actor.kind === 'landlord' ? actor.sessionId : null)

function toLivingSession(session: typeof sessions.$inferSelect, lastUsedAt: Date, current: string | null): LivingSession {
  return {
    id: session.id,
    startedAt: session.createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    endsAt: session.expiresAt.toISOString(),
    device: session.device,
    sourceAddress: session.sourceAddress,
    current: session.id === current,
  }
}

/** One's own; an administrator ends anybody's. Its access tokens are refused from the next request on. */
export async function endOneSession(ctx: WriteCtx, id: string): Promise<void> {
  const { municipalityId, userId } = ownSession(ctx.actor)
  const isOpen = and(eq(sessions.municipalityId, municipalityId), eq(sessions.id, id), isNull(sessions.endedAt))
  const [session] = await ctx.db
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(and(isOpen, gt(sessions.expiresAt, ctx.now)))
    .for('update')
  if (!session || (session.userId !== userId && !hasRole(ctx.actor, 'admin'))) throw new DomainError('record.notFound')
  await endSession(ctx, municipalityId, id, session.userId === userId ? 'endedByPerson' : 'endedByAdministrator')
  await audit(ctx, { action: 'session.ended', resource: 'sessions', recordId: id })
}
