import type { InviteUser, UpdateUser } from '@kotoisa/contracts'
import { DomainError, isStandingAdministrator, rolesFaults } from '@kotoisa/domain'
import { and, eq, ne, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import { landlordOf, type WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { landlords } from '../landlords/table.ts'
import { enqueueLetter } from './letters.ts'
import { dropUnusedLinks } from './one-time-links.ts'
import { users } from './table.ts'
import { createUser } from './users.ts'
import { statusOf } from './user-list.ts'

type Row = typeof users.$inferSelect

/** Makes an account without a password and asks for the letter that lets its person choose one. */
export async function inviteUser(ctx: WriteCtx, directoryKey: string, body: InviteUser): Promise<string> {
  const landlordId = body.landlordId ?? null
  DomainError.all(rolesFaults(body.roles, landlordId))
  await refuseUnknownLandlord(ctx, landlordId)
  const id = await createUser(ctx, directoryKey, { ...body, passwordHash: null })
  await enqueueLetter(ctx, id, 'invitation')
  return id
}

export async function updateUser(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateUser): Promise<void> {
  const row = await lockUser(ctx, id, ifMatch)
  const before = valuesOf(row)
  const values = { ...before, ...body, name: (body.name ?? before.name).trim() }
  DomainError.all(rolesFaults(values.roles, values.landlordId))
  if (values.landlordId !== before.landlordId) await refuseUnknownLandlord(ctx, values.landlordId)
  await keepAnAdministrator(ctx, row, { ...row, ...values })
  const changes = changesBetween(before, values)
  await save(ctx, id, values)
  const isOfRights = changes.some(({ field }) => field === 'roles' || field === 'landlordId')
  await audit(ctx, { action: isOfRights ? 'user.rolesChanged' : 'user.updated', resource: 'users', recordId: id, changes })
}

/**
 * Ends the person's sessions, by a trigger, and the links that were sent. The city may close what a landlord's organisation has
 * closed already: then only the city opens it again.
 */
export async function disableUser(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const row = await lockUser(ctx, id, ifMatch)
  const byLandlord = landlordOf(ctx.actor) !== null
  if (row.disabledAt !== null && (byLandlord || !row.disabledByLandlord)) throw new DomainError('user.isDisabled')
  const after: Row = { ...row, disabledAt: ctx.now, disabledByLandlord: byLandlord }
  await keepAnAdministrator(ctx, row, after)
  if (byLandlord) await keepOneOfOrganisation(ctx, row)
  await dropUnusedLinks(ctx, id)
  await save(ctx, id, { disabledAt: row.disabledAt ?? ctx.now, disabledByLandlord: byLandlord })
  await audit(ctx, { action: 'user.disabled', resource: 'users', recordId: id })
}

export async function enableUser(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const row = await lockUser(ctx, id, ifMatch)
  if (row.disabledAt === null) throw new DomainError('user.notDisabled')
  if (landlordOf(ctx.actor) !== null && !row.disabledByLandlord) throw new DomainError('user.closedByCity')
  await save(ctx, id, { disabledAt: null, disabledByLandlord: false })
  await audit(ctx, { action: 'user.enabled', resource: 'users', recordId: id })
}

export async function inviteUserAgain(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const row = await lockUser(ctx, id, ifMatch)
  if (row.passwordHash !== null) throw new DomainError('user.hasPassword')
  if (statusOf(row, ctx.today) !== 'invited') throw new DomainError('user.notInvitable')
  await save(ctx, id, {})
  await enqueueLetter(ctx, id, 'invitation')
  await audit(ctx, { action: 'user.invitedAgain', resource: 'users', recordId: id })
}

const valuesOf = ({ name, roles, landlordId, locale, endsOn }: Row) => ({ name, roles, landlordId, locale, endsOn })

const mine = (ctx: WriteCtx, id: string) => and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.id, id))

/** A landlord finds its own organisation's people alone. */
async function lockUser(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const own = landlordOf(ctx.actor)
  const [row] = await ctx.db
    .select()
    .from(users)
    .where(and(mine(ctx, id), own === null ? undefined : eq(users.landlordId, own)))
    .for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}

async function save(ctx: WriteCtx, id: string, values: Partial<typeof users.$inferInsert>): Promise<void> {
  await ctx.db
    .update(users)
    .set({ ...values, updatedAt: ctx.now })
    .where(mine(ctx, id))
}

async function refuseUnknownLandlord(ctx: WriteCtx, id: string | null): Promise<void> {
  if (id === null) return
  const [row] = await ctx.db
    .select({ id: landlords.id })
    .from(landlords)
    .where(and(eq(landlords.municipalityId, ctx.actor.municipalityId), eq(landlords.id, id)))
  if (!row) throw new DomainError('reference.notFound', {}, { pointer: '/landlordId' })
}

const stands = ({ disabledAt, passwordHash, endsOn, roles }: Row) =>
  isStandingAdministrator({ isDisabled: disabledAt !== null, hasPassword: passwordHash !== null, endsOn, roles })

/** The others are locked: of two administrators who lower each other one is refused. */
async function keepAnAdministrator(ctx: WriteCtx, before: Row, after: Row): Promise<void> {
  if (!stands(before) || stands(after)) return
  const others = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.municipalityId, ctx.actor.municipalityId), ne(users.id, before.id), sql`'admin' = any (${users.roles})`))
    .orderBy(users.id)
    .for('update')
  if (!others.some(stands)) throw new DomainError('user.lastAdministrator')
}

/**
 * Nobody shuts the own organisation out: neither oneself nor the last account that stays. The others are locked: of two who
 * close each other one is refused.
 */
async function keepOneOfOrganisation(ctx: WriteCtx, row: Row): Promise<void> {
  if (ctx.actor.kind === 'landlord' && ctx.actor.id === row.id) throw new DomainError('user.ownAccount')
  if (row.landlordId === null || !staysOpen(row)) return
  const others = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.landlordId, row.landlordId), ne(users.id, row.id)))
    .orderBy(users.id)
    .for('update')
  if (!others.some(staysOpen)) throw new DomainError('user.lastOfOrganisation')
}

const staysOpen = ({ disabledAt, passwordHash, endsOn }: Row) => disabledAt === null && passwordHash !== null && endsOn === null
