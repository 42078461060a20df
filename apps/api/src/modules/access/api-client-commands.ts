import type { CreateApiClient, UpdateApiClient } from '@kotoisa/contracts'
import { DomainError, scopesFaults } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { sqlState } from '../../platform/database.ts'
import { requireMatch } from '../../platform/etag.ts'
import type { ToldOnce } from '../../platform/route.ts'
import { landlords } from '../landlords/table.ts'
import { addSecret, createApiClient, ownClient, revokeApiClient, revokeOldSecrets } from './api-clients.ts'
import { apiClients } from './table.ts'

type Row = typeof apiClients.$inferSelect

export async function addClient(ctx: WriteCtx, directoryKey: string, body: CreateApiClient): Promise<ToldOnce> {
  const landlordId = body.landlordId ?? null
  DomainError.all(scopesFaults(body.scopes, landlordId))
  if (landlordId !== null) {
    const own = and(eq(landlords.municipalityId, ctx.actor.municipalityId), eq(landlords.id, landlordId))
    const [landlord] = await ctx.db.select({ id: landlords.id }).from(landlords).where(own)
    if (!landlord) throw new DomainError('reference.notFound', {}, { pointer: '/landlordId' })
  }
  try {
    const { id, secret } = await createApiClient(ctx, directoryKey, { ...body, name: body.name.trim() })
    return { id, once: { secret } }
  } catch (error) {
    // The directory of all municipalities: there the constraint knows people and programs alike.
    if (sqlState(error) === '23505') throw new DomainError('apiClient.clientIdTaken', {}, { pointer: '/clientId', cause: error })
    throw error
  }
}

export async function updateClient(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateApiClient): Promise<void> {
  const row = await lockLiving(ctx, id, ifMatch)
  const before = { name: row.name, scopes: row.scopes }
  const values = { name: (body.name ?? row.name).trim(), scopes: body.scopes ?? row.scopes }
  DomainError.all(scopesFaults(values.scopes, row.landlordId))
  await ctx.db
    .update(apiClients)
    .set({ ...values, updatedAt: ctx.now })
    .where(ownClient(ctx.actor.municipalityId, id))
  await audit(ctx, { action: 'apiClient.updated', resource: 'api-clients', recordId: id, changes: changesBetween(before, values) })
}

export async function giveSecret(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<ToldOnce> {
  await lockLiving(ctx, id, ifMatch)
  const secret = await addSecret(ctx, id)
  await countChange(ctx, id)
  return { id, once: { secret } }
}

export async function endOldSecrets(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  await lockLiving(ctx, id, ifMatch)
  if ((await revokeOldSecrets(ctx, id)) === 0) throw new DomainError('apiClient.oneSecret')
  await countChange(ctx, id)
}

export async function endClient(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  await lockLiving(ctx, id, ifMatch)
  await revokeApiClient(ctx, id)
}

/** The row under its lock, while the client is in force. */
async function lockLiving(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const [row] = await ctx.db.select().from(apiClients).where(ownClient(ctx.actor.municipalityId, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  if (row.revokedAt !== null) throw new DomainError('apiClient.isRevoked')
  return row
}

/** Secrets are another table's rows; the client's tag tells of them as well. */
async function countChange(ctx: WriteCtx, id: string): Promise<void> {
  await ctx.db
    .update(apiClients)
    .set({ version: sql`${apiClients.version} + 1`, updatedAt: ctx.now })
    .where(ownClient(ctx.actor.municipalityId, id))
}
