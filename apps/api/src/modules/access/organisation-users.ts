import type { InviteOrganisationUser, OrganisationUser } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { landlordOf, type Actor, type Ctx, type WriteCtx } from '../../platform/context.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { users } from './table.ts'
import { inviteUser } from './user-commands.ts'
import { statusColumn, statusOf } from './user-list.ts'

type Row = typeof users.$inferSelect

/** Only a landlord may ask; whoever belongs to none has no organisation here. */
function ownLandlord(actor: Actor): string {
  const own = landlordOf(actor)
  if (own === null) throw new DomainError('access.denied')
  return own
}

export const organisationUserList: ListSpec<Row, OrganisationUser, 'own'> = {
  name: 'organisation-users',
  readerOf: () => 'own',
  select: (db) => db.select().from(users),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(users),
  visible: () => and(eq(users.municipalityId, sql.placeholder('municipality')), eq(users.landlordId, sql.placeholder('ownLandlord'))),
  id: { by: sql`${users.id}`, type: 'uuid', of: (user) => user.id },
  sorts: () => ({
    name: { by: sql`${users.name} collate "fi-FI-x-icu"`, type: 'text', of: (user) => user.name },
    email: { by: sql`${users.email}::text`, type: 'text', of: (user) => user.email },
    createdAt: { by: sql`${users.createdAt}`, type: 'timestamptz', of: (user) => user.createdAt },
  }),
  defaultSort: 'name',
  filters: () => ({ status: sql`${statusColumn} = ${sql.placeholder('status')}::text` }),
  values: ({ actor, today }) => ({ municipality: actor.municipalityId, ownLandlord: ownLandlord(actor), today }),
  toItem: (row, { today }) => toOrganisationUser(row, today),
}

export async function readOrganisationUser(ctx: Ctx, id: string): Promise<OrganisationUser | null> {
  const own = and(eq(users.municipalityId, ctx.actor.municipalityId), eq(users.landlordId, ownLandlord(ctx.actor)))
  const [row] = await ctx.db
    .select()
    .from(users)
    .where(and(own, eq(users.id, id)))
    .execute()
  return row === undefined ? null : toOrganisationUser(row, ctx.today)
}

/** Roles and landlord are the inviting person's own: nobody lets in more than they are. */
export const inviteOrganisationUser = (ctx: WriteCtx, directoryKey: string, body: InviteOrganisationUser): Promise<string> =>
  inviteUser(ctx, directoryKey, { ...body, roles: ['landlord'], landlordId: ownLandlord(ctx.actor) })

function toOrganisationUser(user: Row, today: Ctx['today']): OrganisationUser {
  return withEtag(user.version, {
    id: user.id,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
    name: user.name,
    email: user.email,
    locale: user.locale,
    status: statusOf(user, today),
  })
}
