import { isDay } from '@kotoisa/domain'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { afterAll, expect } from 'vitest'
import { withOneOf } from '../src/platform/audiences.ts'
import { generalRefusals, refusalsOf, type Refusing } from '../src/platform/refusals.ts'

/** Every answer that a test sees is one that its route's schema allows, every refusal one that the document names (ER-04). */
export const compareAnswers = (fastify: FastifyInstance): void => {
  const faults = answerFaults(fastify)
  afterAll(() => expect(faults).toEqual([]))
}

/** Reads the document's schemas as they are. */
export function documentValidator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true })
  ;(addFormats as unknown as (ajv: Ajv, formats: string[]) => Ajv)(ajv, ['uuid', 'date-time', 'email'])
  ajv.addFormat('civil-day', (text: string) => isDay(text))
  return ajv
}

/** Is it an operation of the document, which does not name this refusal? */
function isUnnamed(request: FastifyRequest, status: number): boolean {
  const { schema, url, config } = request.routeOptions
  if (status < 400 || url === undefined || (schema as { operationId?: string } | undefined)?.operationId === undefined) return false
  const named = refusalsOf({ method: request.method, url, config, schema } as Refusing)
  return !named.includes(status) && !generalRefusals.includes(status)
}

/** The answers that their schema does not allow, as they come; of several audiences' schemas exactly one has to. */
export function answerFaults(fastify: FastifyInstance): readonly string[] {
  const ajv = documentValidator()
  const validators = new Map<object, ValidateFunction>()
  const faults: string[] = []
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (isUnnamed(request, reply.statusCode))
      faults.push(`${request.method} ${request.routeOptions.url}: ${reply.statusCode} is not documented`)
    const schema = (request.routeOptions.schema?.response as Record<string, object> | undefined)?.[reply.statusCode]
    if (schema === undefined || typeof payload !== 'string' || !String(reply.getHeader('content-type')).includes('json')) return
    const validate = validators.get(schema) ?? ajv.compile(withOneOf(schema) as object)
    validators.set(schema, validate)
    if (!validate(JSON.parse(payload))) faults.push(`${request.method} ${request.routeOptions.url}: ${ajv.errorsText(validate.errors)}`)
  })
  return faults
}
