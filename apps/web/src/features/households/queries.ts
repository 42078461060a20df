import {
  getHousehold,
  getHouseholdHistory,
  getPerson,
  getPersonHistory,
  listHouseholds,
  listPersons,
  type HouseholdView,
  type PersonView,
} from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { t } from '../../i18n/index.ts'
import { call } from '../../lib/api.ts'
import { formatDay } from '../../lib/format.ts'
import type { RecordOption } from '../../ui/form/record-option.ts'

interface Asking {
  readonly signal: AbortSignal
}

export const householdKeys = {
  households: (query: object) => ['households', 'list', query] as const,
  household: (id: string) => ['households', 'one', id] as const,
  persons: (query: object) => ['persons', 'list', query] as const,
  person: (id: string) => ['persons', 'one', id] as const,
}

export const householdQuery = defineQueryOptions((id: string) => ({
  key: [...householdKeys.household(id)],
  query: ({ signal }: Asking) => call(getHousehold, { params: { id }, signal }),
}))

export const householdHistoryQuery = defineQueryOptions((id: string) => ({
  key: ['households', 'history', id],
  query: ({ signal }: Asking) => call(getHouseholdHistory, { params: { id }, signal }),
}))

export const personQuery = defineQueryOptions((id: string) => ({
  key: [...householdKeys.person(id)],
  query: ({ signal }: Asking) => call(getPerson, { params: { id }, signal }),
}))

export const personHistoryQuery = defineQueryOptions((id: string) => ({
  key: ['persons', 'history', id],
  query: ({ signal }: Asking) => call(getPersonHistory, { params: { id }, signal }),
}))

export type OpenHousehold = Extract<HouseholdView, { readonly masked: false }>
export type OpenPerson = Extract<PersonView, { readonly masked: false }>
type Member = Exclude<OpenHousehold['members'][number], { readonly person: { readonly masked: true } }>

export const isOpenHousehold = (household: HouseholdView): household is OpenHousehold => !household.masked
export const isOpenPerson = (person: PersonView): person is OpenPerson => !person.masked
const isOpenMember = (member: OpenHousehold['members'][number]): member is Member => !member.person.masked

/** Members that the caller may see, those who have left too. */
export const openMembersOf = (household: HouseholdView): Member[] =>
  isOpenHousehold(household) ? (household.members as OpenHousehold['members'][number][]).filter(isOpenMember) : []

export const personName = (person: OpenPerson): string => `${person.firstNames} ${person.lastName}`

export const householdOption = (household: HouseholdView): RecordOption =>
  isOpenHousehold(household)
    ? { id: household.id, label: household.name, detail: t('format.persons', { count: household.size }) }
    : { id: household.id, label: t('households.maskedName', { reference: household.reference }) }

const words = (text: string) => (text === '' ? {} : { q: text })

export async function searchHouseholds(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const { items } = await call(listHouseholds, { query: { sort: 'name', limit: 20, ...words(text) }, signal })
  return items.filter(isOpenHousehold).map(householdOption)
}

export async function searchPersons(text: string, signal: AbortSignal): Promise<RecordOption[]> {
  const { items } = await call(listPersons, { query: { sort: 'lastName,firstNames', limit: 20, ...words(text) }, signal })
  return items.filter(isOpenPerson).map((person) => ({
    id: person.id,
    label: personName(person),
    ...('birthDate' in person ? { detail: formatDay(person.birthDate) } : {}),
  }))
}
