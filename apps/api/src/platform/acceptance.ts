import fastifyAccepts from '@fastify/accepts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { xlsxType } from './xlsx.ts'

const json = 'application/json'
const csv = 'text/csv'

/** What the caller of a list would rather take. */
export function formatOf(request: FastifyRequest): 'json' | 'csv' | 'xlsx' {
  const wanted = request.accepts().type([json, csv, xlsxType])
  return wanted === csv ? 'csv' : wanted === xlsxType ? 'xlsx' : 'json'
}

/** An answer of the API is JSON, a list also CSV and XLSX; a caller that takes none of them is told so (406). */
export async function addAcceptance(app: FastifyInstance): Promise<void> {
  await app.register(fastifyAccepts)
  app.addHook('preValidation', async (request) => {
    if (!request.routeOptions.url?.startsWith('/v1/')) return
    const offered = request.routeOptions.config.list ? [json, csv, xlsxType] : [json]
    if (request.accepts().type([...offered, 'application/problem+json']) === false)
      throw new DomainError('accept.notAcceptable', { offered: offered.join(', ') })
  })
}
