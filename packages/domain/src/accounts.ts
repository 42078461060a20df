import type { Day } from './day.ts'
import type { Fault } from './problems.ts'
import type { Role, Scope, UserStatus } from './vocabulary.ts'

/** What an account's state is told by. */
export interface AccountState {
  readonly isDisabled: boolean
  readonly hasPassword: boolean
  /** Its last day, inclusive. */
  readonly endsOn: Day | null
}

export function userStatus({ isDisabled, hasPassword, endsOn }: AccountState, today: Day): UserStatus {
  if (isDisabled) return 'disabled'
  if (endsOn !== null && endsOn < today) return 'ended'
  return hasPassword ? 'active' : 'invited'
}

/** Somebody who can always let others in: an administrator without a last day. The last one of a municipality stays. */
export const isStandingAdministrator = (account: AccountState & { readonly roles: readonly Role[] }): boolean =>
  account.roles.includes('admin') && !account.isDisabled && account.hasPassword && account.endsOn === null

/** A landlord's account sees that landlord's homes and nothing else; nobody else belongs to a landlord. */
export function rolesFaults(roles: readonly Role[], landlordId: string | null): Fault[] {
  const isLandlord = roles.includes('landlord')
  const faults: Fault[] = []
  if (isLandlord && roles.length > 1) faults.push({ code: 'user.landlordAlone', pointer: '/roles' })
  if (isLandlord && landlordId === null) faults.push({ code: 'user.landlordMissing', pointer: '/landlordId' })
  if (!isLandlord && landlordId !== null) faults.push({ code: 'user.landlordNotAllowed', pointer: '/landlordId' })
  return faults
}

/** A program that is limited to a landlord reads what that landlord sees. */
export function scopesFaults(scopes: readonly Scope[], landlordId: string | null): Fault[] {
  const mayMore = scopes.some((scope) => !scope.endsWith(':read') || scope === 'protected:read')
  return landlordId !== null && mayMore ? [{ code: 'apiClient.landlordReadsOnly', pointer: '/scopes' }] : []
}
