import { Type, type Static, type TProperties, type TSchema } from 'typebox'
import { Instant, closed, nullable } from './fields.ts'

/** Query values that every list takes; a list adds its own filters. */
const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description: '`nextCursor` of the page before.' })),
  sort: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^-?[a-zA-Z.]+(,-?[a-zA-Z.]+){0,4}$',
      description: 'Properties, comma between, `-` for descending.',
    }),
  ),
  count: Type.Optional(Type.Boolean({ description: '`true` adds `totalCount`.' })),
}

/** What records have that people look for by words, and programs by change. */
const finding = {
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Words, each of which must begin a word of the record.' })),
  updatedSince: Type.Optional(Instant),
}

/** The closed query of a list that is read by filters only. */
export const pagedQuery = <P extends TProperties>(title: string, filters: P) => closed(title, { ...paging, ...filters })

/** The closed query of a list of records: paging, search and the list's own filters. */
export const listQuery = <P extends TProperties>(title: string, filters: P) => closed(title, { ...paging, ...finding, ...filters })

/** The body of a list: one page and the cursor of the next. */
export const pageOf = <T extends TSchema>(title: string, item: T) =>
  closed(title, {
    items: Type.Array(item, { maxItems: 200 }),
    nextCursor: nullable(Type.String({ maxLength: 2000 })),
    totalCount: Type.Optional(Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 })),
  })

/** One change of a record: who, when, which fields from what to what. */
export const HistoryEntry = closed('HistoryEntry', {
  id: Type.String({ maxLength: 36 }),
  at: Instant,
  action: Type.String({ maxLength: 80, description: 'E.g. sublease.signed.' }),
  actor: closed('HistoryActor', {
    kind: Type.String({ maxLength: 20 }),
    id: nullable(Type.String({ maxLength: 36 })),
    name: nullable(Type.String({ maxLength: 200 })),
  }),
  reason: nullable(Type.String({ maxLength: 1000 })),
  changes: nullable(
    Type.Array(closed('HistoryChange', { field: Type.String({ maxLength: 120 }), before: Type.Unknown(), after: Type.Unknown() }), {
      maxItems: 200,
      description: 'null where the caller may not see them.',
    }),
  ),
})
export type HistoryEntry = Static<typeof HistoryEntry>
export const History = closed('History', { items: Type.Array(HistoryEntry, { maxItems: 1000 }), nextCursor: Type.Null() })
export type History = Static<typeof History>
