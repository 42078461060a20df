import { sql, type SQL } from 'drizzle-orm'
import { landlordOf, type Actor } from '../../platform/context.ts'
import { flats } from '../homes/table.ts'

/** A landlord reads the vacancies of its own flats, without the city's note and decision. No vacancy tells of a household. */
export type Reader = 'city' | 'landlord'

export const readerOf = (actor: Actor): Reader => (landlordOf(actor) === null ? 'city' : 'landlord')

/** Rows that the reader may see, over the joined flat; undefined: all of the municipality. */
export const visibleVacancies = (reader: Reader): SQL | undefined =>
  reader === 'landlord' ? sql`${flats.landlordId} = ${sql.placeholder('landlord')}` : undefined
