import { landlordOf, seesProtected, type Actor } from '../../platform/context.ts'

/**
 * Who reads what of empty homes (docs/trust.md, Empty homes and masked leases).
 * - `city`: coordinators, and clients with `protected:read`: by all leases.
 * - `limited`: finance and other clients: what was recorded, cut by the leases that they may see, and nothing that is found by
 *   subtracting leases: a home without a lease that they see may be a protected household's.
 * - `landlord`: its own flats, by all their leases, without the city's note and decision.
 */
export type Reader = 'city' | 'limited' | 'landlord'

export function readerOf(actor: Actor): Reader {
  if (landlordOf(actor) !== null) return 'landlord'
  return seesProtected(actor) ? 'city' : 'limited'
}
