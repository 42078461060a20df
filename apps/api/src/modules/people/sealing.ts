import type { ContactAddress } from '@kotoisa/contracts'
import { maskIdentityCode, maskMigriNumber, type PersonIdentity } from '@kotoisa/domain'
import { blindIndex, seal, unseal, type DataKey, type Place } from '../../platform/field-crypto.ts'
import type { persons } from './table.ts'

/** What keeping persons needs beside the database. */
export interface PeopleKeys {
  readonly dataKeys: readonly DataKey[]
  readonly indexKey: string
}

type Row = typeof persons.$inferSelect
type Owner = Pick<Row, 'municipalityId' | 'id'>
type Sealed = 'identity_code_sealed' | 'migri_number_sealed' | 'contact_address_sealed'

const place = (owner: Owner, column: Sealed): Place => ({ municipalityId: owner.municipalityId, table: 'persons', column, rowId: owner.id })

export const identityCodeIndex = ({ indexKey }: PeopleKeys, municipalityId: string, code: string): Buffer =>
  blindIndex(indexKey, municipalityId, code)

/** Both kinds of number have one key a municipality; the prefix keeps them apart, since no identity code has a colon. */
const migriNumberIndex = ({ indexKey }: PeopleKeys, municipalityId: string, number: string): Buffer =>
  blindIndex(indexKey, municipalityId, `migri:${number}`)

/** Columns of an identity that `settlePersonIdentity` let pass. */
export function identityColumns(keys: PeopleKeys, owner: Owner, { identityCode, migriNumber }: PersonIdentity) {
  const { municipalityId } = owner
  return {
    identityCodeSealed: identityCode === null ? null : seal(keys.dataKeys, place(owner, 'identity_code_sealed'), identityCode),
    identityCodeIndex: identityCode === null ? null : identityCodeIndex(keys, municipalityId, identityCode),
    identityCodeShown: identityCode === null ? null : maskIdentityCode(identityCode),
    migriNumberSealed: migriNumber === null ? null : seal(keys.dataKeys, place(owner, 'migri_number_sealed'), migriNumber),
    migriNumberIndex: migriNumber === null ? null : migriNumberIndex(keys, municipalityId, migriNumber),
    migriNumberShown: migriNumber === null ? null : maskMigriNumber(migriNumber),
  }
}

/** The codes whole: for a reveal, and to judge a change of one of them. */
export function openIdentity(keys: PeopleKeys, row: Owner & Pick<Row, 'identityCodeSealed' | 'migriNumberSealed'>) {
  return {
    identityCode:
      row.identityCodeSealed === null ? null : unseal(keys.dataKeys, place(row, 'identity_code_sealed'), row.identityCodeSealed),
    migriNumber: row.migriNumberSealed === null ? null : unseal(keys.dataKeys, place(row, 'migri_number_sealed'), row.migriNumberSealed),
  }
}

export const sealContactAddress = (keys: PeopleKeys, owner: Owner, address: ContactAddress | null): string | null =>
  address === null ? null : seal(keys.dataKeys, place(owner, 'contact_address_sealed'), JSON.stringify(address))

export function openContactAddress(keys: PeopleKeys, owner: Owner, sealed: string | null): ContactAddress | null {
  if (sealed === null) return null
  const { streetAddress, postalCode, postOffice } = JSON.parse(
    unseal(keys.dataKeys, place(owner, 'contact_address_sealed'), sealed),
  ) as ContactAddress
  return { streetAddress, postalCode, postOffice }
}
