import { isDay } from '@kotoisa/domain'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import { afterAll, expect } from 'vitest'

/** Every answer that a test sees is one that its route's schema allows (ER-04). */
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

/** The answers that their schema does not allow, as they come. */
export function answerFaults(fastify: FastifyInstance): readonly string[] {
  const ajv = documentValidator()
  const validators = new Map<object, ValidateFunction>()
  const faults: string[] = []
  fastify.addHook('onSend', async (request, reply, payload) => {
    const schema = (request.routeOptions.schema?.response as Record<string, object> | undefined)?.[reply.statusCode]
    if (schema === undefined || typeof payload !== 'string' || !String(reply.getHeader('content-type')).includes('json')) return
    const validate = validators.get(schema) ?? ajv.compile(schema)
    validators.set(schema, validate)
    if (!validate(JSON.parse(payload))) faults.push(`${request.method} ${request.routeOptions.url}: ${ajv.errorsText(validate.errors)}`)
  })
  return faults
}
