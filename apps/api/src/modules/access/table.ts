import { locales, roles, scopes } from '@kotoisa/domain'
import { boolean, customType, date, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true })

export const municipalities = pgTable('municipalities', {
  id: uuid('id').notNull(),
  code: text('code').notNull(),
  name: text('name').notNull(),
})

export const users = pgTable('users', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  email: text('email').notNull(),
  emailHash: bytes('email_hash').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash'),
  /** When the person last chose a password; a hash made anew at a sign-in leaves it. */
  passwordSetAt: instant('password_set_at'),
  roles: text('roles', { enum: roles }).array().notNull(),
  landlordId: uuid('landlord_id'),
  locale: text('locale', { enum: locales }).notNull(),
  /** Last day, inclusive. */
  endsOn: date('ends_on', { mode: 'string' }),
  disabledAt: instant('disabled_at'),
  /** By its own organisation, which may undo it; what the city closed only the city opens. */
  disabledByLandlord: boolean('disabled_by_landlord').notNull().default(false),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** All refresh tokens that came from one sign-in; twelve hours at the most. */
export const sessions = pgTable('sessions', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  userId: uuid('user_id').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  endedAt: instant('ended_at'),
  endReason: text('end_reason'),
  device: text('device'),
  sourceAddress: text('source_address'),
})

export const refreshTokens = pgTable('refresh_tokens', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  sessionId: uuid('session_id').notNull(),
  tokenHash: bytes('token_hash').notNull(),
  createdAt: instant('created_at').notNull(),
  usedAt: instant('used_at'),
})

export const apiClients = pgTable('api_clients', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  version: integer('version').notNull().default(1),
  clientId: text('client_id').notNull(),
  clientIdHash: bytes('client_id_hash').notNull(),
  name: text('name').notNull(),
  scopes: text('scopes', { enum: scopes }).array().notNull(),
  landlordId: uuid('landlord_id'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at'),
})

export const apiClientSecrets = pgTable('api_client_secrets', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  apiClientId: uuid('api_client_id').notNull(),
  secretHash: bytes('secret_hash').notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
})

export const oneTimeLinks = pgTable('one_time_links', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  userId: uuid('user_id').notNull(),
  purpose: text('purpose', { enum: ['firstAdministrator', 'invitation', 'passwordReset'] }).notNull(),
  tokenHash: bytes('token_hash').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
  createdAt: instant('created_at').notNull(),
})

export const letterKinds = ['invitation', 'passwordReset', 'passwordChanged', 'newDevice', 'invitedElsewhere'] as const
export type LetterKind = (typeof letterKinds)[number]

/** What is to be sent to whom; the words and the link are made when it is sent. */
export const letters = pgTable('letters', {
  municipalityId: uuid('municipality_id').notNull(),
  id: uuid('id').notNull(),
  userId: uuid('user_id').notNull(),
  kind: text('kind', { enum: letterKinds }).notNull(),
  createdAt: instant('created_at').notNull(),
  dueAt: instant('due_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
})
