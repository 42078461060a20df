import type { AuditEntry } from '@kotoisa/contracts'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { auditEntries } from '../../platform/audit.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { apiClients, users } from './table.ts'

interface Row {
  readonly entry: typeof auditEntries.$inferSelect
  readonly userName: string | null
  readonly clientName: string | null
  readonly reason: string | null
  readonly recordName: string | null
}

const actingUser = and(eq(users.municipalityId, auditEntries.municipalityId), eq(users.id, auditEntries.actorId))
const actingClient = and(eq(apiClients.municipalityId, auditEntries.municipalityId), eq(apiClients.id, auditEntries.actorId))

/** Was the sublease another household's before? That one may be protected. */
const wasMoved = (subleaseId: SQL): SQL => sql`exists (select from audit_entries a
  where a.municipality_id = ${auditEntries.municipalityId} and a.resource = 'sublease' and a.record_id = ${subleaseId}
    and a.action <> 'sublease.created'
    and jsonb_path_exists(a.changes, '$[*] ? (@.field == "householdId" || @.field == "tenantIds")'))`

/**
 * The reason of an entry, where it can tell of nobody under a non-disclosure order: people write names and addresses into
 * reasons, and those who read the log may not join a protected person and a home. So it stands only beside a record that is
 * there, is no protected person's and, a lease, was never another household's; of a head lease only what stands in a list of
 * words: told of some and not of others it would say which of them is over a protected household's home. Coordinators read it in the record's history.
 */
const openReason = sql<string | null>`case
  when ${auditEntries.reason} is null then null
  when ${auditEntries.resource} = 'person' and exists (select from persons p
    where p.municipality_id = ${auditEntries.municipalityId} and p.id = ${auditEntries.recordId} and not p.protected) then ${auditEntries.reason}
  when ${auditEntries.resource} = 'household' and exists (select from households h
    where h.municipality_id = ${auditEntries.municipalityId} and h.id = ${auditEntries.recordId} and not h.protected) then ${auditEntries.reason}
  when ${auditEntries.resource} = 'sublease' and exists (select from subleases s
    where s.municipality_id = ${auditEntries.municipalityId} and s.id = ${auditEntries.recordId} and not s.protected)
    and not ${wasMoved(sql`${auditEntries.recordId}`)} then ${auditEntries.reason}
  when ${auditEntries.action} = 'headLease.ended' then ${auditEntries.reason}
end`

/** Tables whose records people quote by a reference, and those that only have a name, by the name of the record in the log. */
const referenced = { flat: 'flats', headLease: 'head_leases', sublease: 'subleases', household: 'households', person: 'persons' }
const named = { area: 'areas', room: 'rooms', landlord: 'landlords', users: 'users', 'api-clients': 'api_clients' }

const columnOf = (resource: string, table: string, column: SQL): SQL => sql`when ${auditEntries.resource} = ${resource} then (
  select r.${column} from ${sql.identifier(table)} r where r.municipality_id = ${auditEntries.municipalityId} and r.id = ${auditEntries.recordId})`

/** What people call the record. Of a protected person's neither name nor home: the reference is all that everybody may know. */
const recordName = sql<string | null>`case
  ${sql.join(
    [
      ...Object.entries(referenced).map(([resource, table]) => columnOf(resource, table, sql`reference`)),
      ...Object.entries(named).map(([resource, table]) => columnOf(resource, table, sql`name`)),
      columnOf('building', 'buildings', sql`street_address`),
    ],
    sql` `,
  )}
end`

const hasReference = sql`(${auditEntries.resource}, ${auditEntries.recordId}) in (
  ${sql.join(
    Object.entries(referenced).map(
      ([resource, table]) => sql`select ${resource}, r.id from ${sql.identifier(table)} r
        where r.municipality_id = ${sql.placeholder('municipality')} and r.reference = ${sql.placeholder('reference')}`,
    ),
    sql` union all `,
  )})`

/** The log, newest first, with the names of who acted; they are named as today. */
export const auditEntryList: ListSpec<Row, AuditEntry, 'all'> = {
  name: 'audit-entries',
  readerOf: () => 'all',
  select: (db) =>
    db
      .select({ entry: auditEntries, userName: users.name, clientName: apiClients.name, reason: openReason, recordName })
      .from(auditEntries)
      .leftJoin(users, actingUser)
      .leftJoin(apiClients, actingClient),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(auditEntries),
  visible: () => eq(auditEntries.municipalityId, sql.placeholder('municipality')),
  id: { by: sql`${auditEntries.id}`, type: 'uuid', of: ({ entry }) => entry.id },
  sorts: () => ({ at: { by: sql`${auditEntries.at}`, type: 'timestamptz', of: ({ entry }) => entry.at } }),
  defaultSort: '-at',
  filters: () => ({
    resource: eq(auditEntries.resource, sql.placeholder('resource')),
    recordId: eq(auditEntries.recordId, sql.placeholder('recordId')),
    reference: hasReference,
    actorId: eq(auditEntries.actorId, sql.placeholder('actorId')),
    action: eq(auditEntries.action, sql.placeholder('action')),
    from: sql`${auditEntries.at} >= ${sql.placeholder('from')}::timestamptz`,
    to: sql`${auditEntries.at} < ${sql.placeholder('to')}::timestamptz`,
  }),
  values: ({ actor }) => ({ municipality: actor.municipalityId }),
  toItem: toAuditEntry,
}

/**
 * Who, when, what, why, which fields: never the values. Administrators and auditors may not join a protected person and a
 * home, and the values of two records could (docs/trust.md, protected persons).
 */
function toAuditEntry({ entry, userName, clientName, reason, recordName }: Row): AuditEntry {
  return withEtag(1, {
    id: entry.id,
    at: entry.at.toISOString(),
    action: entry.action,
    actor: { kind: entry.actorKind, id: entry.actorId, name: userName ?? clientName ?? entry.actorName },
    reason,
    resource: entry.resource,
    recordId: entry.recordId,
    recordName,
    fields: entry.changes.map(({ field }) => field),
    requestId: entry.requestId,
    sourceAddress: entry.sourceAddress,
  })
}
