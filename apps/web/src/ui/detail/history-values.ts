import { isDay, type Day } from '@kotoisa/domain'
import { isMessageKey, t } from '../../i18n/index.ts'
import { formatDay, formatIban, formatInstant, formatMoney, formatNumber, formatPhone, formatRange } from '../../lib/format.ts'

/** What the ids of a page's records stand for. */
export type Names = Readonly<Record<string, string>>

/** The closed list that a field's codes are of; of one record first. */
const lists: Readonly<Record<string, string>> = {
  status: 'leaseStatus',
  term: 'leaseTerm',
  effectiveTerm: 'leaseTerm',
  scope: 'leaseScope',
  securityForm: 'securityForm',
  endReason: 'endReason',
  subletPermissionSource: 'subletPermissionSource',
  vacancyBornBy: 'vacancyBearer',
  bornBy: 'vacancyBearer',
  reason: 'vacancyReason',
  tenantToldBy: 'disclosureChannel',
  landlordToldBy: 'disclosureChannel',
  'room.kind': 'roomKind',
  type: 'buildingType',
  subsidisedRentRule: 'subsidisedRentRule',
  accessibility: 'accessibility',
  accessibilityNeeds: 'accessibility',
  features: 'flatFeature',
  nonprofitGround: 'nonprofitGround',
  languages: 'language',
  residenceGround: 'residenceGround',
  roles: 'role',
  scopes: 'scope',
  locale: 'language',
}

type Fields = Readonly<Record<string, unknown>>

/** A row of a list inside a record, as one line. */
const rowWords: Readonly<Record<string, (row: Fields, names: Names) => string>> = {
  rentParts: ({ kind, label, cents, startsOn, endsOn }) =>
    [
      typeof label === 'string' && label !== '' ? label : coded('rentPartKind', kind),
      typeof cents === 'number' ? t('format.perMonth', { sum: formatMoney(cents) }) : null,
      rangeWords(startsOn, endsOn),
    ]
      .filter((part) => part !== null)
      .join(', '),
  members: ({ personId, joinedOn, leftOn }, names) =>
    [idWords(personId, names), rangeWords(joinedOn, leftOn)].filter((part) => part !== null).join(', '),
  contacts: ({ name, role, email, phone, startsOn, endsOn }) =>
    [
      textOf(name),
      coded('contactRole', role),
      textOf(email),
      typeof phone === 'string' ? formatPhone(phone) : null,
      rangeWords(startsOn, endsOn),
    ]
      .filter((part) => part !== null)
      .join(', '),
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value)
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const idWords = (value: unknown, names: Names): string => (isId(value) ? names[value] : undefined) ?? t('history.another')

function rangeWords(from: unknown, to: unknown): string | null {
  if (typeof from !== 'string' || !isDay(from)) return null
  return formatRange(from, typeof to === 'string' && isDay(to) ? to : null)
}

function coded(list: string, code: unknown): string {
  const key = `vocabulary.${list}.${String(code)}`
  return isMessageKey(key) ? t(key) : t('history.unnamed')
}

/** Before and after in words; of a list of rows only those that went and came. */
export function valueWords(
  resource: string,
  field: string,
  before: unknown,
  after: unknown,
  names: Names,
): { readonly before: string | null; readonly after: string | null } {
  const [one, other] = [before, after].map((value) => (Array.isArray(value) ? (value as unknown[]) : null))
  if (!one?.some(isFields) && !other?.some(isFields)) {
    return { before: words(resource, field, before, names), after: words(resource, field, after, names) }
  }
  const same = (list: readonly unknown[] | null | undefined) => new Set((list ?? []).map((row) => JSON.stringify(row)))
  const [inBefore, inAfter] = [same(one), same(other)]
  return {
    before: rows(
      field,
      (one ?? []).filter((row) => !inAfter.has(JSON.stringify(row))),
      names,
    ),
    after: rows(
      field,
      (other ?? []).filter((row) => !inBefore.has(JSON.stringify(row))),
      names,
    ),
  }
}

function rows(field: string, list: readonly unknown[], names: Names): string | null {
  const say = rowWords[field]
  const said = list.filter(isFields).map((row) => (say === undefined ? t('history.unnamed') : say(row, names)))
  return said.length === 0 ? null : said.join('; ')
}

function words(resource: string, field: string, value: unknown, names: Names): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) {
    const said = value.flatMap((one: unknown) => words(resource, field, one, names) ?? [])
    return said.length === 0 ? null : said.join(', ')
  }
  const list = lists[`${resource}.${field}`] ?? lists[field]
  if (list !== undefined && typeof value === 'string') return coded(list, value)
  if (typeof value === 'boolean') return t(value ? 'format.yes' : 'format.no')
  if (typeof value === 'number') return numberWords(field, value)
  if (typeof value === 'string') return stringWords(field, value, names)
  return t('history.unnamed')
}

function numberWords(field: string, value: number): string {
  if (/cents$/i.test(field)) return formatMoney(value)
  if (field === 'squareMetres') return t('format.squareMetres', { area: formatNumber(value) })
  if (field === 'dueDay') return t('leases.dueDay', { day: value })
  return String(value)
}

function stringWords(field: string, value: string, names: Names): string {
  if (isId(value)) return idWords(value, names)
  if (isDay(value)) return formatDay(value as Day)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return formatInstant(value)
  if (/phone$/i.test(field)) return formatPhone(value)
  return field === 'iban' ? formatIban(value) : value
}
