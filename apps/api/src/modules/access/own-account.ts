import type { ChangePassword, CurrentSession } from '@kotoisa/contracts'
import { DomainError, type Locale } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import type { Ctx, WriteCtx } from '../../platform/context.ts'
import { inTransaction, readOnce, type Origin } from '../../platform/database.ts'
import { normalEmail, type AccessDeps } from './directory.ts'
import { enqueueLetter } from './letters.ts'
import { hashPassword, isPassword } from './password-hashing.ts'
import { refuseBadPassword } from './password.ts'
import { currentSession, ownSession } from './session.ts'
import { users } from './table.ts'
import { attemptOf, countFailure, countSuccess, refuseWhilePaused } from './throttle.ts'
import { setPassword } from './users.ts'
import { selectUsers } from './user-view.ts'

const wrong = () => new DomainError('password.wrong', {}, { pointer: '/currentPassword' })

const mine = (ctx: Ctx) => and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.id, ownSession(ctx.actor).userId))

/**
 * Changes the caller's own password. The current one is asked for, so that an unlocked screen is not enough, and guesses at
 * it are counted with those at the sign-in. Every other session ends.
 */
export async function changePassword(deps: AccessDeps, origin: Origin, body: ChangePassword): Promise<void> {
  const { sessionId, userId } = ownSession(origin.actor)
  const [row] = await readOnce(deps.pool, origin, (ctx) => selectUsers(ctx.db).where(mine(ctx)).execute())
  if (!row) throw new DomainError('auth.sessionEnded')
  const { user, municipality } = row
  const attempt = attemptOf(deps.directoryKey, 'person', normalEmail(user.email), origin.sourceAddress ?? '')
  await refuseWhilePaused(deps.pool, attempt, origin.now)
  await deps.hashing.inSlot(async () => {
    await refuseWhilePaused(deps.pool, attempt, origin.now)
    if (user.passwordHash === null || !(await isPassword(user.passwordHash, body.currentPassword))) {
      await countFailure(deps.pool, attempt, origin.now)
      throw wrong()
    }
    await countSuccess(deps.pool, attempt, origin.now)
    await refuseBadPassword(body.password, [user.name, user.email, municipality])
    const passwordHash = await hashPassword(body.password)
    await inTransaction(deps.pool, origin, async (ctx) => {
      const [now] = await ctx.db.select({ passwordHash: users.passwordHash }).from(users).where(mine(ctx)).for('update')
      if (now?.passwordHash !== user.passwordHash) throw wrong()
      await ctx.db.execute(sql`select set_config('app.kept_session', ${sessionId}, true)`)
      await setPassword(ctx, userId, passwordHash)
      await enqueueLetter(ctx, userId, 'passwordChanged')
    })
  })
  origin.log.info({ event: 'password.changed', userId }, 'a password was changed')
}

export async function changeLocale(ctx: WriteCtx, locale: Locale): Promise<CurrentSession> {
  const { userId } = ownSession(ctx.actor)
  const [before] = await ctx.db.select({ locale: users.locale }).from(users).where(mine(ctx)).for('update')
  if (before && before.locale !== locale) {
    await ctx.db.update(users).set({ locale, updatedAt: ctx.now }).where(mine(ctx))
    const changes = [{ field: 'locale', before: before.locale, after: locale }]
    await audit(ctx, { action: 'user.updated', resource: 'users', recordId: userId, changes })
  }
  return currentSession(ctx)
}
