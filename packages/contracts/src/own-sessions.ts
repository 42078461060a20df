import { locales } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { CurrentSession, NewPassword, overseers, people } from './access.ts'
import { endpoint } from './endpoint.ts'
import { ById, Email, Id, Instant, closed, nullable } from './fields.ts'

/** One sign-in that still holds, as its person knows it. */
export const LivingSession = closed('LivingSession', {
  id: Id,
  startedAt: Instant,
  lastUsedAt: Type.String({ format: 'date-time', maxLength: 35, description: 'When it was refreshed last.' }),
  endsAt: Instant,
  device: nullable(Type.String({ maxLength: 60, description: 'Browser and system, e.g. Firefox · Windows.' })),
  sourceAddress: nullable(Type.String({ maxLength: 64 })),
  current: Type.Boolean({ description: 'The one that asks.' }),
})
export type LivingSession = Static<typeof LivingSession>
export const LivingSessions = closed('LivingSessions', { items: Type.Array(LivingSession, { maxItems: 1000 }), nextCursor: Type.Null() })
export type LivingSessions = Static<typeof LivingSessions>

const tags = ['sessions'] as const

export const getOwnSessions = endpoint({
  method: 'GET',
  url: '/v1/sessions',
  config: { access: people },
  schema: {
    operationId: 'getOwnSessions',
    tags,
    summary: 'Where one is signed in, the newest first',
    response: { 200: LivingSessions },
  },
})

export const getSessionsOfUser = endpoint({
  method: 'GET',
  url: '/v1/users/:id/sessions',
  config: { access: overseers },
  schema: {
    operationId: 'getSessionsOfUser',
    tags,
    summary: 'Where a person is signed in, the newest first',
    params: ById,
    response: { 200: LivingSessions },
  },
})

export const endOneSession = endpoint({
  method: 'DELETE',
  url: '/v1/sessions/:id',
  config: { access: people },
  schema: {
    operationId: 'endOneSession',
    tags,
    summary: 'End one session: of one’s own, an administrator anybody’s',
    description: 'Takes no If-Match. Somebody else’s session is 404 for everybody but administrators.',
    params: ById,
    response: { 204: Type.Null() },
  },
})

export const ChangePassword = closed('ChangePassword', {
  currentPassword: Type.String({ minLength: 1, maxLength: 200 }),
  password: NewPassword,
})
export type ChangePassword = Static<typeof ChangePassword>

export const changePassword = endpoint({
  method: 'POST',
  url: '/v1/sessions/current/password',
  config: { access: people },
  schema: {
    operationId: 'changePassword',
    tags,
    summary: 'Change the own password',
    description: 'Ends every other session of the person. A wrong current password is 422 `password.wrong`; after several: 429.',
    body: ChangePassword,
    response: { 204: Type.Null() },
  },
})

export const ChangeLocale = closed('ChangeLocale', { locale: Type.Enum(locales) })
export type ChangeLocale = Static<typeof ChangeLocale>

export const changeLocale = endpoint({
  method: 'POST',
  url: '/v1/sessions/current/locale',
  config: { access: people },
  schema: {
    operationId: 'changeLocale',
    tags,
    summary: 'Choose the own language',
    description: 'The language of letters, and of the pages on a browser that has none of its own yet. The last one wins.',
    body: ChangeLocale,
    response: { 200: CurrentSession },
  },
})

export const AskForPasswordReset = closed('AskForPasswordReset', { email: Email })
export type AskForPasswordReset = Static<typeof AskForPasswordReset>

export const askForPasswordReset = endpoint({
  method: 'POST',
  url: '/v1/password-resets',
  config: { access: { public: true } },
  schema: {
    operationId: 'askForPasswordReset',
    tags,
    summary: 'Ask for a letter that sets a new password',
    description:
      'The answer is the same whether there is such an account or not. The link works once within 60 minutes. After several: 429 with Retry-After.',
    body: AskForPasswordReset,
    response: { 202: Type.Null() },
  },
})
