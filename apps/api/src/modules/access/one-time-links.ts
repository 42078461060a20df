import type { UseOneTimeLink } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq, isNull } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { directoryHash } from '../../platform/field-crypto.ts'
import { newId } from '../../platform/ids.ts'
import { asSystem, lookUp, newSecret, type AccessDeps, type AnonymousOrigin, type Found } from './directory.ts'
import { hashPassword } from './password-hashing.ts'
import { refuseBadPassword } from './password.ts'
import { enqueueLetter } from './letters.ts'
import { municipalities, oneTimeLinks, users } from './table.ts'
import { attemptOf, countFailure, refuseWhilePaused } from './throttle.ts'
import { isPast, setPassword } from './users.ts'

type Purpose = (typeof oneTimeLinks.$inferSelect)['purpose']

/** How long a link may wait (AU-19). */
const minutes: Readonly<Record<Purpose, number>> = { firstAdministrator: 7 * 24 * 60, invitation: 7 * 24 * 60, passwordReset: 60 }

const linkHash = (directoryKey: string, token: string) => directoryHash(directoryKey, 'link', token)

/** A link that lets its holder set the password once; only its keyed hash is stored. The person's earlier links end. */
export async function createOneTimeLink(
  ctx: WriteCtx,
  directoryKey: string,
  userId: string,
  purpose: Purpose = 'firstAdministrator',
): Promise<string> {
  const token = newSecret()
  await dropUnusedLinks(ctx, userId)
  await ctx.db.insert(oneTimeLinks).values({
    municipalityId: ctx.actor.municipalityId,
    id: newId(ctx.now),
    userId,
    purpose,
    tokenHash: linkHash(directoryKey, token),
    expiresAt: new Date(ctx.now.getTime() + minutes[purpose] * 60_000),
    createdAt: ctx.now,
  })
  await audit(ctx, { action: 'oneTimeLink.created', resource: 'users', recordId: userId })
  return token
}

export async function dropUnusedLinks(ctx: WriteCtx, userId: string): Promise<void> {
  const unused = and(
    eq(oneTimeLinks.municipalityId, ctx.actor.municipalityId),
    eq(oneTimeLinks.userId, userId),
    isNull(oneTimeLinks.usedAt),
  )
  await ctx.db.delete(oneTimeLinks).where(unused)
}

/** The token stands behind `#`, so that no server and no log sees it before it is used. */
export const oneTimeLinkAddress = (publicUrl: string, token: string) => `${publicUrl}/set-password#${token}`

export async function useOneTimeLink(deps: AccessDeps, origin: AnonymousOrigin, body: UseOneTimeLink): Promise<void> {
  const attempt = attemptOf(deps.directoryKey, 'link', body.token, origin.sourceAddress ?? '')
  await refuseWhilePaused(deps.pool, attempt, origin.now)
  await deps.hashing.inSlot(async () => {
    const found = await lookUp(deps.pool, 'link', linkHash(deps.directoryKey, body.token))
    const names = found && (await namesOf(deps, origin, found))
    if (!found || !names) {
      await countFailure(deps.pool, attempt, origin.now)
      throw new DomainError('record.notFound')
    }
    await refuseBadPassword(body.password, names)
    const passwordHash = await hashPassword(body.password)
    await inTransaction(deps.pool, asSystem(origin, found.municipalityId), async (ctx) => {
      const link = await usable(ctx, found, true)
      if (!link) throw new DomainError('record.notFound')
      await ctx.db.update(oneTimeLinks).set({ usedAt: ctx.now }).where(own(found))
      await dropUnusedLinks(ctx, link.userId)
      await setPassword(ctx, link.userId, passwordHash)
      if (link.purpose === 'passwordReset') await enqueueLetter(ctx, link.userId, 'passwordChanged')
    })
    origin.log.info({ event: 'oneTimeLink.used' }, 'a password was set with a one-time link')
  })
}

const own = (found: Found) => and(eq(oneTimeLinks.municipalityId, found.municipalityId), eq(oneTimeLinks.id, found.id))

async function usable(ctx: WriteCtx, found: Found, locked = false) {
  const query = ctx.db
    .select()
    .from(oneTimeLinks)
    .where(and(own(found), isNull(oneTimeLinks.usedAt)))
  const [link] = await (locked ? query.for('update') : query)
  return link && link.expiresAt > ctx.now ? link : null
}

/** What the password may not consist of; null where the link is used or too old. */
const namesOf = (deps: AccessDeps, origin: AnonymousOrigin, found: Found): Promise<string[] | null> =>
  inTransaction(deps.pool, asSystem(origin, found.municipalityId), async (ctx) => {
    const link = await usable(ctx, found)
    if (!link) return null
    const [user] = await ctx.db
      .select({ name: users.name, email: users.email, municipality: municipalities.name, endsOn: users.endsOn })
      .from(users)
      .innerJoin(municipalities, eq(municipalities.id, users.municipalityId))
      .where(and(eq(users.municipalityId, found.municipalityId), eq(users.id, link.userId), isNull(users.disabledAt)))
    return user && !isPast(user.endsOn, ctx.today) ? [user.name, user.email, user.municipality] : null
  })
