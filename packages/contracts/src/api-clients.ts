import { scopes } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { overseers } from './access.ts'
import { endpoint } from './endpoint.ts'
import { ById, Etag, Id, Instant, closed, line, nullable } from './fields.ts'
import { LandlordBrief } from './landlords.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const clientFields = {
  id: Id,
  etag: Etag,
  createdAt: Instant,
  clientId: Type.String({ minLength: 1, maxLength: 120 }),
  name: line(160),
  scopes: Type.Array(Type.Enum(scopes), { maxItems: scopes.length }),
  landlord: nullable(LandlordBrief),
  secrets: Type.Integer({ minimum: 0, maximum: 2 }),
  lastUsedAt: nullable(Instant),
  revokedAt: nullable(Instant),
}

/** A program that may ask for tokens; of its secrets only how many are in force. */
export const ApiClient = closed('ApiClient', clientFields)
export type ApiClient = Static<typeof ApiClient>

/** The secret is told in this one answer; a replay of its request is refused (409 `idempotency.notReplayable`). */
export const ApiClientWithSecret = closed('ApiClientWithSecret', {
  ...clientFields,
  secret: Type.String({ maxLength: 43, description: '256 random bits; only its hash is stored.' }),
})
export type ApiClientWithSecret = Static<typeof ApiClientWithSecret>

export const ApiClientQuery = listQuery('ApiClientQuery', { revoked: Type.Optional(Type.Boolean()) })
export const ApiClientPage = pageOf('ApiClientPage', ApiClient)

const settable = {
  name: line(160),
  scopes: Type.Array(Type.Enum(scopes), { minItems: 1, maxItems: scopes.length, uniqueItems: true }),
}

export const CreateApiClient = closed('CreateApiClient', {
  ...settable,
  clientId: Type.String({
    pattern: '^[a-z0-9][a-z0-9._-]{2,62}$',
    maxLength: 63,
    description: 'What the program signs in with: lower case letters, digits, `.`, `_`, `-`; never another’s.',
  }),
  landlordId: Type.Optional(
    Type.Union([Id, Type.Null()], { description: 'Limits the client to what this landlord sees; then its scopes can only read.' }),
  ),
})
export type CreateApiClient = Static<typeof CreateApiClient>

export const UpdateApiClient = patchOf('UpdateApiClient', closed('ApiClientChange', settable))
export type UpdateApiClient = Static<typeof UpdateApiClient>

const admins = { roles: ['admin'] } as const
const tags = ['api-clients'] as const

export const listApiClients = endpoint({
  method: 'GET',
  url: '/v1/api-clients',
  config: { access: overseers, list: true },
  schema: {
    operationId: 'listApiClients',
    tags,
    summary: 'Programs that may ask for tokens, page by page',
    querystring: ApiClientQuery,
    response: { 200: ApiClientPage },
  },
})

export const getApiClient = endpoint({
  method: 'GET',
  url: '/v1/api-clients/:id',
  config: { access: overseers },
  schema: { operationId: 'getApiClient', tags, summary: 'One program', params: ById, response: { 200: ApiClient } },
})

export const createApiClient = endpoint({
  method: 'POST',
  url: '/v1/api-clients',
  config: { access: admins, effect: 'create' },
  schema: {
    operationId: 'createApiClient',
    tags,
    summary: 'Add a program; its secret is in this answer alone',
    body: CreateApiClient,
    response: { 201: ApiClientWithSecret },
  },
})

export const updateApiClient = endpoint({
  method: 'PATCH',
  url: '/v1/api-clients/:id',
  config: { access: admins, effect: 'change' },
  schema: {
    operationId: 'updateApiClient',
    tags,
    summary: 'Change name or scopes (merge patch)',
    description: 'Other scopes hold from the next token on: one that was given before lasts an hour at most.',
    params: ById,
    body: UpdateApiClient,
    response: { 200: ApiClient },
  },
})

export const addApiClientSecret = endpoint({
  method: 'POST',
  url: '/v1/api-clients/:id/secrets',
  config: { access: admins, effect: 'command' },
  schema: {
    operationId: 'addApiClientSecret',
    tags,
    summary: 'A second secret beside the first; it is in this answer alone',
    description: 'The older one works until it is revoked, so that the program changes over without an interruption.',
    params: ById,
    response: { 200: ApiClientWithSecret },
  },
})

export const revokeOldApiClientSecrets = endpoint({
  method: 'POST',
  url: '/v1/api-clients/:id/revoke-old-secrets',
  config: { access: admins, effect: 'command' },
  schema: {
    operationId: 'revokeOldApiClientSecrets',
    tags,
    summary: 'End every secret but the newest',
    params: ById,
    response: { 200: ApiClient },
  },
})

export const revokeApiClient = endpoint({
  method: 'POST',
  url: '/v1/api-clients/:id/revoke',
  config: { access: admins, effect: 'command' },
  schema: {
    operationId: 'revokeApiClient',
    tags,
    summary: 'End a program and its tokens at once',
    params: ById,
    response: { 200: ApiClient },
  },
})

export const getApiClientHistory = endpoint({
  method: 'GET',
  url: '/v1/api-clients/:id/history',
  config: { access: overseers },
  schema: {
    operationId: 'getApiClientHistory',
    tags,
    summary: 'Who changed what, newest first',
    params: ById,
    response: { 200: History },
  },
})
