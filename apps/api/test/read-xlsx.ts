import excel from 'exceljs'
import request from 'supertest'
import { xlsxType } from '../src/platform/xlsx.ts'
import type { LeaseWorld } from './lease-world.ts'

export interface ReadSheet {
  readonly name: string
  readonly heads: string[]
  readonly rows: excel.Row[]
  readonly headers: Record<string, string>
  /** The cell of a row under a head. */
  readonly cell: (row: number, head: string) => excel.Cell
}

/** A list as its XLSX, read back as a spreadsheet would. */
export async function xlsxOf(world: LeaseWorld, url: string, as?: string, language = 'fi'): Promise<ReadSheet> {
  const answer = await request(world.app.server)
    .get(url)
    .set({ authorization: as ?? (await world.as('coordinator')), accept: xlsxType, 'accept-language': language })
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => done(null, Buffer.concat(parts)))
    })
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
  const book = new excel.Workbook()
  await book.xlsx.load(answer.body as never)
  const sheet = book.worksheets[0]
  if (sheet === undefined) throw new Error('no sheet')
  const heads = (sheet.getRow(1).values as string[]).slice(1)
  const rows = sheet.getRows(2, sheet.rowCount - 1) ?? []
  const cell = (row: number, head: string): excel.Cell => {
    const at = heads.indexOf(head)
    const found = rows[row]
    if (at === -1 || found === undefined) throw new Error(`no ${head} in row ${row}: ${heads.join()}`)
    return found.getCell(at + 1)
  }
  return { name: sheet.name, heads, rows, headers: answer.headers as Record<string, string>, cell }
}
