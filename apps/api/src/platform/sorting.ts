import { DomainError } from '@kotoisa/domain'
import { and, or, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { CursorValue } from './cursor.ts'

/** One property that a list can be sorted by. */
export interface SortKey<Row> {
  /** As stored or as masked for the reader, with its collation. */
  readonly by: SQL
  /** SQL type of the value. */
  readonly type: 'text' | 'date' | 'timestamptz' | 'int' | 'numeric' | 'boolean' | 'uuid'
  readonly nullable?: true
  /** Stands on a joined table. */
  readonly joined?: true
  readonly of: (row: Row) => CursorValue | Date
}

export interface Direction<Row> {
  readonly key: SortKey<Row>
  readonly descending: boolean
}

/** Finnish order, numbers by their value: Esimerkkikatu 8 before Esimerkkikatu 15. */
export const finnishByNumber = (value: SQL | AnyPgColumn): SQL => sql`${value} collate finnish_by_number`

/** `-startsOn,reference` by the list's own properties; the id breaks ties, in the direction of the first. */
export function directionsOf<Row>(sort: string, keys: Readonly<Record<string, SortKey<Row>>>, id: SortKey<Row>): Direction<Row>[] {
  const seen = new Set<string>()
  const directions = sort.split(',').map((part) => {
    const name = part.replace(/^-/, '')
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (!key || seen.has(name)) throw new DomainError('value.notAllowed', { allowed: Object.keys(keys).join(', ') }, { parameter: 'sort' })
    seen.add(name)
    return { key, descending: part.startsWith('-') }
  })
  return [...directions, { key: id, descending: directions[0]?.descending ?? false }]
}

export const orderBy = <Row>(directions: readonly Direction<Row>[]): SQL[] =>
  directions.map(({ key, descending }) => (descending ? sql`${key.by} desc` : sql`${key.by} asc`))

export const cursorValues = <Row>(directions: readonly Direction<Row>[], row: Row): CursorValue[] =>
  directions.map(({ key }) => {
    const value = key.of(row)
    return value instanceof Date ? value.toISOString() : value
  })

/** Name of a cursor's value among the statement's. */
export const afterName = (index: number) => `after${index}`

/** Which of the values are null decides the statement's shape. */
export const nullsOf = (values: readonly CursorValue[]): string => values.map((value) => (value === null ? '0' : '1')).join('')

/** Everything behind the cursor's row. PostgreSQL's own order of nulls: last ascending, first descending. */
export function behind<Row>(directions: readonly Direction<Row>[], values: readonly CursorValue[]): SQL | undefined {
  const at = (index: number) => castTo(directions[index]?.key.type ?? 'text', afterName(index))
  const isOneTuple = directions.every(({ key, descending }) => key.nullable === undefined && descending === directions[0]?.descending)
  if (isOneTuple) {
    const left = sql.join(
      directions.map(({ key }) => key.by),
      sql`, `,
    )
    const right = sql.join(
      directions.map((_, index) => at(index)),
      sql`, `,
    )
    return directions[0]?.descending ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`
  }
  return or(
    ...directions.map(({ key, descending }, index) => {
      const same = directions
        .slice(0, index)
        .map((one, i) => (values[i] === null ? sql`${one.key.by} is null` : sql`${one.key.by} = ${at(i)}`))
      const isNull = values[index] === null
      const beyond = descending
        ? isNull
          ? sql`${key.by} is not null`
          : sql`${key.by} < ${at(index)}`
        : isNull
          ? sql`false`
          : key.nullable
            ? sql`(${key.by} > ${at(index)} or ${key.by} is null)`
            : sql`${key.by} > ${at(index)}`
      return and(...same, beyond)
    }),
  )
}

function castTo(type: SortKey<unknown>['type'], name: string): SQL {
  const value = sql.placeholder(name)
  if (type === 'date') return sql`${value}::date`
  if (type === 'timestamptz') return sql`${value}::timestamptz`
  if (type === 'int') return sql`${value}::int`
  if (type === 'numeric') return sql`${value}::numeric`
  if (type === 'boolean') return sql`${value}::boolean`
  if (type === 'uuid') return sql`${value}::uuid`
  return sql`${value}::text`
}
