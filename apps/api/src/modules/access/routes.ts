import * as contract from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { inTransaction, readOnce, type Origin } from '../../platform/database.ts'
import { list } from '../../platform/list.ts'
import { formType } from '../../platform/media-types.ts'
import type { ConstraintProblems } from '../../platform/problem.ts'
import type { Routes } from '../../platform/route.ts'
import { registerAccounts } from './account-routes.ts'
import { auditEntryList } from './audit-entries.ts'
import type { AccessDeps, AnonymousOrigin } from './directory.ts'
import { credentialsOf, issueToken } from './issue-token.ts'
import { oauthProblem, refuseBadForm } from './oauth-problem.ts'
import { useOneTimeLink } from './one-time-links.ts'
import { deviceOf } from './device.ts'
import { endOneSession } from './living-sessions.ts'
import { changePassword } from './own-account.ts'
import { createPasswordHashing } from './password-hashing.ts'
import { askForPasswordReset } from './password-resets.ts'
import { clearClient, clearCookie, cookieOf, giveCookie, refuseOtherOrigins } from './refresh-cookie.ts'
import { refresh } from './refresh.ts'
import { currentSession, endCurrentSession, ownSession, type OpenedSession } from './session.ts'
import { signIn } from './sign-in.ts'

export const accessConstraints: ConstraintProblems = {
  sign_in_directory_pkey: { code: 'user.emailTaken', pointer: '/email' },
}

/** Signing in and out, for people and for programs. None of it takes an Idempotency-Key or If-Match (docs/architecture.md). */
export async function registerAccess({ app, deps }: Routes): Promise<void> {
  list({ app, deps }, contract.listAuditEntries, auditEntryList)
  registerAccounts({ app, deps })
  const access: AccessDeps = {
    pool: deps.database,
    tokens: app.tokens,
    hashing: createPasswordHashing(),
    directoryKey: deps.secrets.directoryKey,
    publicUrl: deps.config.publicUrl,
  }
  const anonymous = (request: FastifyRequest): AnonymousOrigin => ({
    now: deps.clock(),
    log: request.log,
    requestId: request.id,
    sourceAddress: request.ip,
  })
  const signedIn = (request: FastifyRequest): Origin => {
    if (request.actor === null) throw new DomainError('auth.required')
    return { ...anonymous(request), actor: request.actor }
  }
  const answer = (reply: FastifyReply, opened: OpenedSession) => giveCookie(reply, opened.refreshToken).send(opened.session)

  app.route<{ Body: contract.SignIn }>({
    ...contract.createSession,
    compress: false,
    handler: async (request, reply) =>
      answer(reply, await signIn(access, anonymous(request), request.body, deviceOf(request.headers['user-agent']))),
  })
  app.route({
    ...contract.refreshSession,
    compress: false,
    handler: async (request, reply) => {
      refuseOtherOrigins(request, access.publicUrl)
      const token = cookieOf(request)
      try {
        if (token === null) throw new DomainError('auth.sessionEnded')
        const opened = await refresh(access, anonymous(request), token)
        return giveCookie(reply, opened.refreshToken).send(opened.session)
      } catch (error) {
        if (error instanceof DomainError && error.kind === 'unauthenticated') clearCookie(reply)
        throw error
      }
    },
  })
  app.route({ ...contract.getCurrentSession, handler: (request) => readOnce(access.pool, signedIn(request), currentSession) })
  app.route({
    ...contract.endCurrentSession,
    handler: async (request, reply) => {
      await inTransaction(access.pool, signedIn(request), endCurrentSession)
      return clearClient(reply).code(204).send()
    },
  })
  app.route<{ Params: { id: string } }>({
    ...contract.endOneSession,
    handler: async (request, reply) => {
      const origin = signedIn(request)
      const { id } = request.params
      await inTransaction(access.pool, origin, (ctx) => endOneSession(ctx, id))
      if (ownSession(origin.actor).sessionId === id) clearClient(reply)
      return reply.code(204).send()
    },
  })
  app.route<{ Body: contract.ChangePassword }>({
    ...contract.changePassword,
    handler: async (request, reply) => {
      await changePassword(access, signedIn(request), request.body)
      return reply.code(204).send()
    },
  })
  app.route<{ Body: contract.AskForPasswordReset }>({
    ...contract.askForPasswordReset,
    handler: async (request, reply) => {
      await askForPasswordReset(access, anonymous(request), request.body)
      return reply.code(202).send()
    },
  })
  app.route<{ Body: contract.UseOneTimeLink }>({
    ...contract.useOneTimeLink,
    handler: async (request, reply) => {
      await useOneTimeLink(access, anonymous(request), request.body)
      return reply.code(204).send()
    },
  })
  app.route<{ Body: contract.TokenRequest }>({
    ...contract.createToken,
    compress: false,
    config: { ...contract.createToken.config, mediaTypes: [formType] },
    schema: { ...contract.createToken.schema, consumes: [formType] },
    attachValidation: true,
    errorHandler: oauthProblem,
    handler: async (request, reply) => {
      const credentials = credentialsOf(request.headers.authorization)
      refuseBadForm(request)
      reply.header('pragma', 'no-cache')
      return issueToken(access, anonymous(request), credentials, request.body.scope)
    },
  })
}
