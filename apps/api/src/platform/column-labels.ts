import type { Locale } from '@kotoisa/domain'
import en from './column-labels/en.json' with { type: 'json' }
import fi from './column-labels/fi.json' with { type: 'json' }
import sv from './column-labels/sv.json' with { type: 'json' }

type Labels = { readonly lists: Readonly<Record<string, string>>; readonly columns: Readonly<Record<string, string>> }
const labels: Readonly<Record<Locale, Labels>> = { fi, sv, en }

/** `landlord.postOffice` as people call it: by the whole path, else "Landlord, post office". */
export function columnLabel(locale: Locale, path: string): string {
  const { columns } = labels[locale]
  const whole = columns[path]
  if (whole !== undefined) return whole
  const [first = '', ...rest] = path.split('.').map((name) => columns[name] ?? name)
  return [first, ...rest.map((label) => label.charAt(0).toLocaleLowerCase(locale) + label.slice(1))].join(', ')
}

/** Has every part of the path a name in this language? */
export const hasColumnLabel = (locale: Locale, path: string): boolean =>
  path in labels[locale].columns || path.split('.').every((name) => name in labels[locale].columns)

/** What a list is called, by its operation; it names sheet and file. */
export const listLabel = (locale: Locale, operationId: string): string | undefined => labels[locale].lists[operationId]
