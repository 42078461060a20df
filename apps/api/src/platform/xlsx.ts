import { PassThrough, type Writable } from 'node:stream'
import { helsinkiDay, type Locale } from '@kotoisa/domain'
import type { FastifyReply } from 'fastify'
import { columnLabel, listLabel } from './column-labels.ts'
import { columnsOf, valueAt, type ItemSchema } from './columns.ts'
import type { PageAfterPage } from './export.ts'
import { cellKindOf, isForPeople } from './sheet-cells.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

interface Sheet {
  readonly operationId: string
  readonly item: ItemSchema
  readonly locale: Locale
  readonly now: Date
}

/** For people: heads in their language, days, times and sums as cells to count with, codes in words. Sent while it is read. */
export function sendXlsx(reply: FastifyReply, sheet: Sheet, pages: PageAfterPage): FastifyReply {
  const title = listLabel(sheet.locale, sheet.operationId) ?? 'Kotoisa'
  const file = `${title.replaceAll(' ', '-').toLocaleLowerCase(sheet.locale)}-${helsinkiDay(sheet.now)}.xlsx`
  const plain = file.normalize('NFD').replace(/[^a-z0-9.-]/g, '')
  const out = new PassThrough()
  // A file that breaks off is no file: the connection ends with it.
  write(out, title, sheet, pages).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return reply
    .header('content-type', xlsxType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file)}`)
    .send(out)
}

async function write(out: PassThrough, title: string, { item, locale, now }: Sheet, pages: PageAfterPage): Promise<void> {
  // Only whoever exports waits for the library, and the server's start does not.
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  book.created = now
  book.creator = 'Kotoisa'
  const columns = columnsOf(item).filter(isForPeople)
  const kinds = columns.map(({ path, schema }) => cellKindOf(path, schema, locale))
  const sheet = book.addWorksheet(title.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map(({ path }, index) => {
    const header = columnLabel(locale, path)
    return { header, width: Math.max(kinds[index]?.width ?? 10, header.length + 2), style: { numFmt: kinds[index]?.numFmt ?? 'General' } }
  })
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: Math.max(1, columns.length) } }
  const head = sheet.getRow(1)
  head.font = { bold: true }
  head.commit()
  for await (const items of pages) {
    for (const one of items) sheet.addRow(columns.map(({ path }, index) => kinds[index]?.of(valueAt(one, path)) ?? null)).commit()
    await taken(sheet, out)
    if (out.destroyed) return
  }
  sheet.commit()
  await book.commit()
}

/** The pipe from the sheet into the archive, which the library's types do not tell of. */
type Piped = { readonly stream: { readonly pipes: readonly [Writable] } }

/**
 * Waits until what was written has gone on, or the caller has left. The library itself waits for nobody: a caller slower
 * than the database would have the whole list stand in memory. An empty piece is through when all before it are.
 */
const taken = (sheet: unknown, out: PassThrough): Promise<void> =>
  new Promise((resolve) => {
    if (out.destroyed) return resolve()
    out.once('close', resolve)
    ;(sheet as Piped).stream.pipes[0].write(Buffer.alloc(0), () => {
      out.off('close', resolve)
      resolve()
    })
  })
