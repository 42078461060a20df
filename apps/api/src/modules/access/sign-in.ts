import type { SignIn } from '@kotoisa/contracts'
import { DomainError, helsinkiDay } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { inTransaction, readOnce } from '../../platform/database.ts'
import { asSystem, lookUp, normalEmail, nowhere, userHash, type AccessDeps, type AnonymousOrigin, type Found } from './directory.ts'
import { hashPassword, isPassword, isWeak, nobodysHash } from './password-hashing.ts'
import { openSession, type OpenedSession } from './session.ts'
import { users } from './table.ts'
import { isPast } from './users.ts'
import { attemptOf, countFailure, countSuccess, refuseWhilePaused } from './throttle.ts'
import { selectUsers } from './user-view.ts'

/**
 * Signs a person in. An unknown address, a wrong password and a disabled account take the same steps and get the same
 * answer (AU-12). Failures are counted inside the hashing slot, so that a burst of guesses cannot outrun the count.
 */
export async function signIn(deps: AccessDeps, origin: AnonymousOrigin, body: SignIn, device: string | null): Promise<OpenedSession> {
  const attempt = attemptOf(deps.directoryKey, 'person', normalEmail(body.email), origin.sourceAddress ?? '')
  await refuseWhilePaused(deps.pool, attempt, origin.now)
  return deps.hashing.inSlot(async () => {
    await refuseWhilePaused(deps.pool, attempt, origin.now)
    const found = (await lookUp(deps.pool, 'user', userHash(deps.directoryKey, body.email))) ?? nowhere
    const stored = await storedHash(deps, origin, found)
    const isRight = await isPassword(stored ?? (await nobodysHash()), body.password)
    if (!isRight || stored === null) {
      await countFailure(deps.pool, attempt, origin.now)
      origin.log.warn({ event: 'signIn.refused', ...(stored === null ? {} : { userId: found.id }) }, 'sign-in refused')
      throw new DomainError('auth.badCredentials')
    }
    await countSuccess(deps.pool, attempt, origin.now)
    const fresh = isWeak(stored) ? await hashPassword(body.password) : null
    return begin(deps, origin, found, { stored, fresh, device })
  })
}

/** Null for whoever may not sign in. */
async function storedHash(deps: AccessDeps, origin: AnonymousOrigin, found: Found): Promise<string | null> {
  const rows = await readOnce(deps.pool, asSystem(origin, found.municipalityId), ({ db }) =>
    db
      .select({ passwordHash: users.passwordHash, disabledAt: users.disabledAt, endsOn: users.endsOn })
      .from(users)
      .where(and(eq(users.municipalityId, found.municipalityId), eq(users.id, found.id)))
      .execute(),
  )
  const user = rows[0]
  return user && user.disabledAt === null && !isPast(user.endsOn, helsinkiDay(origin.now)) ? user.passwordHash : null
}

/** Looks again, under the row's lock: the account may have changed while the password was hashed. */
const begin = (
  deps: AccessDeps,
  origin: AnonymousOrigin,
  found: Found,
  { stored, fresh, device }: { stored: string; fresh: string | null; device: string | null },
) =>
  inTransaction(deps.pool, asSystem(origin, found.municipalityId), async (ctx) => {
    const mine = and(eq(users.municipalityId, found.municipalityId), eq(users.id, found.id))
    const [row] = await selectUsers(ctx.db).where(mine).for('update', { of: users })
    if (!row || row.user.disabledAt !== null || row.user.passwordHash !== stored) throw new DomainError('auth.badCredentials')
    if (fresh !== null) await ctx.db.update(users).set({ passwordHash: fresh }).where(mine)
    const opened = await openSession(deps, ctx, row, device)
    ctx.log.info({ event: 'session.started', userId: found.id, sessionId: opened.sessionId }, 'signed in')
    return opened
  })
