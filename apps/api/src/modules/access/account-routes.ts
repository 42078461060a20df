import * as contract from '@kotoisa/contracts'
import type { FastifyRequest } from 'fastify'
import { requireKey } from '../../platform/idempotency.ts'
import { list } from '../../platform/list.ts'
import { ask, change, command, create, originOf, read, type Routes } from '../../platform/route.ts'
import { addClient, endClient, endOldSecrets, giveSecret, updateClient } from './api-client-commands.ts'
import { apiClientList, readApiClient, readApiClientHistory } from './api-client-list.ts'
import { refuseOutsiders } from './invite-outsiders.ts'
import { getOwnSessions, getSessionsOfUser } from './living-sessions.ts'
import { inviteOrganisationUser, organisationUserList, readOrganisationUser } from './organisation-users.ts'
import { changeLocale } from './own-account.ts'
import { disableUser, enableUser, inviteUser, inviteUserAgain, updateUser } from './user-commands.ts'
import { readUser, readUserHistory, userList } from './user-list.ts'

/** Accounts of people and programs: whoever looks after them, landlords for their own, everybody for themselves. */
export function registerAccounts(routes: Routes): void {
  const { directoryKey } = routes.deps.secrets
  list(routes, contract.listUsers, userList)
  read(routes, contract.getUser, readUser)
  create(routes, contract.inviteUser, (ctx, body) => inviteUser(ctx, directoryKey, body), readUser)
  change(routes, contract.updateUser, updateUser, readUser)
  command(routes, contract.disableUser, disableUser, readUser)
  command(routes, contract.enableUser, enableUser, readUser)
  command(routes, contract.inviteUserAgain, inviteUserAgain, readUser)
  ask(routes, contract.getUserHistory, (ctx, { id }) => readUserHistory(ctx, id))
  ask(routes, contract.getSessionsOfUser, (ctx, { id }) => getSessionsOfUser(ctx, id))

  list(routes, contract.listOrganisationUsers, organisationUserList)
  read(routes, contract.getOrganisationUser, readOrganisationUser)
  create(
    routes,
    {
      ...contract.inviteOrganisationUser,
      preHandler: async (request: FastifyRequest<{ Body: contract.InviteOrganisationUser }>) => {
        requireKey(request.headers['idempotency-key'])
        await refuseOutsiders(routes.deps, originOf(request, routes.deps), request.body)
      },
    },
    (ctx, body) => inviteOrganisationUser(ctx, directoryKey, body),
    readOrganisationUser,
  )
  command(routes, contract.disableOrganisationUser, disableUser, readOrganisationUser)
  command(routes, contract.enableOrganisationUser, enableUser, readOrganisationUser)
  command(routes, contract.inviteOrganisationUserAgain, inviteUserAgain, readOrganisationUser)

  list(routes, contract.listApiClients, apiClientList)
  read(routes, contract.getApiClient, readApiClient)
  create(routes, contract.createApiClient, (ctx, body) => addClient(ctx, directoryKey, body), readApiClient)
  change(routes, contract.updateApiClient, updateClient, readApiClient)
  command(routes, contract.addApiClientSecret, giveSecret, readApiClient)
  command(routes, contract.revokeOldApiClientSecrets, endOldSecrets, readApiClient)
  command(routes, contract.revokeApiClient, endClient, readApiClient)
  ask(routes, contract.getApiClientHistory, (ctx, { id }) => readApiClientHistory(ctx, id))

  ask(routes, contract.getOwnSessions, (ctx) => getOwnSessions(ctx))
  ask(routes, contract.changeLocale, (ctx, { body }) => changeLocale(ctx, body.locale))
}
