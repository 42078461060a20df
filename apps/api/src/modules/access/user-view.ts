import type { CityContact, LandlordNotice, SignedInUser } from '@kotoisa/contracts'
import { and, eq, getTableColumns, isNotNull } from 'drizzle-orm'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Db } from '../../platform/database.ts'
import { settings } from '../settings/table.ts'
import { settingsOf, toSettings, type StoredSettings } from '../views/read.ts'
import { municipalities, users } from './table.ts'

const landlords = pgTable('landlords', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  name: text('name').notNull(),
})

const ownLandlord = and(eq(landlords.municipalityId, users.municipalityId), eq(landlords.id, users.landlordId))

/** Users with what the session tells of them. */
export const selectUsers = (db: Db) =>
  db
    .select({
      user: getTableColumns(users),
      municipality: municipalities.name,
      landlord: landlords.name,
      contact: settings.cityContact,
      notice: settings.landlordNotice,
      listSettings: settingsOf(users.municipalityId, users.id),
    })
    .from(users)
    .innerJoin(municipalities, eq(municipalities.id, users.municipalityId))
    .leftJoin(landlords, ownLandlord)
    .leftJoin(settings, and(eq(settings.municipalityId, users.municipalityId), isNotNull(users.landlordId)))

export interface UserRow {
  user: typeof users.$inferSelect
  municipality: string
  landlord: string | null
  contact: CityContact | null
  notice: LandlordNotice | null
  listSettings: StoredSettings
}

export function toSignedInUser({ user, municipality, landlord, contact, notice, listSettings }: UserRow): SignedInUser {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    roles: user.roles,
    municipality: { id: user.municipalityId, name: municipality, contact, notice },
    landlord: user.landlordId !== null && landlord !== null ? { id: user.landlordId, name: landlord } : null,
    locale: user.locale,
    listSettings: toSettings(listSettings),
  }
}
