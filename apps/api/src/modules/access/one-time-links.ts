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
import { municipalities, oneTimeLinks, users } from './table.ts'
import { attemptOf, countFailure, refuseWhilePaused } from './throttle.ts'
import { setPassword } from './users.ts'

const invitationDays = 7

const linkHash = (directoryKey: string, token: string) => directoryHash(directoryKey, 'link', token)

/** A link that lets its holder set the password once, within a week; only its keyed hash is stored. */
export async function createOneTimeLink(ctx: WriteCtx, directoryKey: string, userId: string): Promise<string> {
  const token = newSecret()
  const id = newId(ctx.now)
  await ctx.db.insert(oneTimeLinks).values({
    municipalityId: ctx.actor.municipalityId,
    id,
    userId,
    purpose: 'firstAdministrator',
    tokenHash: linkHash(directoryKey, token),
    expiresAt: new Date(ctx.now.getTime() + invitationDays * 86_400_000),
    createdAt: ctx.now,
  })
  await audit(ctx, { action: 'oneTimeLink.created', resource: 'users', recordId: userId })
  return token
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
      await setPassword(ctx, link.userId, passwordHash)
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
      .select({ name: users.name, email: users.email, municipality: municipalities.name })
      .from(users)
      .innerJoin(municipalities, eq(municipalities.id, users.municipalityId))
      .where(and(eq(users.municipalityId, found.municipalityId), eq(users.id, link.userId), isNull(users.disabledAt)))
    return user ? [user.name, user.email, user.municipality] : null
  })
