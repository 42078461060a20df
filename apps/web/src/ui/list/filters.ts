import { addDays, helsinkiDay, isDay, type Day } from '@kotoisa/domain'
import type { LocationQuery } from 'vue-router'
import { formatDay } from '../../lib/format.ts'

/** How a filter stands in the address; what cannot be read there is as if it were not. */
export type Filter<T> = (text: string) => T | undefined

/** A filter as the list draws it. */
export interface ListFilter<Name extends string> {
  readonly name: Name
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** Many values: one chip that opens the list of them. */
  readonly isSelect?: boolean
}

export const oneOf =
  <T extends string>(values: readonly T[]): Filter<T> =>
  (text) =>
    values.find((value) => value === text)

/** Several of a list, a comma between, as the API takes them. */
export const someOf =
  (values: readonly string[]): Filter<string> =>
  (text) => {
    const known = text.split(',').filter((part) => values.includes(part))
    return known.length > 0 ? known.join(',') : undefined
  }

export const yesNo: Filter<boolean> = (text) => (text === 'true' ? true : text === 'false' ? false : undefined)

export const anId: Filter<string> = (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined)

export const aDay: Filter<Day> = (text) => (isDay(text) ? text : undefined)

export const aReference: Filter<string> = (text) => (/^[A-Z]{1,3}-[0-9-]{1,28}$/.test(text) ? text : undefined)

/** Clocks change at three in the morning: at midnight the day's offset is still that of its evening before. */
function midnight(day: Day): string {
  const inSummer = new Date(`${day}T00:00:00+03:00`)
  return (helsinkiDay(inSummer) === day ? inSummer : new Date(`${day}T00:00:00+02:00`)).toISOString()
}
/** The instant at which a day begins in Helsinki. */
export const startOfDay: Filter<string> = (text) => (isDay(text) ? midnight(text) : undefined)

/** The instant at which it is over: the day itself is still in. */
export const endOfDay: Filter<string> = (text) => (isDay(text) ? midnight(addDays(text, 1)) : undefined)

export const aCount =
  (maximum: number): Filter<number> =>
  (text) =>
    /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= maximum ? Number(text) : undefined

/** The day that a link has put into the address, as people read it. */
export const dayInAddress = (query: LocationQuery, name: string): string => {
  const day = query[name]
  return isDay(day) ? formatDay(day) : ''
}
