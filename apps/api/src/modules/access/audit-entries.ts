import type { AuditEntry } from '@kotoisa/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { auditEntries } from '../../platform/audit.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { users } from './table.ts'

interface Row {
  readonly entry: typeof auditEntries.$inferSelect
  readonly userName: string | null
}

const actingUser = and(eq(users.municipalityId, auditEntries.municipalityId), eq(users.id, auditEntries.actorId))

/** The log, newest first, with the names of who acted; a person is named as today. */
export const auditEntryList: ListSpec<Row, AuditEntry, 'all'> = {
  name: 'audit-entries',
  readerOf: () => 'all',
  select: (db) => db.select({ entry: auditEntries, userName: users.name }).from(auditEntries).leftJoin(users, actingUser),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(auditEntries),
  visible: () => eq(auditEntries.municipalityId, sql.placeholder('municipality')),
  id: { by: sql`${auditEntries.id}`, type: 'uuid', of: ({ entry }) => entry.id },
  sorts: () => ({ at: { by: sql`${auditEntries.at}`, type: 'timestamptz', of: ({ entry }) => entry.at } }),
  defaultSort: '-at',
  filters: () => ({
    resource: eq(auditEntries.resource, sql.placeholder('resource')),
    recordId: eq(auditEntries.recordId, sql.placeholder('recordId')),
    actorId: eq(auditEntries.actorId, sql.placeholder('actorId')),
    action: eq(auditEntries.action, sql.placeholder('action')),
    from: sql`${auditEntries.at} >= ${sql.placeholder('from')}::timestamptz`,
    to: sql`${auditEntries.at} < ${sql.placeholder('to')}::timestamptz`,
  }),
  values: ({ actor }) => ({ municipality: actor.municipalityId }),
  toItem: toAuditEntry,
}

/**
 * Who, when, what, which fields: never the values. Administrators and auditors may not join a protected person and a
 * home, and the values of two records could (docs/trust.md, protected persons).
 */
function toAuditEntry({ entry, userName }: Row): AuditEntry {
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
