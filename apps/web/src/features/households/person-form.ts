import type { CreatePerson } from '@kotoisa/contracts'
import type { Day, PersonLanguage, ResidenceGround } from '@kotoisa/domain'
import type { OpenPerson } from './queries.ts'

export interface PersonValues {
  firstNames: string | null
  lastName: string | null
  /** Empty on a person that has one already: the code is changed only by writing a new one. */
  identityCode: string | null
  migriNumber: string | null
  birthDate: Day | null
  languages: readonly PersonLanguage[]
  interpreterNeeded: boolean
  residenceGround: ResidenceGround | null
  phone: string | null
  email: string | null
  streetAddress: string | null
  postalCode: string | null
  postOffice: string | null
}

export const personPointers = {
  streetAddress: '/contactAddress/streetAddress',
  postalCode: '/contactAddress/postalCode',
  postOffice: '/contactAddress/postOffice',
} as const

export const newPerson = (): PersonValues => ({
  firstNames: null,
  lastName: null,
  identityCode: null,
  migriNumber: null,
  birthDate: null,
  languages: [],
  interpreterNeeded: false,
  residenceGround: null,
  phone: null,
  email: null,
  streetAddress: null,
  postalCode: null,
  postOffice: null,
})

export const personValues = (person: OpenPerson): PersonValues => ({
  ...newPerson(),
  firstNames: person.firstNames,
  lastName: person.lastName,
  ...('birthDate' in person
    ? {
        birthDate: person.birthDate,
        languages: person.languages,
        interpreterNeeded: person.interpreterNeeded,
        residenceGround: person.residenceGround,
      }
    : {}),
  phone: person.phone,
  email: person.email,
  streetAddress: person.contactAddress?.streetAddress ?? null,
  postalCode: person.contactAddress?.postalCode ?? null,
  postOffice: person.contactAddress?.postOffice ?? null,
})

export function personBody(values: PersonValues): CreatePerson {
  const { firstNames, lastName, identityCode, migriNumber, birthDate, languages, streetAddress, postalCode, postOffice, ...rest } = values
  return {
    ...rest,
    firstNames: firstNames ?? '',
    lastName: lastName ?? '',
    ...(identityCode === null ? {} : { identityCode }),
    ...(migriNumber === null ? {} : { migriNumber }),
    // The day follows from an identity code.
    ...(birthDate === null ? {} : { birthDate }),
    languages: [...languages],
    contactAddress:
      streetAddress === null && postalCode === null && postOffice === null
        ? null
        : { streetAddress: streetAddress ?? '', postalCode, postOffice },
  }
}
