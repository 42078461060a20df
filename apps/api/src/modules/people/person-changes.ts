import { changesBetween, type Change } from '../../platform/audit.ts'
import type { persons } from './table.ts'

type Row = typeof persons.$inferSelect

const logged = (row: Row) => ({
  firstNames: row.firstNames,
  lastName: row.lastName,
  identityCode: row.identityCodeShown,
  migriNumber: row.migriNumberShown,
  birthDate: row.birthDate,
  languages: row.languages,
  interpreterNeeded: row.interpreterNeeded,
  residenceGround: row.residenceGround,
  phone: row.phone,
  email: row.email,
  addressProtection: row.protectionGrantedOn === null ? null : { grantedOn: row.protectionGrantedOn, endsOn: row.protectionEndsOn },
})

const isSame = (before: Buffer | null, after: Buffer | null): boolean =>
  before === null || after === null ? before === after : before.equals(after)

/** What changed, for the log: codes masked as everywhere, of a contact address only that it changed. */
export function personChanges(before: Row | null, after: Row | null): Change[] {
  const changes = changesBetween(before && logged(before), after && logged(after))
  const add = (field: string, one: string | null, other: string | null) => {
    if (!changes.some((change) => change.field === field)) changes.push({ field, before: one, after: other })
  }
  // Two codes may look alike where they are masked.
  if (!isSame(before?.identityCodeIndex ?? null, after?.identityCodeIndex ?? null)) {
    add('identityCode', before?.identityCodeShown ?? null, after?.identityCodeShown ?? null)
  }
  if (!isSame(before?.migriNumberIndex ?? null, after?.migriNumberIndex ?? null)) {
    add('migriNumber', before?.migriNumberShown ?? null, after?.migriNumberShown ?? null)
  }
  const [oldAddress, newAddress] = [before?.contactAddressSealed ?? null, after?.contactAddressSealed ?? null]
  if (oldAddress !== newAddress) add('contactAddress', oldAddress && '****', newAddress && '****')
  return changes
}
