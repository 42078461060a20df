import { locales, roles, userStatuses } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { overseers } from './access.ts'
import { endpoint } from './endpoint.ts'
import { ById, Day, Email, Id, Instant, closed, line, nullable, recordFields } from './fields.ts'
import { LandlordBrief } from './landlords.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const Roles = Type.Array(Type.Enum(roles), { minItems: 1, maxItems: roles.length, uniqueItems: true })
const EndsOn = { description: 'Last day of the account, inclusive; null: none.' }

/** A person who may sign in. */
export const User = closed('User', {
  ...recordFields,
  name: line(160),
  email: Email,
  roles: Type.Array(Type.Enum(roles), { minItems: 1, maxItems: roles.length }),
  landlord: nullable(LandlordBrief),
  locale: Type.Enum(locales),
  endsOn: Type.Union([Day, Type.Null()], EndsOn),
  status: Type.Enum(userStatuses),
  disabledAt: nullable(Instant),
})
export type User = Static<typeof User>

export const UserQuery = listQuery('UserQuery', {
  role: Type.Optional(Type.Enum(roles)),
  landlordId: Type.Optional(Id),
  status: Type.Optional(Type.Enum(userStatuses)),
  disabled: Type.Optional(Type.Boolean()),
})
export const UserPage = pageOf('UserPage', User)

const accountFields = {
  name: line(160),
  roles: Roles,
  landlordId: Type.Optional(
    Type.Union([Id, Type.Null()], { description: 'Whose homes a landlord’s account sees; needed there, else null.' }),
  ),
  locale: Type.Optional(Type.Enum(locales)),
  endsOn: Type.Optional(Type.Union([Day, Type.Null()], EndsOn)),
}

export const InviteUser = closed('InviteUser', { ...accountFields, email: Email })
export type InviteUser = Static<typeof InviteUser>

export const UpdateUser = patchOf('UpdateUser', closed('UserChange', accountFields))
export type UpdateUser = Static<typeof UpdateUser>

const admins = { roles: ['admin'] } as const
const tags = ['users'] as const

export const listUsers = endpoint({
  method: 'GET',
  url: '/v1/users',
  config: { access: overseers, list: true },
  schema: {
    operationId: 'listUsers',
    tags,
    summary: 'People who may sign in, page by page',
    querystring: UserQuery,
    response: { 200: UserPage },
  },
})

export const getUser = endpoint({
  method: 'GET',
  url: '/v1/users/:id',
  config: { access: overseers },
  schema: { operationId: 'getUser', tags, summary: 'One account', params: ById, response: { 200: User } },
})

export const inviteUser = endpoint({
  method: 'POST',
  url: '/v1/users',
  config: { access: admins, effect: 'create' },
  schema: {
    operationId: 'inviteUser',
    tags,
    summary: 'Make an account and invite its person by a letter',
    description: 'The letter holds a link that sets the password once within seven days; nobody else is shown it.',
    body: InviteUser,
    response: { 201: User },
  },
})

export const updateUser = endpoint({
  method: 'PATCH',
  url: '/v1/users/:id',
  config: { access: admins, effect: 'change' },
  schema: {
    operationId: 'updateUser',
    tags,
    summary: 'Change roles, landlord, name, language or last day (merge patch)',
    description: 'Other roles, another landlord or another last day end the person’s sessions. The last administrator stays: 409.',
    params: ById,
    body: UpdateUser,
    response: { 200: User },
  },
})

export const disableUser = endpoint({
  method: 'POST',
  url: '/v1/users/:id/disable',
  config: { access: admins, effect: 'command' },
  schema: {
    operationId: 'disableUser',
    tags,
    summary: 'Close an account and end its sessions',
    params: ById,
    response: { 200: User },
  },
})

export const enableUser = endpoint({
  method: 'POST',
  url: '/v1/users/:id/enable',
  config: { access: admins, effect: 'command' },
  schema: { operationId: 'enableUser', tags, summary: 'Open a disabled account again', params: ById, response: { 200: User } },
})

export const inviteUserAgain = endpoint({
  method: 'POST',
  url: '/v1/users/:id/invite',
  config: { access: admins, effect: 'command' },
  schema: {
    operationId: 'inviteUserAgain',
    tags,
    summary: 'Send the invitation again',
    description: 'The earlier link ends. Who has a password already is not invited: 409.',
    params: ById,
    response: { 200: User },
  },
})

export const getUserHistory = endpoint({
  method: 'GET',
  url: '/v1/users/:id/history',
  config: { access: overseers },
  schema: { operationId: 'getUserHistory', tags, summary: 'Who changed what, newest first', params: ById, response: { 200: History } },
})
