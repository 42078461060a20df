import { codeLabel, codeLists, type CodeListName } from '@kotoisa/contracts'
import { helsinkiDay, type Locale } from '@kotoisa/domain'
import type { CellValue } from 'exceljs'
import { columnLabel } from './column-labels.ts'
import type { ItemSchema } from './columns.ts'

/** How the cells of one column look and what they are made from. */
export interface CellKind {
  readonly numFmt: string
  readonly width: number
  readonly of: (value: unknown) => CellValue
}

/** Text, whatever it begins with: also when somebody edits the cell, it does not become a formula (IN-14). */
const asText = '@'
const longestCell = 32_767

/** A spreadsheet counts days from 1900 and takes that year for a leap year: what is before March is text. */
const firstRealDay = '1900-03-01'
const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`)
const dayText = (day: string): string => day.split('-').map(Number).toReversed().join('.')

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Helsinki', hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Cells know no time zone: they hold what a clock in Finland showed. */
function wallClock(instant: string): Date {
  const at = new Date(instant)
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(at).split(':').map(Number)
  return new Date(midnight(helsinkiDay(at)).getTime() + (hours % 24) * 3_600_000 + minutes * 60_000 + seconds * 1_000)
}

/** The list of codes whose values these are: the one that has just these before one that has more. */
function codeListOf(values: readonly unknown[]): CodeListName | null {
  const names = Object.keys(codeLists) as CodeListName[]
  const holding = names.filter((name) => values.every((value) => (codeLists[name] as readonly unknown[]).includes(value)))
  return holding.find((name) => codeLists[name].length === values.length) ?? holding[0] ?? null
}

const booleans: Readonly<Record<Locale, readonly [no: string, yes: string]>> = { fi: ['ei', 'kyllä'], sv: ['nej', 'ja'], en: ['no', 'yes'] }

const isMoney = (path: string, schema: ItemSchema): boolean => /(?:^|\.)cents$|Cents$/.test(path) && schema.type === 'integer'
/** For programs alone; people find a record by what they call it. */
const isForPrograms = (path: string, schema: ItemSchema): boolean => schema.format === 'uuid' || /(?:^|\.)etag$/.test(path)

/** Is the column one for people? Keys and version tags stand in JSON and CSV. */
export const isForPeople = ({ path, schema }: { path: string; schema: ItemSchema }): boolean => !isForPrograms(path, schema)

/** What the column's cells are, by its schema. */
export function cellKindOf(path: string, schema: ItemSchema, locale: Locale): CellKind {
  if (schema.format === 'civil-day')
    return { numFmt: 'd.m.yyyy', width: 12, of: (value) => dated(value, (day) => (day < firstRealDay ? dayText(day) : midnight(day))) }
  if (schema.format === 'date-time') return { numFmt: 'd.m.yyyy h:mm', width: 17, of: (value) => dated(value, wallClock) }
  if (isMoney(path, schema)) return { numFmt: '#,##0.00 "€"', width: 14, of: (value) => (typeof value === 'number' ? value / 100 : null) }
  if (schema.type === 'integer' || schema.type === 'number')
    return { numFmt: 'General', width: 10, of: (value) => (typeof value === 'number' ? value : null) }
  return { numFmt: asText, width: 22, of: (value) => textOf(value, path, schema, locale)?.slice(0, longestCell) ?? null }
}

const dated = <T>(value: unknown, of: (text: string) => T): T | null => (typeof value === 'string' ? of(value) : null)

const figures = new Intl.NumberFormat('fi-FI', { maximumFractionDigits: 2 })
const euros = new Intl.NumberFormat('fi-FI', { style: 'currency', currency: 'EUR' })

/** A value in words: codes as people call them, several one after the other. */
function textOf(value: unknown, path: string, schema: ItemSchema, locale: Locale): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return booleans[locale][value ? 1 : 0]
  if (typeof value === 'number') return isMoney(path, schema) ? euros.format(value / 100) : figures.format(value)
  if (typeof value === 'string') return wordOf(value, schema, locale)
  if (Array.isArray(value)) {
    const parts = value.map((one) => textOf(one, path, schema.items ?? {}, locale)).filter((part) => part !== null && part !== '')
    return parts.join(parts.some((part) => part?.includes(', ')) ? '; ' : ', ')
  }
  return partsOf(value, schema, locale).join(', ')
}

function wordOf(value: string, schema: ItemSchema, locale: Locale): string {
  if (schema.format === 'civil-day') return dayText(value)
  const list = schema.enum ? codeListOf(schema.enum) : null
  return list === null ? value : codeLabel(locale, list, value)
}

/** The parts of an object inside a cell; a yes or no says which. The law behind it is not for a table. */
function partsOf(value: object, schema: ItemSchema, locale: Locale): string[] {
  const form = [schema, ...(schema.anyOf ?? [])].find(
    ({ properties }) => properties !== undefined && Object.keys(value).every((name) => name in properties),
  )
  return Object.entries(value).flatMap(([name, part]) => {
    const own = form?.properties?.[name] ?? {}
    const inner = own.anyOf?.find(({ type }) => type !== 'null') ?? own
    if (part === false || name === 'citation' || isForPrograms(name, inner)) return []
    if (part === true) return [columnLabel(locale, name).toLocaleLowerCase(locale)]
    const text = textOf(part, name, inner, locale)
    return text === null || text === '' ? [] : [text]
  })
}
