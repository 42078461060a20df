import { hitsOfOneKind, type Access, type SearchHit } from '@kotoisa/contracts'
import type { LeaseStatus, SearchedResource } from '@kotoisa/domain'
import { and, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared, type Db } from '../../platform/database.ts'
import type { ListSpec } from '../../platform/list.ts'
import { wordConditions, wordValues, type WordSearch } from '../../platform/search-words.ts'

/** One kind of record that the search looks through. */
export interface Kind {
  readonly resource: SearchedResource
  /** Of the kind's list: who may not call that, finds none. */
  readonly access: Access
  /** The first that all the words find. Sends its statement before it first waits. */
  find(ctx: Ctx, terms: readonly string[]): Promise<SearchHit[]>
}

/** What every kind is told by; a kind may read more for its state and for the log of readings. */
export interface HitRow {
  readonly id: string
  readonly reference: string
  readonly title: string | null
  readonly subtitle: string | null
  readonly masked: boolean
}

/** What a list says of its rows and words. The search goes by it, so that it finds what the list finds and hides what it hides. */
type Rows<Reader extends string> = Pick<ListSpec<never, unknown, Reader>, 'readerOf' | 'visible' | 'values' | 'search'>

interface Options<Row extends HitRow, Reader extends string> {
  readonly resource: SearchedResource
  readonly access: Access
  readonly rows: Rows<Reader>
  readonly select: (
    db: Db,
    narrowed: { readonly reader: Reader; readonly words: WordSearch; readonly where: SQL | undefined; readonly limit: number },
  ) => { prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Row[]> } }
  readonly status?: (row: Row, ctx: Pick<Ctx, 'today'>) => LeaseStatus
  readonly noteReads?: (ctx: Ctx, rows: readonly Row[]) => void
}

export function kindOf<Row extends HitRow, Reader extends string>({
  resource,
  access,
  rows,
  select,
  status,
  noteReads,
}: Options<Row, Reader>): Kind {
  async function find(ctx: Ctx, terms: readonly string[]): Promise<SearchHit[]> {
    const reader = rows.readerOf(ctx.actor)
    const words = rows.search?.(reader)
    if (words === undefined) return []
    const statement = prepared(ctx.db, `search_${resource}_${reader}_${terms.length}`, (db) =>
      select(db, { reader, words, where: and(rows.visible(reader), ...wordConditions(words, terms.length)), limit: hitsOfOneKind }),
    )
    const found = await statement.execute({ ...rows.values(ctx), ...wordValues(terms) })
    noteReads?.(ctx, found)
    return found.map((row) => ({
      resource,
      id: row.id,
      reference: row.reference,
      title: row.title,
      subtitle: row.subtitle,
      status: status?.(row, ctx) ?? null,
      masked: row.masked,
    }))
  }
  return { resource, access, find }
}
