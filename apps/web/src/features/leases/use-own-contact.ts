import type { CityContact } from '@kotoisa/contracts'
import { useSession } from '../../lib/session.ts'

/** Whoever makes a lease is called about it, until somebody else is named. */
export function useOwnContact(): CityContact | null {
  const { user } = useSession()
  return user === null ? null : { name: user.name, email: user.email, phone: null }
}
