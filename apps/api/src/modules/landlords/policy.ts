import { eq, sql, type SQL } from 'drizzle-orm'
import { landlordOf, type Actor } from '../../platform/context.ts'
import { landlords } from './table.ts'

/** The city and its clients read all landlords; a landlord reads itself, without the city's note. */
export type Reader = 'city' | 'landlord'

export const readerOf = (actor: Actor): Reader => (landlordOf(actor) === null ? 'city' : 'landlord')

export const visibleLandlords = (reader: Reader): SQL | undefined =>
  reader === 'landlord' ? eq(landlords.id, sql.placeholder('ownLandlord')) : undefined
