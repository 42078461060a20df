import type { CurrentSession, Session } from '@kotoisa/contracts'
import { DomainError, endOfHelsinkiDay } from '@kotoisa/domain'
import { and, eq, isNull } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { audit } from '../../platform/audit.ts'
import type { Actor, Ctx, WriteCtx } from '../../platform/context.ts'
import { directoryHash } from '../../platform/field-crypto.ts'
import { newId } from '../../platform/ids.ts'
import { personTokenSeconds } from '../../platform/tokens.ts'
import { newSecret, type AccessDeps } from './directory.ts'
import { enqueueLetter } from './letters.ts'
import { refreshTokens, sessions } from './table.ts'
import { selectUsers, toSignedInUser, type UserRow } from './user-view.ts'
import { users } from './table.ts'

const sessionHours = 12
/** Whoever lets it lie for so long has gone (AU-17); pages that are used renew in time. */
export const idleMinutes = 30

export const idleEnd = (refreshedAt: Date): Date => new Date(refreshedAt.getTime() + idleMinutes * 60_000)

export interface OpenedSession {
  readonly sessionId: string
  readonly session: Session
  /** For the cookie; only its keyed hash is stored. */
  readonly refreshToken: string
}

export const refreshHash = (directoryKey: string, token: string) => directoryHash(directoryKey, 'refresh', token)

/** Begins a session of a person whose password was right; it ends with the account's last day. */
export async function openSession(deps: AccessDeps, ctx: WriteCtx, row: UserRow, device: string | null): Promise<OpenedSession> {
  const { municipalityId, id: userId, endsOn } = row.user
  const longest = new Date(ctx.now.getTime() + sessionHours * 3_600_000)
  const over = endsOn === null ? longest : endOfHelsinkiDay(endsOn)
  const session = { id: newId(ctx.now), expiresAt: over < longest ? over : longest }
  await tellOfNewDevice(ctx, municipalityId, userId, device)
  await ctx.db.insert(sessions).values({
    municipalityId,
    id: session.id,
    userId,
    createdAt: ctx.now,
    expiresAt: session.expiresAt,
    device,
    sourceAddress: ctx.sourceAddress,
  })
  await audit({ ...ctx, actor: actorOf(row, session.id) }, { action: 'session.started', resource: 'sessions', recordId: session.id })
  return issue(deps, ctx, row, session)
}

/** A letter where earlier sessions are remembered and none of them was on such a device (AU-20). */
async function tellOfNewDevice(ctx: WriteCtx, municipalityId: string, userId: string, device: string | null): Promise<void> {
  if (device === null) return
  const known = await ctx.db
    .selectDistinct({ device: sessions.device })
    .from(sessions)
    .where(and(eq(sessions.municipalityId, municipalityId), eq(sessions.userId, userId)))
  if (known.length > 0 && !known.some((one) => one.device === device)) await enqueueLetter(ctx, userId, 'newDevice')
}

/** The next pair of tokens of a session. */
export async function issue(
  deps: AccessDeps,
  ctx: WriteCtx,
  row: UserRow,
  session: { id: string; expiresAt: Date },
): Promise<OpenedSession> {
  const { user } = row
  const refreshToken = newSecret()
  await ctx.db.insert(refreshTokens).values({
    municipalityId: user.municipalityId,
    id: newId(ctx.now),
    sessionId: session.id,
    tokenHash: refreshHash(deps.directoryKey, refreshToken),
    createdAt: ctx.now,
  })
  const left = Math.floor((session.expiresAt.getTime() - ctx.now.getTime()) / 1000)
  const access = deps.tokens.sign({
    sub: user.id,
    sid: session.id,
    jti: randomUUID(),
    municipality: user.municipalityId,
    roles: user.roles,
    ...(user.landlordId === null ? {} : { landlord: user.landlordId }),
    seconds: Math.max(1, Math.min(personTokenSeconds, left)),
  })
  return {
    sessionId: session.id,
    session: {
      accessToken: access.token,
      expiresAt: access.expiresAt.toISOString(),
      idleEndsAt: idleEnd(ctx.now).toISOString(),
      sessionEndsAt: session.expiresAt.toISOString(),
      user: toSignedInUser(row),
    },
    refreshToken,
  }
}

export const actorOf = ({ user }: UserRow, sessionId: string): Actor =>
  user.landlordId === null
    ? { kind: 'person', id: user.id, sessionId, municipalityId: user.municipalityId, roles: user.roles }
    : { kind: 'landlord', id: user.id, sessionId, municipalityId: user.municipalityId, landlordId: user.landlordId }

/** The session of the caller; clients have none. */
export function ownSession(actor: Actor) {
  if (actor.kind !== 'person' && actor.kind !== 'landlord') throw new DomainError('access.denied')
  return { municipalityId: actor.municipalityId, sessionId: actor.sessionId, userId: actor.id }
}

export async function currentSession(ctx: Ctx): Promise<CurrentSession> {
  const own = ownSession(ctx.actor)
  const [userRows, sessionRows] = await Promise.all([
    selectUsers(ctx.db)
      .where(and(eq(users.municipalityId, own.municipalityId), eq(users.id, own.userId)))
      .execute(),
    ctx.db
      .select({ expiresAt: sessions.expiresAt })
      .from(sessions)
      .where(and(eq(sessions.municipalityId, own.municipalityId), eq(sessions.id, own.sessionId)))
      .execute(),
  ])
  const [row] = userRows
  const [session] = sessionRows
  if (!row || !session) throw new DomainError('auth.sessionEnded')
  return { user: toSignedInUser(row), expiresAt: session.expiresAt.toISOString() }
}

/** Signs out: access and refresh tokens of the session are refused from the next request on. */
export async function endCurrentSession(ctx: WriteCtx): Promise<void> {
  const own = ownSession(ctx.actor)
  await endSession(ctx, own.municipalityId, own.sessionId, 'signedOut')
  await audit(ctx, { action: 'session.ended', resource: 'sessions', recordId: own.sessionId })
}

export async function endSession(
  ctx: WriteCtx,
  municipalityId: string,
  sessionId: string,
  reason: 'signedOut' | 'refreshReused' | 'idle' | 'endedByPerson' | 'endedByAdministrator',
): Promise<void> {
  await ctx.db
    .update(sessions)
    .set({ endedAt: ctx.now, endReason: reason })
    .where(and(eq(sessions.municipalityId, municipalityId), eq(sessions.id, sessionId), isNull(sessions.endedAt)))
}
