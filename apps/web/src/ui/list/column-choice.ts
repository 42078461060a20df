import type { Column } from './column.ts'

type Choosable = Pick<Column<never>, 'key' | 'isOptional'>

/** What is shown where nothing was chosen. */
export const usualKeys = (columns: readonly Choosable[]): string[] => columns.filter(({ isOptional }) => !isOptional).map(({ key }) => key)

/** The columns as chosen, in that order. The first one leads to the record: it is always there, and first. */
export function chosenColumns<C extends Choosable>(columns: readonly C[], keys: readonly string[] | null): C[] {
  const wanted = keys ?? usualKeys(columns)
  const [first, ...others] = columns
  if (first === undefined) return []
  return [first, ...wanted.flatMap((key) => others.filter((column) => column.key === key))]
}

/** Null where the choice is what would be shown anyway. */
export function choiceOf(columns: readonly Choosable[], keys: readonly string[]): string[] | null {
  const usual = usualKeys(columns)
  return keys.length === usual.length && keys.every((key, index) => key === usual[index]) ? null : [...keys]
}
