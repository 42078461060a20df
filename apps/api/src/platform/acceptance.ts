import fastifyAccepts from '@fastify/accepts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const json = 'application/json'
const csv = 'text/csv'

/** Does the caller of a list rather take CSV? */
export const wantsCsv = (request: FastifyRequest): boolean => request.accepts().type([json, csv]) === csv

/** An answer of the API is JSON, a list also CSV; a caller that takes neither is told so (406). */
export async function addAcceptance(app: FastifyInstance): Promise<void> {
  await app.register(fastifyAccepts)
  app.addHook('preValidation', async (request) => {
    if (!request.routeOptions.url?.startsWith('/v1/')) return
    const offered = request.routeOptions.config.list ? [json, csv] : [json]
    if (request.accepts().type([...offered, 'application/problem+json']) === false)
      throw new DomainError('accept.notAcceptable', { offered: offered.join(', ') })
  })
}
