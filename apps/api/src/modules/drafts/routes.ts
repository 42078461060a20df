import * as contract from '@kotoisa/contracts'
import type { ByForm, DraftValues } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { inTransaction, readOnce } from '../../platform/database.ts'
import { originOf, type Routes } from '../../platform/route.ts'
import { readDraft, readDrafts } from './read.ts'
import { deleteDraft, putDraft } from './write.ts'

/** The longest form of ours takes a few kilobytes. */
const mostBytes = 65_536

const formOf = (request: FastifyRequest): string => (request.params as Static<typeof ByForm>).form

/** Drafts have names instead of ids, and neither versions nor keys: the last one wins. */
export function registerDrafts({ app, deps }: Routes): void {
  const keys = deps.secrets.dataKeys
  app.route({
    ...contract.getDrafts,
    handler: async (request, reply) => reply.send(await readOnce(deps.database, originOf(request, deps), readDrafts)),
  })
  app.route({
    ...contract.getDraft,
    handler: async (request, reply) => {
      const draft = await readOnce(deps.database, originOf(request, deps), (ctx) => readDraft(ctx, keys, formOf(request)))
      if (draft === null) throw new DomainError('record.notFound')
      return reply.send(draft)
    },
  })
  app.route({
    ...contract.putDraft,
    bodyLimit: mostBytes,
    handler: async (request, reply) => {
      const values = request.body as DraftValues
      return reply.send(await inTransaction(deps.database, originOf(request, deps), (ctx) => putDraft(ctx, keys, formOf(request), values)))
    },
  })
  app.route({
    ...contract.deleteDraft,
    handler: async (request, reply) => {
      await inTransaction(deps.database, originOf(request, deps), (ctx) => deleteDraft(ctx, formOf(request)))
      return reply.code(204).send()
    },
  })
}
