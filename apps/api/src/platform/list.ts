import { createHash } from 'node:crypto'
import type { Endpoint } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, getTableName, sql, type SQL, type Subquery } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { formatOf } from './acceptance.ts'
import type { ItemSchema } from './columns.ts'
import type { Actor, Ctx } from './context.ts'
import { openCursor, sealCursor, type CursorValue } from './cursor.ts'
import { sendCsv } from './csv.ts'
import { prepared, readOnce, type Db, type Origin } from './database.ts'
import { everyPage } from './export.ts'
import { localeOf } from './problem.ts'
import { originOf, type Routes } from './route.ts'
import { searchTerms, wordConditions, wordValues, type WordSearch } from './search-words.ts'
import { afterName, behind, cursorValues, directionsOf, nullsOf, orderBy, type Direction, type SortKey } from './sorting.ts'
import { sendXlsx } from './xlsx.ts'

/** The end of a select that a list narrows, orders and cuts. */
interface Narrowing<Row> {
  where(condition: SQL | undefined): {
    orderBy(...by: SQL[]): Preparing<Row> & { limit(rows: never): Preparing<Row> }
  }
}
interface Preparing<Row> {
  prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Row[]> }
}

type FilterValue = string | number | boolean

/** All that a list has of its own. `Reader` tells audiences apart that read in different statements. */
export interface ListSpec<Row, Item, Reader extends string = string> {
  readonly name: string
  readonly readerOf: (actor: Actor) => Reader
  /**
   * Where filters, search and most sorts stand on one table: the page is cut out of it before anything is joined, since with
   * joins and words together the planner goes astray (at 100 k rows two words took seconds).
   */
  readonly table?: PgTable
  /** Columns and joins; no condition. `page` takes the table's place and has its name. */
  readonly select: (db: Db, reader: Reader, page?: Subquery) => Narrowing<Row>
  /** `select count(*)` over the same joins. */
  readonly count: (
    db: Db,
    reader: Reader,
  ) => {
    where(condition: SQL | undefined): {
      prepare(name: string): { execute(values?: Record<string, unknown>): Promise<{ count: number }[]> }
    }
  }
  /** The municipality's rows (placeholder `municipality`) that the reader may see. */
  readonly visible: (reader: Reader) => SQL | undefined
  readonly id: SortKey<Row>
  readonly sorts: (reader: Reader) => Readonly<Record<string, SortKey<Row>>>
  readonly defaultSort: string
  /** By the name of the query value, which is the placeholder's name too. */
  readonly filters: (reader: Reader) => Readonly<Record<string, SQL>>
  /** Throws where the reader may not ask by one of these filters. */
  readonly refuse?: (reader: Reader, filters: readonly string[]) => void
  readonly search?: (reader: Reader) => WordSearch
  /** Values of the placeholders that every statement of the list has. */
  readonly values: (ctx: Pick<Ctx, 'actor' | 'today'>) => Record<string, unknown>
  readonly toItem: (row: Row, ctx: Pick<Ctx, 'today'>, reader: Reader) => Item
  /** Where audiences differ: what this one gets whole, which are the columns of its CSV and XLSX, whatever rows there are. */
  readonly itemOf?: (reader: Reader) => TSchema
  readonly noteReads?: (ctx: Ctx, rows: readonly Row[]) => void
}

interface ListQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly sort?: string
  readonly count?: boolean
  readonly q?: string
}

/** GET of many: page by page as JSON, or every row of the filter as CSV or XLSX, from one statement and one row → item function. */
export function list<Row, Item, Reader extends string>({ app, deps }: Routes, endpoint: Endpoint, spec: ListSpec<Row, Item, Reader>): void {
  const itemSchema = (endpoint.schema.response[200] as { properties?: { items?: { items?: ItemSchema } } }).properties?.items?.items ?? {}
  app.route({
    ...endpoint,
    handler: async (request, reply) => {
      const origin = originOf(request, deps)
      const question = new Question(spec, origin.actor, request.query as ListQuery & Record<string, FilterValue>, deps.secrets.cursorKey)
      const { cursor, limit, count } = request.query as ListQuery
      const after = cursor === undefined ? null : question.open(cursor)
      const format = formatOf(request)
      if (format !== 'json') {
        const item = (spec.itemOf?.(spec.readerOf(origin.actor)) as ItemSchema | undefined) ?? itemSchema
        const pages = await everyPage({ after, limit }, (next) => question.page(deps, origin, { ...next, count: false }))
        if (format === 'csv') return sendCsv(reply, item, pages)
        const { operationId } = endpoint.schema
        return sendXlsx(reply, { operationId, item, locale: localeOf(request), now: origin.now }, pages)
      }
      const page = await question.page(deps, origin, {
        after,
        limit: limit ?? 50,
        count: count === true,
      })
      if (page.nextCursor !== null) reply.header('link', `<${nextLink(request, page.nextCursor)}>; rel="next"`)
      return reply.send({
        items: page.items,
        nextCursor: page.nextCursor,
        ...(page.totalCount === null ? {} : { totalCount: page.totalCount }),
      })
    },
  })
}

function nextLink(request: FastifyRequest, cursor: string): string {
  const [path = '', query = ''] = request.url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', cursor)
  return `${path}?${parameters.toString()}`
}

interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
  readonly totalCount: number | null
  readonly last: CursorValue[] | null
}

/** One list as one caller asked for it. */
class Question<Row, Item, Reader extends string> {
  readonly #spec: ListSpec<Row, Item, Reader>
  readonly #reader: Reader
  readonly #filters: [string, FilterValue][]
  readonly #terms: string[] | null
  readonly #sort: string
  readonly #binding: string
  readonly #cursorKey: string

  constructor(spec: ListSpec<Row, Item, Reader>, actor: Actor, query: ListQuery & Record<string, FilterValue>, cursorKey: string) {
    this.#spec = spec
    this.#reader = spec.readerOf(actor)
    this.#cursorKey = cursorKey
    this.#sort = query.sort ?? spec.defaultSort
    const known = spec.filters(this.#reader)
    this.#filters = Object.entries(query).filter(([name]) => Object.hasOwn(known, name))
    spec.refuse?.(
      this.#reader,
      this.#filters.map(([name]) => name),
    )
    this.#terms = query.q === undefined ? null : searchTerms(query.q)
    this.#binding = JSON.stringify([
      spec.name,
      actor.municipalityId,
      actor.id,
      this.#reader,
      this.#sort,
      [...this.#filters].sort(),
      query.q ?? null,
    ])
  }

  open(cursor: string): CursorValue[] {
    return openCursor(this.#cursorKey, this.#binding, cursor)
  }

  async page(
    deps: Routes['deps'],
    origin: Origin,
    asked: { after: CursorValue[] | null; limit: number; count: boolean },
  ): Promise<Page<Item>> {
    const spec = this.#spec
    const directions = directionsOf(this.#sort, spec.sorts(this.#reader), spec.id)
    if (asked.after !== null && asked.after.length !== directions.length)
      throw new DomainError('cursor.invalid', {}, { parameter: 'cursor' })
    const shape = [spec.name, this.#reader, this.#filters.map(([name]) => name).join(), this.#terms?.length ?? '-', this.#sort]
    const { rows, count, today } = await readOnce(deps.database, origin, async (ctx) => {
      const values = {
        ...spec.values(ctx),
        ...this.#values(),
        ...Object.fromEntries((asked.after ?? []).map((value, index) => [afterName(index), value])),
      }
      const statement = prepared(ctx.db, nameOf([...shape, asked.limit, asked.after === null ? '' : nullsOf(asked.after)]), (db) =>
        this.#statement(db, directions, asked.after === null ? undefined : behind(directions, asked.after), asked.limit + 1),
      )
      const counting = asked.count
        ? prepared(ctx.db, nameOf([...shape, 'count']), (db) => spec.count(db, this.#reader).where(this.#condition())).execute(values)
        : null
      const [found, counted] = await Promise.all([statement.execute(values), counting])
      spec.noteReads?.(ctx, found.slice(0, asked.limit))
      return { rows: found, count: counted?.[0]?.count ?? null, today: ctx.today }
    })
    const shown = rows.slice(0, asked.limit)
    const lastRow = shown.at(-1)
    const last = rows.length > asked.limit && lastRow !== undefined ? cursorValues(directions, lastRow) : null
    return {
      items: shown.map((row) => spec.toItem(row, { today }, this.#reader)),
      nextCursor: last === null ? null : sealCursor(this.#cursorKey, this.#binding, last),
      totalCount: count,
      last,
    }
  }

  #statement(db: Db, directions: readonly Direction<Row>[], after: SQL | undefined, rows: number): Preparing<Row> {
    const { table, select } = this.#spec
    const order = orderBy(directions)
    // A literal: with a parameter PostgreSQL plans each call anew. The number is checked by the schema.
    const limit = integer(rows) as never
    const isJoined = directions.some(({ key }) => key.joined === true)
    if (table === undefined || (isJoined && this.#terms === null)) {
      return select(db, this.#reader)
        .where(and(this.#condition(), after))
        .orderBy(...order)
        .limit(limit)
    }
    const found = db.select().from(table)
    if (isJoined) {
      // `offset 0` keeps what the words find together: sorted by a joined column it is looked up first.
      const page = found.where(this.#condition()).offset(integer(0) as never)
      return select(db, this.#reader, page.as(getTableName(table)))
        .where(after)
        .orderBy(...order)
        .limit(limit)
    }
    const page = found
      .where(and(this.#condition(), after))
      .orderBy(...order)
      .limit(limit)
    return select(db, this.#reader, page.as(getTableName(table)))
      .where(undefined)
      .orderBy(...order)
  }

  #condition(): SQL | undefined {
    const known = this.#spec.filters(this.#reader)
    return and(this.#spec.visible(this.#reader), ...this.#filters.map(([name]) => known[name]), ...this.#searching())
  }

  #searching(): SQL[] {
    if (this.#terms === null) return []
    const search = this.#spec.search?.(this.#reader)
    if (search === undefined || this.#terms.length === 0) return [sql`false`]
    return wordConditions(search, this.#terms.length)
  }

  #values(): Record<string, unknown> {
    return { ...Object.fromEntries(this.#filters), ...wordValues(this.#terms ?? []) }
  }
}

const integer = (value: number): SQL => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('not a number of rows')
  // oxlint-disable-next-line no-restricted-properties -- a checked integer, see above
  return sql.raw(String(value))
}

/** At most 63 bytes, as PostgreSQL cuts names. */
const nameOf = (shape: readonly unknown[]): string =>
  `list_${createHash('sha256').update(JSON.stringify(shape)).digest('base64url').slice(0, 40)}`
