import { DomainError, type Day, type Locale, type Role } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { normalEmail, userHash } from './directory.ts'
import { users } from './table.ts'

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly landlordId?: string | null
  readonly locale?: Locale
  readonly endsOn?: Day | null
  /** Of `hashPassword`; null where a one-time link sets it. */
  readonly passwordHash: string | null
}

/** An address is one account of one municipality: taken anywhere is 409 `user.emailTaken`, told by the sign-in directory. */
export async function createUser(ctx: WriteCtx, directoryKey: string, user: NewUser): Promise<string> {
  const id = newId(ctx.now)
  const landlordId = user.landlordId ?? null
  await ctx.db.insert(users).values({
    municipalityId: ctx.actor.municipalityId,
    id,
    email: normalEmail(user.email),
    emailHash: userHash(directoryKey, user.email),
    name: user.name.trim(),
    passwordHash: user.passwordHash,
    passwordSetAt: user.passwordHash === null ? null : ctx.now,
    roles: [...user.roles],
    landlordId,
    locale: user.locale ?? 'fi',
    endsOn: user.endsOn ?? null,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  })
  await audit(ctx, {
    action: 'user.created',
    resource: 'users',
    recordId: id,
    changes: changesBetween(null, { roles: user.roles, landlordId, endsOn: user.endsOn }),
  })
  return id
}

/** Is the account past its last day? */
export const isPast = (endsOn: Day | null, today: Day): boolean => endsOn !== null && endsOn < today

/** Ends the person's sessions, as do the two below: by a trigger, so that no way of changing a user leaves them alive. */
export const disableUser = (ctx: WriteCtx, id: string) => change(ctx, id, 'user.disabled', { disabledAt: ctx.now })

export const changeRoles = (ctx: WriteCtx, id: string, roles: readonly Role[], landlordId: string | null = null) =>
  change(ctx, id, 'user.rolesChanged', { roles: [...roles], landlordId })

/** `passwordHash` of a password that `refuseBadPassword` let pass. */
export const setPassword = (ctx: WriteCtx, id: string, passwordHash: string) =>
  change(ctx, id, 'user.passwordSet', { passwordHash, passwordSetAt: ctx.now })

async function change(ctx: WriteCtx, id: string, action: string, values: Partial<typeof users.$inferInsert>): Promise<void> {
  const mine = and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.id, id))
  const [before] = await ctx.db
    .select({ roles: users.roles, landlordId: users.landlordId, disabledAt: users.disabledAt })
    .from(users)
    .where(mine)
    .for('update')
  if (!before) throw new DomainError('record.notFound')
  const [after] = await ctx.db
    .update(users)
    .set({ ...values, updatedAt: ctx.now })
    .where(mine)
    .returning({ roles: users.roles, landlordId: users.landlordId, disabledAt: users.disabledAt })
  await audit(ctx, { action, resource: 'users', recordId: id, changes: changesBetween(before, after ?? null) })
}
