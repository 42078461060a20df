import { DomainError, type Scope } from '@kotoisa/domain'
import { and, eq, isNull } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { audit } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import type { Pool } from '../../platform/database.ts'
import { directoryHash } from '../../platform/field-crypto.ts'
import { newId } from '../../platform/ids.ts'
import { lookUp, newSecret, type Found } from './directory.ts'
import { apiClientSecrets, apiClients } from './table.ts'

/** Two, so that a client changes its secret without an interruption. */
const liveSecrets = 2

export const clientHash = (directoryKey: string, clientId: string) => directoryHash(directoryKey, 'client', clientId)

/** Plain SHA-256 is enough for 256 random bits (AU-16). */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest()

export type FoundApiClient = Found

export const apiClientByName = (pool: Pool, directoryKey: string, clientId: string): Promise<FoundApiClient | null> =>
  lookUp(pool, 'client', clientHash(directoryKey, clientId))

export interface NewApiClient {
  readonly clientId: string
  readonly name: string
  readonly scopes: readonly Scope[]
  /** Limits it to what this landlord sees; then its scopes can only read. */
  readonly landlordId?: string | null
  /** The demo's, which everybody knows; else one is made. */
  readonly secret?: string
}

/** The secret is told once, here; only its hash is stored. */
export async function createApiClient(ctx: WriteCtx, directoryKey: string, client: NewApiClient): Promise<{ id: string; secret: string }> {
  const id = newId(ctx.now)
  await ctx.db.insert(apiClients).values({
    municipalityId: ctx.actor.municipalityId,
    id,
    clientId: client.clientId,
    clientIdHash: clientHash(directoryKey, client.clientId),
    name: client.name,
    scopes: [...client.scopes],
    landlordId: client.landlordId ?? null,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  })
  await audit(ctx, {
    action: 'apiClient.created',
    resource: 'api-clients',
    recordId: id,
    changes: [
      { field: 'scopes', before: null, after: client.scopes },
      ...(client.landlordId ? [{ field: 'landlordId', before: null, after: client.landlordId }] : []),
    ],
  })
  return { id, secret: await addSecret(ctx, id, client.secret) }
}

/** Another secret beside the first; the old one works until it is revoked. */
export async function addSecret(ctx: WriteCtx, apiClientId: string, secret = newSecret()): Promise<string> {
  const { municipalityId } = ctx.actor
  await ctx.db.select({ id: apiClients.id }).from(apiClients).where(ownClient(municipalityId, apiClientId)).for('update')
  const live = await ctx.db
    .select({ id: apiClientSecrets.id })
    .from(apiClientSecrets)
    .where(
      and(
        eq(apiClientSecrets.municipalityId, municipalityId),
        eq(apiClientSecrets.apiClientId, apiClientId),
        isNull(apiClientSecrets.revokedAt),
      ),
    )
  if (live.length >= liveSecrets) throw new DomainError('apiClient.twoSecrets')
  const id = newId(ctx.now)
  await ctx.db.insert(apiClientSecrets).values({ municipalityId, id, apiClientId, secretHash: secretHash(secret), createdAt: ctx.now })
  await audit(ctx, { action: 'apiClient.secretAdded', resource: 'api-clients', recordId: apiClientId })
  return secret
}

/** All secrets but the newest end; access tokens that they gave last an hour at most. */
export async function revokeOldSecrets(ctx: WriteCtx, apiClientId: string): Promise<number> {
  const { municipalityId } = ctx.actor
  const mine = and(
    eq(apiClientSecrets.municipalityId, municipalityId),
    eq(apiClientSecrets.apiClientId, apiClientId),
    isNull(apiClientSecrets.revokedAt),
  )
  const live = await ctx.db
    .select({ id: apiClientSecrets.id })
    .from(apiClientSecrets)
    .where(mine)
    .orderBy(apiClientSecrets.id)
    .for('update')
  for (const { id } of live.slice(0, -1)) {
    await ctx.db
      .update(apiClientSecrets)
      .set({ revokedAt: ctx.now })
      .where(and(eq(apiClientSecrets.municipalityId, municipalityId), eq(apiClientSecrets.id, id)))
    await audit(ctx, { action: 'apiClient.secretRevoked', resource: 'api-clients', recordId: apiClientId })
  }
  return Math.max(0, live.length - 1)
}

/** The client's tokens are refused from the next request on: each transaction asks for the client. */
export async function revokeApiClient(ctx: WriteCtx, id: string): Promise<void> {
  const revoked = await ctx.db
    .update(apiClients)
    .set({ revokedAt: ctx.now, updatedAt: ctx.now })
    .where(and(ownClient(ctx.actor.municipalityId, id), isNull(apiClients.revokedAt)))
    .returning({ id: apiClients.id })
  if (revoked.length > 0) await audit(ctx, { action: 'apiClient.revoked', resource: 'api-clients', recordId: id })
}

export const ownClient = (municipalityId: string, id: string) => and(eq(apiClients.municipalityId, municipalityId), eq(apiClients.id, id))
