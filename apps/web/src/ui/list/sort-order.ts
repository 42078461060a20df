/** One property that a list stands by. */
export interface SortPart {
  readonly property: string
  readonly isDescending: boolean
}

/** As many as the API takes. */
export const mostSortParts = 5

/** `-startsOn,reference` in parts. */
export const sortParts = (sort: string): SortPart[] =>
  sort.split(',').map((part) => ({ property: part.replace(/^-/, ''), isDescending: part.startsWith('-') }))

export const sortText = (parts: readonly SortPart[]): string =>
  parts.map(({ property, isDescending }) => `${isDescending ? '-' : ''}${property}`).join(',')

/** Whether each part is a property of the list, and none comes twice. */
export function isSortOf(sorts: readonly string[], text: unknown): text is string {
  if (typeof text !== 'string' || text === '') return false
  const properties = sortParts(text).map(({ property }) => property)
  return (
    properties.length <= mostSortParts && new Set(properties).size === properties.length && properties.every((one) => sorts.includes(one))
  )
}

/**
 * The order after a press on a column's head. Alone it is the order, the other way round when it was already; adding, it
 * comes behind the others: first upwards, then downwards, then no more.
 */
export function nextSort(sort: string, property: string, isAdding: boolean): string {
  const parts = sortParts(sort)
  const known = parts.find((part) => part.property === property)
  if (!isAdding) return sortText([{ property, isDescending: parts[0]?.property === property && !parts[0].isDescending }])
  const others = parts.filter((part) => part.property !== property)
  if (known === undefined) return parts.length < mostSortParts ? sortText([...parts, { property, isDescending: false }]) : sort
  if (known.isDescending) return others.length > 0 ? sortText(others) : sortText([{ property, isDescending: false }])
  return sortText(parts.map((part) => (part === known ? { property, isDescending: true } : part)))
}
