import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { FastifyReply } from 'fastify'
import { columnsOf, valueAt, type ItemSchema } from './columns.ts'
import type { PageAfterPage } from './export.ts'

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

/** For programs: names of properties as heads, values as the JSON has them. */
export function sendCsv(reply: FastifyReply, item: ItemSchema, pages: PageAfterPage): FastifyReply {
  const paths = columnsOf(item).map(({ path }) => path)
  async function* text(): AsyncGenerator<string> {
    yield `\uFEFF${toCsv([paths])}`
    for await (const items of pages) yield toCsv(items.map((one) => paths.map((path) => valueAt(one, path))))
  }
  return reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', 'attachment; filename="kotoisa.csv"')
    .send(Readable.from(text()))
}
