import type { AuditEntry, AuditEntryQuery } from '@kotoisa/contracts'
import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { Static } from 'typebox'
import { auditEntries } from '../../platform/audit.ts'
import type { Ctx } from '../../platform/context.ts'
import { withEtag } from '../../platform/etag.ts'
import { users } from './table.ts'

/** The log with the names of who acted; a person is named as today. */
export const selectAuditEntries = ({ db }: Ctx) =>
  db
    .select({ entry: auditEntries, userName: users.name })
    .from(auditEntries)
    .leftJoin(users, and(eq(users.municipalityId, auditEntries.municipalityId), eq(users.id, auditEntries.actorId)))

export function auditEntryFilters(municipalityId: string, query: Static<typeof AuditEntryQuery>): SQL[] {
  const filters: SQL[] = [eq(auditEntries.municipalityId, municipalityId)]
  if (query.resource !== undefined) filters.push(eq(auditEntries.resource, query.resource))
  if (query.recordId !== undefined) filters.push(eq(auditEntries.recordId, query.recordId))
  if (query.actorId !== undefined) filters.push(eq(auditEntries.actorId, query.actorId))
  if (query.action !== undefined) filters.push(eq(auditEntries.action, query.action))
  if (query.from !== undefined) filters.push(gte(auditEntries.at, sql`${query.from}::timestamptz`))
  if (query.to !== undefined) filters.push(lt(auditEntries.at, sql`${query.to}::timestamptz`))
  return filters
}

/**
 * Who, when, what, which fields: never the values. Administrators and auditors may not join a protected person and a
 * home, and the values of two records could (contracts.md, Protected persons).
 */
export function toAuditEntry({ entry, userName }: { entry: typeof auditEntries.$inferSelect; userName: string | null }): AuditEntry {
  return withEtag(1, {
    id: entry.id,
    at: entry.at.toISOString(),
    action: entry.action,
    actor: { kind: entry.actorKind, id: entry.actorId, name: userName ?? entry.actorName },
    resource: entry.resource,
    recordId: entry.recordId,
    fields: entry.changes.map(({ field }) => field),
    requestId: entry.requestId,
    sourceAddress: entry.sourceAddress,
  })
}
