import type { AskForPasswordReset } from '@kotoisa/contracts'
import { and, eq } from 'drizzle-orm'
import { inTransaction, type Pool } from '../../platform/database.ts'
import { asSystem, lookUp, normalEmail, userHash, type AccessDeps, type AnonymousOrigin } from './directory.ts'
import { enqueueLetter } from './letters.ts'
import { outsideMunicipalities } from './outside.ts'
import { users } from './table.ts'
import { statusOf } from './user-list.ts'
import { attemptOf, countFailure, refuseWhilePaused } from './throttle.ts'

const keptMinutes = 60
const tooOld = (now: Date) => new Date(now.getTime() - keptMinutes * 60_000)

/**
 * Keeps the wish and tells nothing: whether there is such an account is looked up when letters are sent, so that known and
 * unknown addresses take the same steps, the same time and the same answer (AU-12). Every wish counts as an attempt.
 */
export async function askForPasswordReset(deps: AccessDeps, origin: AnonymousOrigin, body: AskForPasswordReset): Promise<void> {
  const attempt = attemptOf(deps.directoryKey, 'reset', normalEmail(body.email), origin.sourceAddress ?? '')
  await refuseWhilePaused(deps.pool, attempt, origin.now)
  await countFailure(deps.pool, attempt, origin.now)
  await outsideMunicipalities(deps.pool, {
    name: 'password_reset_ask',
    text: 'insert into password_resets (email_hash, asked_at) values ($1, $2) on conflict (email_hash) do update set asked_at = excluded.asked_at',
    values: [userHash(deps.directoryKey, body.email), origin.now],
  })
}

/** Makes letters of the wishes that meet an account. Twice is no harm: a letter that waits is replaced. */
export async function takePasswordResets(pool: Pool, origin: AnonymousOrigin): Promise<void> {
  const { rows } = await outsideMunicipalities<{ email_hash: Buffer; asked_at: Date }>(pool, {
    name: 'password_reset_read',
    text: 'select email_hash, asked_at from password_resets where asked_at > $1 limit 100',
    values: [tooOld(origin.now)],
  })
  for (const { email_hash: hash, asked_at: askedAt } of rows) {
    const found = await lookUp(pool, 'user', hash)
    if (found) {
      await inTransaction(pool, asSystem(origin, found.municipalityId), async (ctx) => {
        const [user] = await ctx.db
          .select()
          .from(users)
          .where(and(eq(users.municipalityId, found.municipalityId), eq(users.id, found.id)))
        // Whoever has no password yet has lost the invitation.
        if (user && ['active', 'invited'].includes(statusOf(user, ctx.today)))
          await enqueueLetter(ctx, user.id, user.passwordHash === null ? 'invitation' : 'passwordReset')
      })
    }
    await outsideMunicipalities(pool, {
      name: 'password_reset_done',
      text: 'delete from password_resets where email_hash = $1 and asked_at = $2',
      values: [hash, askedAt],
    })
  }
}

export async function forgetOldResets(pool: Pool, now: Date): Promise<void> {
  await outsideMunicipalities(pool, {
    name: 'password_reset_forget',
    text: 'delete from password_resets where asked_at <= $1',
    values: [tooOld(now)],
  })
}
