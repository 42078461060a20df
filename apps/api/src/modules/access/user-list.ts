import type { History, User } from '@kotoisa/contracts'
import { userStatus, type Day, type UserStatus } from '@kotoisa/domain'
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { historyOf } from '../../platform/audit.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { landlords } from '../landlords/table.ts'
import { users } from './table.ts'

type StoredUser = typeof users.$inferSelect

interface ListedUser {
  readonly user: StoredUser
  readonly landlord: string | null
}

const ownLandlord = and(eq(landlords.municipalityId, users.municipalityId), eq(landlords.id, users.landlordId))

export const statusOf = ({ disabledAt, passwordHash, endsOn }: StoredUser, today: Day): UserStatus =>
  userStatus({ isDisabled: disabledAt !== null, hasPassword: passwordHash !== null, endsOn }, today)

const mine = eq(users.municipalityId, sql.placeholder('municipality'))
/** The same as `statusOf`, for filters. */
export const statusColumn = sql`case
  when ${users.disabledAt} is not null then 'disabled'
  when ${users.endsOn} < ${sql.placeholder('today')}::date then 'ended'
  when ${users.passwordHash} is null then 'invited'
  else 'active' end`

const selectListed = (db: Db) =>
  db
    .select({ user: getTableColumns(users), landlord: landlords.name })
    .from(users)
    .leftJoin(landlords, ownLandlord)

/** For those who look after accounts; what a password or an address is found by never leaves. */
export const userList: ListSpec<ListedUser, User, 'all'> = {
  name: 'users',
  readerOf: () => 'all',
  select: (db) => selectListed(db),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(users),
  visible: () => mine,
  id: { by: sql`${users.id}`, type: 'uuid', of: ({ user }) => user.id },
  sorts: () => ({
    name: { by: sql`${users.name} collate "fi-FI-x-icu"`, type: 'text', of: ({ user }) => user.name },
    email: { by: sql`${users.email}::text`, type: 'text', of: ({ user }) => user.email },
    createdAt: { by: sql`${users.createdAt}`, type: 'timestamptz', of: ({ user }) => user.createdAt },
    updatedAt: { by: sql`${users.updatedAt}`, type: 'timestamptz', of: ({ user }) => user.updatedAt },
  }),
  defaultSort: 'name',
  filters: () => ({
    role: sql`${sql.placeholder('role')}::text = any (${users.roles})`,
    landlordId: eq(users.landlordId, sql.placeholder('landlordId')),
    status: sql`${statusColumn} = ${sql.placeholder('status')}::text`,
    disabled: sql`(${isNull(users.disabledAt)}) <> ${sql.placeholder('disabled')}::boolean`,
    updatedSince: sql`${users.updatedAt} >= ${sql.placeholder('updatedSince')}::timestamptz`,
  }),
  search: () => ({ resource: 'user', id: sql`${users.id}` }),
  values: ({ actor, today }) => ({ municipality: actor.municipalityId, today }),
  toItem: (row, { today }) => toUser(row, today),
}

export async function readUser(ctx: Ctx, id: string): Promise<User | null> {
  const own = and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.id, id))
  const [row] = await selectListed(ctx.db).where(own).execute()
  return row === undefined ? null : toUser(row, ctx.today)
}

export const readUserHistory = async (ctx: Ctx, id: string): Promise<History | null> =>
  (await readUser(ctx, id)) === null ? null : historyOf(ctx, 'users', id)

function toUser({ user, landlord }: ListedUser, today: Day): User {
  return withEtag(user.version, {
    id: user.id,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
    name: user.name,
    email: user.email,
    roles: user.roles,
    landlord: user.landlordId !== null && landlord !== null ? { id: user.landlordId, name: landlord } : null,
    locale: user.locale,
    endsOn: user.endsOn,
    status: statusOf(user, today),
    disabledAt: user.disabledAt?.toISOString() ?? null,
  })
}
