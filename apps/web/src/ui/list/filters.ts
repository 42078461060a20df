import { isDay, type Day } from '@kotoisa/domain'
import type { LocationQuery } from 'vue-router'
import { formatDay } from '../../lib/format.ts'

/** How a filter stands in the address; what cannot be read there is as if it were not. */
export type Filter<T> = (text: string) => T | undefined

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

export const aCount =
  (maximum: number): Filter<number> =>
  (text) =>
    /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= maximum ? Number(text) : undefined

/** The day that a link has put into the address, as people read it. */
export const dayInAddress = (query: LocationQuery, name: string): string => {
  const day = query[name]
  return isDay(day) ? formatDay(day) : ''
}
