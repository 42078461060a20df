import { partsOf, type Day } from './day.ts'

/** What tells that two records may be of one person. */
export interface PersonTraits {
  readonly firstNames: string
  readonly lastName: string
  readonly birthDate: Day | null
}

/** Why two records may be of one person, the surest first. */
export const personLikenesses = ['sameNameAndBirthDate', 'alikeNameAndBirthDate', 'sameNameOtherBirthDate', 'swappedNames'] as const
export type PersonLikeness = (typeof personLikenesses)[number]

/**
 * A name without what differs between spellings of one name in Latin letters: case, accents, doubled letters, and the vowels
 * behind the first letter (Mohamed, Muhammad, Mohammad). Only for finding: nobody is merged by it.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
    .replace(/(?<=.)[aeiouyäöå]/gu, '')
    .replace(/(.)\1+/gu, '$1')
}

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
/** Of each of several names. */
export const nameKeys = (names: string): string[] => plain(names).split(' ').map(nameKey)

/** The days that stand for "some day of that year" in the papers of those who came without any. */
const isPlaceholder = (day: Day): boolean => day.endsWith('-01-01')

/** The same day, a day whose day and month were swapped, or a 1 January of the same year that stands for any. */
function isAlikeDay(one: Day, other: Day): boolean {
  if (one === other) return true
  const [a, b] = [partsOf(one), partsOf(other)]
  if (a.year !== b.year) return false
  return (a.month === b.day && a.day === b.month) || isPlaceholder(one) || isPlaceholder(other)
}

/** Why the one may be the other; null: nothing tells so. */
export function personLikeness(one: PersonTraits, other: PersonTraits): PersonLikeness | null {
  const firstNames = nameKeys(one.firstNames)
  const sharesFirst = nameKeys(other.firstNames).some((key) => firstNames.includes(key))
  const sameLast = nameKey(one.lastName) === nameKey(other.lastName)
  const isSame = plain(one.firstNames) === plain(other.firstNames) && plain(one.lastName) === plain(other.lastName)
  const { birthDate } = one
  if (birthDate !== null && other.birthDate !== null && isAlikeDay(birthDate, other.birthDate)) {
    if (isSame && birthDate === other.birthDate) return 'sameNameAndBirthDate'
    if (sameLast && sharesFirst) return 'alikeNameAndBirthDate'
    const swapped = nameKey(other.lastName)
    if (firstNames.includes(swapped) && nameKeys(other.firstNames).includes(nameKey(one.lastName))) return 'swappedNames'
    return null
  }
  return isSame ? 'sameNameOtherBirthDate' : null
}
