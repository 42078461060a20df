import { describe, expect, test } from 'vitest'
import { nameKey, personLikeness, type PersonTraits } from './person-likeness.ts'

const person = (firstNames: string, lastName: string, birthDate: string | null): PersonTraits => ({ firstNames, lastName, birthDate })
const known = person('Mohamed Ali', 'Hassan', '1990-03-04')

describe('C7 two records may be of one person', () => {
  test.each([
    ['the same in all', person('mohamed ali', 'HASSAN', '1990-03-04'), 'sameNameAndBirthDate'],
    ['another spelling of the name', person('Muhammad', 'Hasan', '1990-03-04'), 'alikeNameAndBirthDate'],
    ['day and month swapped', person('Mohamed', 'Hassan', '1990-04-03'), 'alikeNameAndBirthDate'],
    ['1 January for a day that nobody knew', person('Mohamed', 'Hassan', '1990-01-01'), 'alikeNameAndBirthDate'],
    ['first and last name swapped', person('Hassan', 'Mohamed', '1990-03-04'), 'swappedNames'],
    ['the same name and another day', person('Mohamed Ali', 'Hassan', '1985-03-04'), 'sameNameOtherBirthDate'],
    ['the same name before the day is written', person('Mohamed Ali', 'Hassan', null), 'sameNameOtherBirthDate'],
    ['a sibling born on that day', person('Fatima', 'Hassan', '1990-03-04'), null],
    ['a namesake in part', person('Mohamed', 'Farah', '1990-03-04'), null],
    ['nobody', person('Olena', 'Kovalenko', '1990-03-04'), null],
  ] as const)('%s', (_name, typed, likeness) => {
    expect(personLikeness(typed, known)).toBe(likeness)
    expect(personLikeness(known, typed)).toBe(likeness)
  })
  test('letters of other scripts are kept apart', () => {
    expect(nameKey('محمد')).not.toBe(nameKey('حسن'))
    expect(nameKey('Þór')).toBe(nameKey('þor'))
  })
})
