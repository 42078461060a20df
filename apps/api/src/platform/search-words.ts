import { sql, type SQL } from 'drizzle-orm'

/** Where the words of a record stand, and which of them whom they find. */
export interface WordSearch {
  /** Resource in `search_words`. */
  readonly resource: string
  /** The record's id. */
  readonly id: SQL
  /** The records that words which are not open find too, where not all. */
  readonly mayFindHidden?: SQL
  /** The words `w` of a record that count as open for this reader. */
  readonly countsAsOpen?: SQL
}

/** A reference or its beginning (K-2026, K-2026-00012) is one word: in parts it would find what only shares its number. */
const referenceStart = /^\p{L}{1,3}-[0-9]{4}(?:-[0-9]*)?$/u

/** Words of a search, as `search_words_of` in SQL makes them. */
export const searchTerms = (q: string): string[] =>
  [
    ...new Set(
      q
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[\u0300-\u036f]/g, '')
        .split(/[^\p{L}\p{N}-]+/u)
        .flatMap((word) => (referenceStart.test(word) ? [word] : word.split('-')))
        .filter((word) => word !== '')
        .map((word) => word.slice(0, 60)),
    ),
  ].slice(0, 8)

/** Each of so many words begins a word of the record; values come from `wordValues`, and `municipality`. */
export function wordConditions({ resource, id, mayFindHidden, countsAsOpen }: WordSearch, count: number): SQL[] {
  return Array.from({ length: count }, (_, index) => {
    const word = sql.placeholder(`term${index}`)
    const has = (
      open: SQL,
    ) => sql`exists (select from search_words w where w.municipality_id = ${sql.placeholder('municipality')} and w.resource = ${resource}
        and w.record_id = ${id} and w.word >= ${word}::text and w.word < ${word}::text || U&'\\FFFF'${open})`
    const hasOpen = has(countsAsOpen === undefined ? sql` and w.open` : sql` and (w.open or ${countsAsOpen})`)
    if (mayFindHidden === undefined) return countsAsOpen === undefined ? has(sql``) : hasOpen
    // Not `w.open or …` inside: that would take the index from the words and read every record.
    return sql`(${has(sql``)} and (${mayFindHidden} or ${hasOpen}))`
  })
}

export const wordValues = (terms: readonly string[]): Record<string, string> =>
  Object.fromEntries(terms.map((term, index) => [`term${index}`, term]))
