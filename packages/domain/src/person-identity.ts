import { isDay, type Day } from './day.ts'
import { checkIdentifier } from './identifiers.ts'
import type { Fault } from './problems.ts'

/** What a person is told apart by. */
export interface PersonIdentity {
  readonly identityCode: string | null
  readonly migriNumber: string | null
  readonly birthDate: Day | null
}

export interface PersonIdentityRules {
  readonly today: Day
  /** Serials 900-999 belong to nobody: taken in demo and test data only (IN-10). */
  readonly artificialAllowed: boolean
}

/** The birth date in a valid identity code; null where it lies before 1900, since nobody living was born then. */
export function birthDateOf(identityCode: string): Day | null {
  const [, day, month, year, sign = ''] = /^(\d{2})(\d{2})(\d{2})(.)/.exec(identityCode) ?? []
  const century = /[A-F]/.test(sign) ? '20' : sign === '+' ? '18' : '19'
  const value = `${century}${year}-${month}-${day}`
  return isDay(value) ? value : null
}

/**
 * The identity as it is stored, with all that is wrong with it: a person has an identity code, or a Migri number and a birth
 * date (domain 3.1). The birth date follows from the code; one that says something else is refused. Pointers are those of
 * the fields in a body.
 */
export function settlePersonIdentity(
  { identityCode, migriNumber, birthDate }: PersonIdentity,
  { today, artificialAllowed }: PersonIdentityRules,
): { readonly identity: PersonIdentity; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const pointer = '/identityCode'
  let code: string | null = null
  let born = birthDate
  if (identityCode !== null) {
    const check = checkIdentifier('personalIdentityCode', identityCode)
    if (!check.valid) faults.push({ code: `identifier.${check.reason}`, pointer })
    else if (check.artificial && !artificialAllowed) faults.push({ code: 'identifier.artificial', pointer })
    else {
      code = check.normalised
      const coded = birthDateOf(code)
      if (coded === null || coded > today) faults.push({ code: 'identifier.date', pointer })
      else if (birthDate !== null && birthDate !== coded) faults.push({ code: 'person.birthDateDiffers', pointer: '/birthDate' })
      born = coded
    }
  } else if (migriNumber === null) faults.push({ code: 'person.identifierMissing', pointer })
  else if (birthDate === null) faults.push({ code: 'person.birthDateMissing', pointer: '/birthDate' })
  if (birthDate !== null && birthDate > today) faults.push({ code: 'person.birthDateInFuture', pointer: '/birthDate' })
  return { identity: { identityCode: code, migriNumber: migriNumber?.toUpperCase() ?? null, birthDate: born }, faults }
}

/** A Migri number as lists show it: its last three characters. */
export const maskMigriNumber = (number: string): string => `****${number.slice(-3)}`
