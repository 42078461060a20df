import type { InviteOrganisationUser } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import { landlordOf } from '../../platform/context.ts'
import { inTransaction, type Origin } from '../../platform/database.ts'
import type { AppDeps } from '../../platform/lifecycle.ts'
import { asSystem, lookUp, userHash, type Found } from './directory.ts'
import { enqueueLetter } from './letters.ts'
import { users } from './table.ts'
import { attemptOfOne, countFailure, refuseWhilePaused } from './throttle.ts'
import { statusOf } from './user-list.ts'

/**
 * A landlord's organisation is outside: it must not find out who else has an account here, in this municipality or another.
 * That an address cannot be invited is told without why; who gets such answers is slowed, by the inviting account, each of them
 * is in the log, and the owner of the address gets a letter (docs/trust.md, Invitations). Kept apart from the refused
 * transaction, so that they stay.
 */
export async function refuseOutsiders(deps: AppDeps, origin: Origin, body: InviteOrganisationUser): Promise<void> {
  const { database, secrets } = deps
  const attempt = attemptOfOne(secrets.directoryKey, 'invitation', origin.actor.id)
  await refuseWhilePaused(database, attempt, origin.now)
  const found = await lookUp(database, 'user', userHash(secrets.directoryKey, body.email))
  if (found === null || (await isColleague(deps, origin, found))) return
  await countFailure(database, attempt, origin.now)
  await inTransaction(database, origin, (ctx) => audit(ctx, { action: 'user.invitationRefused', resource: 'users', recordId: null }))
  await inTransaction(database, asSystem(origin, found.municipalityId), async (ctx) => {
    const [user] = await ctx.db
      .select()
      .from(users)
      .where(and(eq(users.municipalityId, found.municipalityId), eq(users.id, found.id)))
    if (user && ['active', 'invited'].includes(statusOf(user, ctx.today))) await enqueueLetter(ctx, user.id, 'invitedElsewhere')
  })
  throw new DomainError('user.cannotInvite', {}, { pointer: '/email' })
}

/** Colleagues stand in the own list: that their address is taken is no news. */
const isColleague = (deps: AppDeps, origin: Origin, found: Found): Promise<boolean> =>
  inTransaction(deps.database, origin, async (ctx) => {
    const own = landlordOf(ctx.actor)
    if (own === null || found.municipalityId !== ctx.actor.municipalityId) return false
    const rows = await ctx.db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.municipalityId, found.municipalityId), eq(users.id, found.id), eq(users.landlordId, own)))
    return rows.length > 0
  })
