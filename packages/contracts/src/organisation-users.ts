import { locales, userStatuses } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Email, closed, line, recordFields } from './fields.ts'
import { pagedQuery, pageOf } from './list.ts'

/**
 * A landlord's organisation looks after its own people by itself (feature H5): every account of the own landlord and no
 * other. An account made here is a landlord's, of that landlord; roles are none of its business.
 */
export const OrganisationUser = closed('OrganisationUser', {
  ...recordFields,
  name: line(160),
  email: Email,
  locale: Type.Enum(locales),
  status: Type.Enum(userStatuses),
})
export type OrganisationUser = Static<typeof OrganisationUser>

export const OrganisationUserQuery = pagedQuery('OrganisationUserQuery', { status: Type.Optional(Type.Enum(userStatuses)) })
export const OrganisationUserPage = pageOf('OrganisationUserPage', OrganisationUser)

export const InviteOrganisationUser = closed('InviteOrganisationUser', {
  name: line(160),
  email: Email,
  locale: Type.Optional(Type.Enum(locales)),
})
export type InviteOrganisationUser = Static<typeof InviteOrganisationUser>

const landlords = { roles: ['landlord'] } as const
const tags = ['organisation-users'] as const

export const listOrganisationUsers = endpoint({
  method: 'GET',
  url: '/v1/organisation-users',
  config: { access: landlords, list: true },
  schema: {
    operationId: 'listOrganisationUsers',
    tags,
    summary: 'People of the own organisation, page by page',
    querystring: OrganisationUserQuery,
    response: { 200: OrganisationUserPage },
  },
})

export const getOrganisationUser = endpoint({
  method: 'GET',
  url: '/v1/organisation-users/:id',
  config: { access: landlords },
  schema: {
    operationId: 'getOrganisationUser',
    tags,
    summary: 'One person of the own organisation',
    params: ById,
    response: { 200: OrganisationUser },
  },
})

export const inviteOrganisationUser = endpoint({
  method: 'POST',
  url: '/v1/organisation-users',
  config: { access: landlords, effect: 'create' },
  schema: {
    operationId: 'inviteOrganisationUser',
    tags,
    summary: 'Invite somebody of the own organisation by a letter',
    body: InviteOrganisationUser,
    response: { 201: OrganisationUser },
  },
})

const command = <const Act extends string, const Id extends string>(act: Act, operationId: Id, summary: string) =>
  endpoint({
    method: 'POST',
    url: `/v1/organisation-users/:id/${act}`,
    config: { access: landlords, effect: 'command' },
    schema: { operationId, tags, summary, params: ById, response: { 200: OrganisationUser } },
  })

export const disableOrganisationUser = command('disable', 'disableOrganisationUser', 'Close an account of the own organisation')
export const enableOrganisationUser = command('enable', 'enableOrganisationUser', 'Open a disabled account of the own organisation again')
export const inviteOrganisationUserAgain = command('invite', 'inviteOrganisationUserAgain', 'Send the invitation again')
