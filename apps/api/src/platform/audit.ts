import { and, desc, eq } from 'drizzle-orm'
import { jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { History, HistoryEntry } from '@kotoisa/contracts'
import { landlordOf, type Ctx, type WriteCtx } from './context.ts'
import { newId } from './ids.ts'

export const auditEntries = pgTable('audit_entries', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  action: text('action').notNull(),
  actorKind: text('actor_kind').notNull(),
  actorId: uuid('actor_id'),
  actorName: text('actor_name'),
  resource: text('resource').notNull(),
  recordId: uuid('record_id'),
  reason: text('reason'),
  requestId: text('request_id'),
  sourceAddress: text('source_address'),
  changes: jsonb('changes').$type<Change[]>().notNull(),
})

export interface Change {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** The fields whose values differ, for the log. Sensitive fields must be left out or masked by the caller. */
export function changesBetween(before: object | null, after: object | null): Change[] {
  const b = (before ?? {}) as Record<string, unknown>
  const a = (after ?? {}) as Record<string, unknown>
  const quiet = new Set(['id', 'municipalityId', 'version', 'etag', 'createdAt', 'updatedAt'])
  return [...new Set([...Object.keys(b), ...Object.keys(a)])]
    .filter((field) => !quiet.has(field) && JSON.stringify(b[field] ?? null) !== JSON.stringify(a[field] ?? null))
    .map((field) => ({ field, before: b[field] ?? null, after: a[field] ?? null }))
}

/** One row in the transaction of the change it tells of: who, when, what, why, from where. */
export async function audit(
  ctx: WriteCtx,
  entry: { action: string; resource: string; recordId: string | null; reason?: string | null; changes?: readonly Change[] },
): Promise<void> {
  await ctx.db.insert(auditEntries).values({
    municipalityId: ctx.actor.municipalityId,
    id: newId(ctx.now),
    at: ctx.now,
    action: entry.action,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.kind === 'job' ? null : ctx.actor.id,
    actorName: ctx.actor.kind === 'job' ? ctx.actor.name : null,
    resource: entry.resource,
    recordId: entry.recordId,
    reason: entry.reason ?? null,
    requestId: ctx.requestId,
    sourceAddress: ctx.sourceAddress,
    changes: [...(entry.changes ?? [])],
  })
}

const users = pgTable('users', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  name: text('name').notNull(),
})

const apiClients = pgTable('api_clients', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  name: text('name').notNull(),
})

/** The changes of one record, newest first; reads of it are in the log, not here. `masked` hides the values. */
export async function historyOf(ctx: Ctx, resource: string, recordId: string, masked = false): Promise<History> {
  const rows = await ctx.db
    .select({ entry: auditEntries, userName: users.name, clientName: apiClients.name })
    .from(auditEntries)
    .leftJoin(users, and(eq(users.municipalityId, auditEntries.municipalityId), eq(users.id, auditEntries.actorId)))
    .leftJoin(apiClients, and(eq(apiClients.municipalityId, auditEntries.municipalityId), eq(apiClients.id, auditEntries.actorId)))
    .where(
      and(
        eq(auditEntries.municipalityId, ctx.actor.municipalityId),
        eq(auditEntries.resource, resource),
        eq(auditEntries.recordId, recordId),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1000)
  return {
    items: rows
      .filter(({ entry }) => !entry.action.endsWith('.read'))
      .map(({ entry, userName, clientName }) => toHistoryEntry(entry, userName ?? clientName, masked)),
    nextCursor: null,
  }
}

/**
 * Of a record that may be gone: what was done to it, its deletion last, stays readable for whoever reads all of the municipality.
 * Null where there never was one; `record` is what the reader is told of it now.
 */
export async function historyOrNull(ctx: Ctx, resource: string, recordId: string, record: unknown): Promise<History | null> {
  if (record === null && landlordOf(ctx.actor) !== null) return null
  const history = await historyOf(ctx, resource, recordId)
  return record === null && history.items.length === 0 ? null : history
}

function toHistoryEntry(entry: typeof auditEntries.$inferSelect, name: string | null, masked: boolean): HistoryEntry {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    action: entry.action,
    actor: { kind: entry.actorKind, id: entry.actorId, name: name ?? entry.actorName },
    reason: masked ? null : entry.reason,
    changes: masked ? null : entry.changes.map(({ field, before, after }) => ({ field, before, after })),
  }
}
