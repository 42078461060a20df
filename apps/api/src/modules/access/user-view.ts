import type { SignedInUser, User } from '@kotoisa/contracts'
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { municipalities, users } from './table.ts'

const landlords = pgTable('landlords', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  name: text('name').notNull(),
})

const ownLandlord = and(eq(landlords.municipalityId, users.municipalityId), eq(landlords.id, users.landlordId))

/** Users with what the session tells of them. */
export const selectUsers = (db: Db) =>
  db
    .select({ user: getTableColumns(users), municipality: municipalities.name, landlord: landlords.name })
    .from(users)
    .innerJoin(municipalities, eq(municipalities.id, users.municipalityId))
    .leftJoin(landlords, ownLandlord)

export interface UserRow {
  user: typeof users.$inferSelect
  municipality: string
  landlord: string | null
}

export function toSignedInUser({ user, municipality, landlord }: UserRow): SignedInUser {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    roles: user.roles,
    municipality: { id: user.municipalityId, name: municipality },
    landlord: user.landlordId !== null && landlord !== null ? { id: user.landlordId, name: landlord } : null,
    locale: user.locale,
  }
}

type ListedUser = Omit<UserRow, 'municipality'>

/** For those who look after accounts; what a password or an address is found by never leaves. */
export const userList: ListSpec<ListedUser, User, 'all'> = {
  name: 'users',
  readerOf: () => 'all',
  select: (db) =>
    db
      .select({ user: getTableColumns(users), landlord: landlords.name })
      .from(users)
      .leftJoin(landlords, ownLandlord),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(users),
  visible: () => eq(users.municipalityId, sql.placeholder('municipality')),
  id: { by: sql`${users.id}`, type: 'uuid', of: ({ user }) => user.id },
  sorts: () => ({
    name: { by: sql`${users.name} collate "fi-FI-x-icu"`, type: 'text', of: ({ user }) => user.name },
    email: { by: sql`${users.email}::text`, type: 'text', of: ({ user }) => user.email },
    createdAt: { by: sql`${users.createdAt}`, type: 'timestamptz', of: ({ user }) => user.createdAt },
  }),
  defaultSort: 'name',
  filters: () => ({
    role: sql`${sql.placeholder('role')}::text = any (${users.roles})`,
    landlordId: eq(users.landlordId, sql.placeholder('landlordId')),
    disabled: sql`(${isNull(users.disabledAt)}) <> ${sql.placeholder('disabled')}::boolean`,
  }),
  search: () => ({ resource: 'user', id: sql`${users.id}` }),
  values: ({ actor }) => ({ municipality: actor.municipalityId }),
  toItem: toUser,
}

function toUser({ user, landlord }: ListedUser): User {
  return withEtag(user.version, {
    id: user.id,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
    name: user.name,
    email: user.email,
    roles: user.roles,
    landlord: user.landlordId !== null && landlord !== null ? { id: user.landlordId, name: landlord } : null,
    locale: user.locale,
    disabledAt: user.disabledAt?.toISOString() ?? null,
  })
}
