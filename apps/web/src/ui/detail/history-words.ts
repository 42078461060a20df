import { isMessageKey, t } from '../../i18n/index.ts'
import { valueWords, type Names } from './history-values.ts'

/** A record's log in words: the fields by the names that pages and forms give them, the values as they are written there. */

interface Change {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

export interface ChangeWords {
  readonly label: string
  /** null: nothing stood or stands there. */
  readonly before: string | null
  readonly after: string | null
}

/** Where the names of a record's fields stand; what no page shows by itself has its name in `history.field`. */
const places: Readonly<Record<string, readonly string[]>> = {
  headLease: ['leases.field'],
  sublease: ['leases.field'],
  flat: ['homes.field'],
  room: ['homes.room', 'homes.field'],
  building: ['homes.buildings', 'homes.field'],
  area: ['homes.areas'],
  household: ['households.field', 'households.section'],
  person: ['households.persons'],
  landlord: ['landlords.field'],
  vacancy: ['vacancies.field'],
  user: ['users.field'],
  users: ['users.field'],
  apiClient: ['clients.field'],
  'api-clients': ['clients.field'],
  settings: ['placements.weight', 'settings.field'],
}

/** What the database makes of other fields that are in the log too. */
const quiet: Readonly<Record<string, readonly string[]>> = {
  headLease: ['reference', 'endsOn', 'landlordId'],
  sublease: ['reference', 'endsOn', 'landlordId', 'flatId', 'protected'],
  flat: ['reference', 'address'],
}

const apart = { cityContact: ['name', 'phone', 'email'], addressProtection: ['grantedOn', 'endsOn'] } as const

/** `householdId` is shown as the household, `tenantIds` as the tenants. */
const shownName = (field: string): string => field.replace(/Ids$/, 's').replace(/Id$/, '')

/** What people call a field of a record: never its name in the program. */
export function fieldWords(resource: string, field: string): string {
  const names = [field, shownName(field)]
  const keys = [...(places[resource] ?? []), 'history.field'].flatMap((place) => names.map((name) => `${place}.${name}`))
  const key = keys.find(isMessageKey)
  return key === undefined ? t('history.field.other') : t(key)
}

export function actionWords(action: string): string {
  const key = `history.${action.replaceAll('.', '_')}`
  return isMessageKey(key) ? t(key) : t('history.other')
}

/** Who acted: a person or program by name, a job of the product as such. */
export function actorWords({ kind, name }: { readonly kind: string; readonly name: string | null }): string {
  if (kind === 'job') return t('history.system')
  return name ?? t('history.somebody')
}

/** People's own words, or a reason chosen from a list. */
export function reasonWords(reason: string | null): string | null {
  const key = `vocabulary.endReason.${reason ?? ''}`
  return isMessageKey(key) ? t(key) : reason
}

/** Which fields an entry is about, where it tells more than the act: who adds or removes a record does it with all of them. */
export function namesOfFields(resource: string, action: string, fields: readonly string[]): string {
  if (/\.(created|deleted)$/.test(action)) return ''
  const shown = fields.filter((field) => !quiet[resource]?.includes(field))
  return [...new Set(shown.map((field) => fieldWords(resource, field.split('.')[0] ?? field)))].join(', ')
}

/** Every change of one entry; of a field that is made of several each by itself. `names` tells what the ids stand for. */
export const changeWords = (resource: string, changes: readonly Change[], names: Names = {}): ChangeWords[] =>
  changes
    .filter(({ field }) => !quiet[resource]?.includes(field))
    .flatMap((change) => parted(change).map((part) => oneChange(resource, part, names)))

function oneChange(resource: string, { field, before, after }: Change, names: Names): ChangeWords {
  const [outer = field, inner] = field.split('.')
  const label = fieldWords(resource, outer)
  const values = valueWords(resource, field, before, after, names)
  return { label: inner === undefined ? label : `${label}: ${fieldWords(resource, `${outer}_${inner}`).toLocaleLowerCase()}`, ...values }
}

/** A field that holds several values, as one change for each of them that differs. */
function parted({ field, before, after }: Change): Change[] {
  if (!(field in apart)) return [{ field, before, after }]
  const [one, other] = [before, after].map((value) => (typeof value === 'object' && value !== null ? value : {})) as [object, object]
  return apart[field as keyof typeof apart]
    .map((name) => ({ field: `${field}.${name}`, before: valueAt(one, name), after: valueAt(other, name) }))
    .filter((change) => change.before !== change.after)
}

const valueAt = (value: object, name: string): unknown => (value as Readonly<Record<string, unknown>>)[name] ?? null
