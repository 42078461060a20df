import type { ApiClient, History } from '@kotoisa/contracts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { historyOf } from '../../platform/audit.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { landlords } from '../landlords/table.ts'
import { apiClients, apiClientSecrets } from './table.ts'

interface Row {
  readonly client: typeof apiClients.$inferSelect
  readonly secrets: number
  readonly landlord: string | null
}

const liveSecrets = sql<number>`(select count(*)::int from ${apiClientSecrets} s
  where s.municipality_id = ${apiClients}.municipality_id and s.api_client_id = ${apiClients}.id and s.revoked_at is null)`

const ownLandlord = and(eq(landlords.municipalityId, apiClients.municipalityId), eq(landlords.id, apiClients.landlordId))

const selectListed = (db: Db) =>
  db.select({ client: apiClients, secrets: liveSecrets, landlord: landlords.name }).from(apiClients).leftJoin(landlords, ownLandlord)

/** For those who look after accounts; no secret and no hash of one leaves. */
export const apiClientList: ListSpec<Row, ApiClient, 'all'> = {
  name: 'api-clients',
  readerOf: () => 'all',
  select: selectListed,
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(apiClients),
  visible: () => eq(apiClients.municipalityId, sql.placeholder('municipality')),
  id: { by: sql`${apiClients.id}`, type: 'uuid', of: ({ client }) => client.id },
  sorts: () => ({
    clientId: { by: sql`${apiClients.clientId}`, type: 'text', of: ({ client }) => client.clientId },
    name: { by: sql`${apiClients.name} collate "fi-FI-x-icu"`, type: 'text', of: ({ client }) => client.name },
    createdAt: { by: sql`${apiClients.createdAt}`, type: 'timestamptz', of: ({ client }) => client.createdAt },
    lastUsedAt: { by: sql`${apiClients.lastUsedAt}`, type: 'timestamptz', nullable: true, of: ({ client }) => client.lastUsedAt },
  }),
  defaultSort: 'clientId',
  filters: () => ({
    revoked: sql`(${isNull(apiClients.revokedAt)}) <> ${sql.placeholder('revoked')}::boolean`,
    updatedSince: sql`coalesce(${apiClients.updatedAt}, ${apiClients.createdAt}) >= ${sql.placeholder('updatedSince')}::timestamptz`,
  }),
  search: () => ({ resource: 'apiClient', id: sql`${apiClients.id}` }),
  values: ({ actor }) => ({ municipality: actor.municipalityId }),
  toItem: toApiClient,
}

export async function readApiClient(ctx: Ctx, id: string): Promise<ApiClient | null> {
  const own = and(eq(apiClients.municipalityId, ctx.actor.municipalityId), eq(apiClients.id, id))
  const [row] = await selectListed(ctx.db).where(own).execute()
  return row === undefined ? null : toApiClient(row)
}

export const readApiClientHistory = async (ctx: Ctx, id: string): Promise<History | null> =>
  (await readApiClient(ctx, id)) === null ? null : historyOf(ctx, 'api-clients', id)

function toApiClient({ client, secrets, landlord }: Row): ApiClient {
  return withEtag(client.version, {
    id: client.id,
    createdAt: client.createdAt.toISOString(),
    clientId: client.clientId,
    name: client.name,
    scopes: client.scopes,
    landlord: client.landlordId !== null && landlord !== null ? { id: client.landlordId, name: landlord } : null,
    secrets,
    lastUsedAt: client.lastUsedAt?.toISOString() ?? null,
    revokedAt: client.revokedAt?.toISOString() ?? null,
  })
}
