import type { View } from '@kotoisa/contracts'
import { and, eq, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { finnishByNumber } from '../../platform/sorting.ts'
import { ownerOf, ownViews } from './policy.ts'
import { views } from './table.ts'

export type ViewRow = typeof views.$inferSelect

export async function readView(ctx: Ctx, id: string): Promise<View | null> {
  const [row] = await prepared(ctx.db, 'view', (db) =>
    db
      .select()
      .from(views)
      .where(and(ownViews, eq(views.id, sql.placeholder('id')))),
  ).execute({ ...ownerOf(ctx.actor), id })
  return row === undefined ? null : toView(row)
}

export const viewList: ListSpec<ViewRow, View> = {
  name: 'views',
  readerOf: () => 'owner',
  select: (db) => db.select().from(views),
  count: (db) => db.select({ count: sql<number>`count(*)::int` }).from(views),
  visible: () => ownViews,
  id: { by: sql`${views.id}`, type: 'uuid', of: ({ id }) => id },
  sorts: () => ({
    name: { by: finnishByNumber(views.name), type: 'text', nullable: true, of: ({ name }) => name },
    list: { by: sql`${views.list}`, type: 'text', of: ({ list }) => list },
    updatedAt: { by: sql`${views.updatedAt}`, type: 'timestamptz', of: ({ updatedAt }) => updatedAt },
  }),
  defaultSort: 'name',
  filters: () => ({ list: eq(views.list, sql.placeholder('list')) }),
  values: ({ actor }) => ownerOf(actor),
  toItem: (row) => toView(row),
}

export const toView = (row: ViewRow): View =>
  withEtag(row.version, {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    list: row.list,
    name: row.name,
    query: row.query,
    sort: row.sort,
    columns: row.columns,
  })

type StoredView = Omit<ViewRow, 'createdAt' | 'updatedAt'> & { readonly createdAt: string; readonly updatedAt: string }
export type StoredSettings = readonly StoredView[]

/** How a person always wants each list, as a column of another query. */
export const settingsOf = (municipality: AnyPgColumn, user: AnyPgColumn) => sql<StoredSettings>`(
  select coalesce(json_agg(json_build_object('municipalityId', v.municipality_id, 'id', v.id, 'version', v.version, 'userId', v.user_id,
    'list', v.list, 'name', v.name, 'query', v.query, 'sort', v.sort, 'columns', v.columns,
    'createdAt', v.created_at, 'updatedAt', v.updated_at) order by v.list), '[]')
  from views v where v.municipality_id = ${municipality} and v.user_id = ${user} and v.name is null)`

export const toSettings = (stored: StoredSettings): View[] =>
  stored.map((view) => toView({ ...view, createdAt: new Date(view.createdAt), updatedAt: new Date(view.updatedAt) }))
