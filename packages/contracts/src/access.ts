import { locales, roles } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Email, Etag, Id, Instant, Reference, closed, line, nullable } from './fields.ts'
import { LandlordBrief } from './landlords.ts'
import { CityContact } from './leases.ts'
import { pagedQuery, pageOf } from './list.ts'
import { LandlordNotice } from './settings.ts'
import { View } from './views.ts'

/** Who is signed in, as the web shows it. */
export const SignedInUser = closed('SignedInUser', {
  id: Id,
  name: line(160),
  email: Email,
  roles: Type.Array(Type.Enum(roles), { minItems: 1, maxItems: 6 }),
  municipality: closed('MunicipalityBrief', {
    id: Id,
    name: line(160),
    contact: Type.Union([CityContact, Type.Null()], {
      description: 'Whom a landlord calls where no lease names anybody; null for others.',
    }),
    notice: Type.Union([LandlordNotice, Type.Null()], { description: 'What the city tells its landlords; null for others.' }),
  }),
  landlord: nullable(LandlordBrief),
  locale: Type.Enum(locales),
  listSettings: Type.Optional(
    Type.Array(View, {
      maxItems: 200,
      description: 'How the person always wants each list: the views without a name, so that a list is right at once.',
    }),
  ),
})
export type SignedInUser = Static<typeof SignedInUser>

export const SignIn = closed('SignIn', {
  email: Email,
  password: Type.String({ minLength: 1, maxLength: 200, description: 'Compared exactly, spaces and case included.' }),
})
export type SignIn = Static<typeof SignIn>

/** The access token goes into `Authorization: Bearer`; the refresh token is a cookie that scripts cannot read. */
export const Session = closed('Session', {
  accessToken: Type.String({ maxLength: 4000, description: 'JWT (RFC 9068), EdDSA, 15 minutes.' }),
  expiresAt: Type.String({ format: 'date-time', maxLength: 35, description: 'When the access token ends.' }),
  idleEndsAt: Type.String({ format: 'date-time', maxLength: 35, description: 'When the session ends unless it is refreshed before.' }),
  sessionEndsAt: Type.String({ format: 'date-time', maxLength: 35, description: 'When the session ends, however often it is refreshed.' }),
  user: SignedInUser,
})
export type Session = Static<typeof Session>

export const CurrentSession = closed('CurrentSession', {
  user: SignedInUser,
  expiresAt: Type.String({ format: 'date-time', maxLength: 35, description: 'When the session ends, however often it is refreshed.' }),
})
export type CurrentSession = Static<typeof CurrentSession>

const sessions = ['sessions'] as const
/** Every person, no client. */
export const people = { roles } as const

export const createSession = endpoint({
  method: 'POST',
  url: '/v1/sessions',
  config: { access: { public: true } },
  schema: {
    operationId: 'createSession',
    tags: sessions,
    summary: 'Sign in with e-mail and password',
    description:
      'Sets the refresh cookie `__Host-kotoisa-refresh`. An unknown address, a wrong password and a disabled account get the same answer. After several failures: 429 with Retry-After.',
    body: SignIn,
    response: { 200: Session },
  },
})

export const refreshSession = endpoint({
  method: 'POST',
  url: '/v1/sessions/refresh',
  config: { access: { public: true } },
  schema: {
    operationId: 'refreshSession',
    tags: sessions,
    summary: 'A new access token for the refresh cookie',
    description:
      'No body. Needs `Origin` equal to the public address and `X-Requested-With: XMLHttpRequest`, else 403 and the cookie stays good. The refresh token is used once and replaced; a second use ends the session.',
    response: { 200: Session },
  },
})

export const getCurrentSession = endpoint({
  method: 'GET',
  url: '/v1/sessions/current',
  config: { access: people },
  schema: {
    operationId: 'getCurrentSession',
    tags: sessions,
    summary: 'Who is signed in',
    response: { 200: CurrentSession },
  },
})

export const endCurrentSession = endpoint({
  method: 'DELETE',
  url: '/v1/sessions/current',
  config: { access: people },
  schema: { operationId: 'endCurrentSession', tags: sessions, summary: 'Sign out', response: { 204: Type.Null() } },
})

/** A password that somebody sets: 15 characters or more, since there is no second factor yet. */
export const NewPassword = Type.String({
  minLength: 15,
  maxLength: 200,
  description: '15 to 200 characters of any kind; well-known passwords are refused (422 `password.blocked`).',
})

export const UseOneTimeLink = closed('UseOneTimeLink', {
  token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43, description: 'What stands behind # in the link.' }),
  password: NewPassword,
})
export type UseOneTimeLink = Static<typeof UseOneTimeLink>

export const useOneTimeLink = endpoint({
  method: 'POST',
  url: '/v1/one-time-links/uses',
  config: { access: { public: true } },
  schema: {
    operationId: 'useOneTimeLink',
    tags: sessions,
    summary: 'Set the password with a one-time link',
    description: 'A link that is unknown, used or too old is 404. Sign in afterwards.',
    body: UseOneTimeLink,
    response: { 204: Type.Null() },
  },
})

/** RFC 6749, 4.4: the body is a form, the client stands in HTTP Basic. */
export const TokenRequest = closed('TokenRequest', {
  grant_type: Type.Enum(['client_credentials'] as const),
  scope: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2000, description: 'Some of the client’s scopes, a space between; all of them when left out.' }),
  ),
})
export type TokenRequest = Static<typeof TokenRequest>

export const Token = closed('Token', {
  access_token: Type.String({ maxLength: 4000 }),
  token_type: Type.Enum(['Bearer'] as const),
  expires_in: Type.Integer({ minimum: 1, maximum: 3600 }),
  scope: Type.String({ maxLength: 2000 }),
})
export type Token = Static<typeof Token>

export const createToken = endpoint({
  method: 'POST',
  url: '/oauth/token',
  config: { access: { public: true } },
  schema: {
    operationId: 'createToken',
    tags: ['tokens'],
    summary: 'An access token for an API client',
    description:
      'OAuth 2.0 client credentials: `Authorization: Basic` with client id and secret, a body `application/x-www-form-urlencoded`. Errors are problem documents that also carry `error` (RFC 6749, 5.2).',
    body: TokenRequest,
    response: { 200: Token },
  },
})

/** One line of the log: who did what to which record, and why. Which fields changed, never their values: the reader may not see the record. */
export const AuditEntry = closed('AuditEntry', {
  id: Id,
  etag: Etag,
  at: Instant,
  action: Type.String({ maxLength: 80, description: 'E.g. sublease.signed; a reading of a kept record ends in .read.' }),
  actor: closed('AuditActor', {
    kind: Type.String({ maxLength: 20, description: 'person, landlord, integration or job.' }),
    id: nullable(Type.String({ maxLength: 36 })),
    name: nullable(Type.String({ maxLength: 200, description: 'Of the person, API client or job, as today.' })),
  }),
  reason: nullable(
    Type.String({
      maxLength: 1000,
      description: 'Why, where it was given; null where it could tell of somebody under a non-disclosure order.',
    }),
  ),
  resource: Type.String({ maxLength: 80 }),
  recordId: nullable(Id),
  recordName: nullable(
    Type.String({
      maxLength: 200,
      description: 'Its reference; of an area, building, room, landlord, user or API client the name. Null where the record is no more.',
    }),
  ),
  fields: Type.Array(Type.String({ maxLength: 120 }), { maxItems: 200 }),
  requestId: nullable(Type.String({ maxLength: 80 })),
  sourceAddress: nullable(Type.String({ maxLength: 64 })),
})
export type AuditEntry = Static<typeof AuditEntry>

export const AuditEntryQuery = pagedQuery('AuditEntryQuery', {
  resource: Type.Optional(Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-zA-Z-]+$' })),
  recordId: Type.Optional(Id),
  reference: Type.Optional(
    Type.Unsafe<string>({ ...Reference, description: 'Of the record; one that is no more is found by `recordId`.' }),
  ),
  actorId: Type.Optional(Id),
  action: Type.Optional(Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-zA-Z.-]+$' })),
  from: Type.Optional(Type.String({ format: 'date-time', maxLength: 35, description: 'At this instant or later.' })),
  to: Type.Optional(Type.String({ format: 'date-time', maxLength: 35, description: 'Before this instant.' })),
})
export const AuditEntryPage = pageOf('AuditEntryPage', AuditEntry)

/** Who looks after accounts, and who looks at that. */
export const overseers = { roles: ['admin', 'auditor'] } as const

export const listAuditEntries = endpoint({
  method: 'GET',
  url: '/v1/audit-entries',
  config: { access: overseers, list: true },
  schema: {
    operationId: 'listAuditEntries',
    tags: ['audit'],
    summary: 'The log of changes and of readings of kept records, newest first',
    querystring: AuditEntryQuery,
    response: { 200: AuditEntryPage },
  },
})
