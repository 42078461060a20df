import { stringify } from 'csv-stringify/sync'

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

/** Only what this caller's variants have: another audience's properties are no columns of its file. */
export function columnsFor(columns: readonly string[], items: readonly unknown[]): readonly string[] {
  if (items.length === 0) return columns
  const names = new Set(items.flatMap((item) => Object.keys(item as object)))
  return columns.filter((column) => names.has(column.split('.', 1)[0] ?? ''))
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
export const toCsv = (rows: readonly (readonly unknown[])[]): string =>
  rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => row.map(cell)),
        { record_delimiter: 'windows' },
      )

export const toRow = (columns: readonly string[], item: unknown): unknown[] => columns.map((column) => valueAt(item, column))
