import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { FastifyReply } from 'fastify'
import type { CursorValue } from './cursor.ts'

interface Schema {
  readonly type?: string
  readonly title?: string
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
}

/** A column a property, in the order of the schema; those of an inner object as `landlord.name`. */
export function columnsOf(item: Schema, prefix = '', depth = 1): string[] {
  const columns = new Set<string>()
  for (const variant of item.anyOf ?? [item]) {
    for (const [name, schema] of Object.entries(variant.properties ?? {})) {
      const inner = (schema.anyOf ?? [schema]).find((one) => one.properties !== undefined)
      if (inner && depth < 4) for (const column of columnsOf(inner, `${prefix}${name}.`, depth + 1)) columns.add(column)
      else columns.add(`${prefix}${name}`)
    }
  }
  // Where a masked variant has null for an object, the object's own columns are empty: it needs none itself.
  return [...columns].filter((column) => ![...columns].some((other) => other.startsWith(`${column}.`)))
}

const valueAt = (item: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], item)

/** Text that a spreadsheet would run as a formula gets an apostrophe; numbers do not (IN-14). */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean)
  return typeof value === 'string' && /^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text
}

/** RFC 4180: comma, CRLF; the head line alone when there are no rows. */
const toCsv = (rows: readonly (readonly unknown[])[]): string =>
  rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => row.map(cell)),
        { record_delimiter: 'windows' },
      )

const toRow = (columns: readonly string[], item: unknown): unknown[] => columns.map((column) => valueAt(item, column))

const rowsAtOnce = 200

interface Asked {
  readonly after: CursorValue[] | null
  readonly limit: number
}

/** Every row behind the cursor, page by page while it is sent; only a limit that was asked for caps it. */
export async function sendCsv(
  reply: FastifyReply,
  columns: readonly string[],
  asked: { readonly after: CursorValue[] | null; readonly limit: number | undefined },
  read: (asked: Asked) => Promise<{ readonly items: readonly unknown[]; readonly last: CursorValue[] | null }>,
): Promise<FastifyReply> {
  let left = asked.limit ?? Number.POSITIVE_INFINITY
  const next = (after: CursorValue[] | null) => read({ after, limit: Math.min(rowsAtOnce, left) })
  // The first page before the head is sent, so that a refusal is still a problem document.
  let page = await next(asked.after)
  async function* text(): AsyncGenerator<string> {
    yield `\uFEFF${toCsv([columns])}`
    for (;;) {
      yield toCsv(page.items.map((item) => toRow(columns, item)))
      left -= page.items.length
      if (page.last === null || left <= 0) return
      page = await next(page.last)
    }
  }
  return reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', 'attachment; filename="kotoisa.csv"')
    .send(Readable.from(text()))
}
