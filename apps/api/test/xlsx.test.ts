import * as contracts from '@kotoisa/contracts'
import { locales } from '@kotoisa/domain'
import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import { hasColumnLabel, listLabel } from '../src/platform/column-labels.ts'
import { columnsOf, type ItemSchema } from '../src/platform/columns.ts'
import { cellKindOf } from '../src/platform/sheet-cells.ts'
import { sublease, told } from './lease-world.ts'
import { moduleWorld } from './module-world.ts'
import { xlsxOf } from './read-xlsx.ts'

const { app, world } = await moduleWorld()

async function letHome(street_address: string, name: string): Promise<void> {
  const flat = await world.addFlat({ street_address })
  const head = await world.activeHeadLease(flat)
  const household = await world.addHousehold(name)
  await world.made('/v1/subleases', sublease(head.id, household))
}
await letHome('Esimerkkikatu 15', 'Rahimi')
await letHome('Esimerkkikatu 8', 'Warsame')

describe('K3 a list as XLSX', () => {
  test('has the rows of the filter in the order asked for, as CSV has them', async () => {
    const whole = await xlsxOf(world, '/v1/subleases?sort=flat.address')
    expect(whole.rows.map((_, row) => String(whole.cell(row, 'Osoite').value))).toEqual([
      expect.stringMatching(/^Esimerkkikatu 8\b/),
      expect.stringMatching(/^Esimerkkikatu 15\b/),
    ])
    const found = await xlsxOf(world, '/v1/subleases?q=rahimi')
    expect(found.rows.map((_, row) => found.cell(row, 'Kotitalous').value)).toEqual(['Rahimi'])
    expect((await xlsxOf(world, '/v1/subleases?sort=flat.address&limit=1')).rows).toHaveLength(1)
    const none = await xlsxOf(world, '/v1/subleases?q=nobodyhasthisword')
    expect([none.rows, none.heads]).toEqual([[], whole.heads])
  })

  test('has days and sums as cells to count with, and codes in words', async () => {
    const { cell } = await xlsxOf(world, '/v1/subleases?q=warsame')
    const made = (head: string) => [cell(0, head).type, cell(0, head).value, cell(0, head).numFmt]
    expect(made('Alkaa')).toEqual([excel.ValueType.Date, new Date('2026-02-01T00:00:00Z'), 'd.m.yyyy'])
    expect(made('Vuokra kuukaudessa')).toEqual([excel.ValueType.Number, 640, '#,##0.00 "€"'])
    // 24.11.2026 at 9.00 UTC, as a clock in Finland showed it.
    expect(made('Luotu')).toEqual([excel.ValueType.Date, new Date('2026-11-24T11:00:00Z'), 'd.m.yyyy h:mm'])
    expect(cell(0, 'Tila').value).toBe('luonnos')
    expect(cell(0, 'Kesto').value).toBe('toistaiseksi voimassa oleva')
    expect(cell(0, 'Vuokran osat').value).toMatch(
      /^vuokra, kiinteä, 600,00\s€, 1\.2\.2026; vesi, henkilöluvun mukaan, 40,00\s€, 1\.2\.2026$/,
    )
  })

  test('speaks the language asked for, in heads, codes, sheet and name of the file', async () => {
    const told = async (language: string) => {
      const { name, cell, headers } = await xlsxOf(world, '/v1/subleases?q=warsame', undefined, language)
      const head = { fi: 'Tila', sv: 'Status', en: 'State' }[language] ?? ''
      return [name, cell(0, head).value, headers['content-disposition']]
    }
    const file = (plain: string, full = plain) => `attachment; filename="${plain}"; filename*=UTF-8''${full}`
    expect(await told('fi')).toEqual([
      'Jälleenvuokrasopimukset',
      'luonnos',
      file('jalleenvuokrasopimukset-2026-11-24.xlsx', 'j%C3%A4lleenvuokrasopimukset-2026-11-24.xlsx'),
    ])
    expect(await told('sv')).toEqual(['Hyresavtal i andra hand', 'utkast', file('hyresavtal-i-andra-hand-2026-11-24.xlsx')])
    expect(await told('en')).toEqual(['Subleases', 'draft', file('subleases-2026-11-24.xlsx')])
  })

  test('shows no ids: people know records by what they call them', async () => {
    for (const resource of ['subleases', 'head-leases', 'flats', 'landlords', 'persons', 'households']) {
      const { rows } = await xlsxOf(world, `/v1/${resource}`)
      const cells = rows.flatMap((row) => (row.values as unknown[]).map(String))
      expect(
        cells.filter((value) => /[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value) || value.includes('[object')),
        resource,
      ).toEqual([])
    }
  })

  test('IN-14, K4 has no formula: what looks like one is text, also when the cell is edited', async () => {
    const names = ['=1+1', '+358', '-5 a', '@sum', '=HYPERLINK("https://a.example")']
    for (const name of names) await world.made('/v1/areas', { name })
    const { rows, cell } = await xlsxOf(world, '/v1/areas?sort=name')
    const cells = rows.map((_, row) => cell(row, 'Nimi'))
    expect(cells.map(({ value }) => value)).toEqual(expect.arrayContaining(names))
    for (const one of cells) expect([one.type, one.numFmt, one.formula]).toEqual([excel.ValueType.String, '@', undefined])
  })

  test('refuses with a problem document what the list refuses, and is as closed as the list', async () => {
    const accept = { accept: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
    expect(told(await world.send('get', '/v1/subleases?cursor=abc', undefined, accept))).toEqual([400, 'cursor.invalid', ' cursor.invalid'])
    expect((await world.send('get', '/v1/subleases', undefined, accept, await world.as('admin'))).status).toBe(403)
    expect((await world.send('get', '/v1/code-lists', undefined, accept)).status).toBe(406)
  })

  test('gives each reader its own columns', async () => {
    const landlord = await xlsxOf(world, '/v1/subleases', await world.as('landlord'))
    expect(landlord.heads).toEqual(expect.arrayContaining(['Osoite', 'Asukas', 'Asukkaita']))
    expect(landlord.heads.join()).not.toMatch(/Muistiinpano|Vakuus|Vuokra kuukaudessa|Kotitalous/)
  })

  test('AV-08 goes through every page of a long list', async () => {
    await app.owner.query(
      `insert into areas (municipality_id, id, name, created_at, updated_at)
       select $1, gen_random_uuid(), 'Pitkä ' || n, now(), now() from generate_series(1, 1050) as n`,
      [world.municipality],
    )
    const { rows, cell } = await xlsxOf(world, '/v1/areas?sort=name&q=pitka')
    expect(rows).toHaveLength(1050)
    expect([cell(0, 'Nimi').value, cell(9, 'Nimi').value, cell(1049, 'Nimi').value]).toEqual(['Pitkä 1', 'Pitkä 10', 'Pitkä 1050'])
  })
})

test('every list and every column of it has a name in every language', () => {
  const unnamed: string[] = []
  for (const one of Object.values(contracts) as Partial<contracts.Endpoint>[]) {
    if (one.config?.list !== true || one.schema === undefined) continue
    const { operationId, response } = one.schema
    const item = (response[200] as unknown as { properties: { items: { items: ItemSchema } } }).properties.items.items
    for (const locale of locales) {
      if (listLabel(locale, operationId) === undefined) unnamed.push(`${locale} ${operationId}`)
      for (const { path } of columnsOf(item))
        if (!/(?:^|\.)(?:id|etag)$/.test(path) && !hasColumnLabel(locale, path)) unnamed.push(`${locale} ${operationId} ${path}`)
    }
  }
  expect(unnamed).toEqual([])
})

describe('a cell', () => {
  const cell = (path: string, schema: ItemSchema, value: unknown) => cellKindOf(path, schema, 'fi').of(value)
  test.each<[string, ItemSchema, unknown, unknown]>([
    ['bornOn', { type: 'string', format: 'civil-day' }, '1899-12-31', '31.12.1899'],
    ['bornOn', { type: 'string', format: 'civil-day' }, '1900-03-01', new Date('1900-03-01T00:00:00Z')],
    ['at', { type: 'string', format: 'date-time' }, '2026-06-30T21:30:00.000Z', new Date('2026-07-01T00:30:00Z')],
    ['rentCents', { type: 'integer' }, 123_456, 1234.56],
    ['rentCents', { type: 'integer' }, null, null],
    ['lift', { type: 'boolean' }, false, 'ei'],
    ['roles', { type: 'array', items: { enum: ['coordinator', 'finance'] } }, ['coordinator', 'finance'], 'asumiskoordinaattori, talous'],
    ['note', { type: 'string' }, 'x'.repeat(40_000), 'x'.repeat(32_767)],
  ])('of %s %j made from %j is %j', (path, schema, value, shown) => {
    expect(cell(path, schema, value)).toEqual(shown)
  })
})
