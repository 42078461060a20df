import { isDay } from '@kotoisa/domain'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import { afterAll, expect } from 'vitest'
import type { Config } from '../src/config.ts'
import { addAcceptance } from '../src/platform/acceptance.ts'
import { asDomainError, sendProblem, type ConstraintProblems } from '../src/platform/problem.ts'
import type { Routes } from '../src/platform/route.ts'
import { addValidation } from '../src/platform/validation.ts'
import { startApp, type AccessApp } from './access-app.ts'
import { LeaseWorld } from './lease-world.ts'

/** One module over HTTP, with people of every role. Each answer is compared with the schema of its route. */
export async function moduleWorld(
  register: (routes: Routes) => void,
  constraints: ConstraintProblems,
  config: Partial<Config> = {},
): Promise<{ app: AccessApp; world: LeaseWorld }> {
  const app = await startApp({
    config,
    routes: async (fastify, deps) => {
      addValidation(fastify)
      await addAcceptance(fastify)
      fastify.setErrorHandler((error, request, reply) => sendProblem(request, reply, asDomainError(error, constraints)))
      compareAnswers(fastify)
      register({ app: fastify, deps })
    },
  })
  const world = new LeaseWorld(app, await app.municipality())
  await world.begin()
  return { app, world }
}

function compareAnswers(fastify: FastifyInstance): void {
  const ajv = new Ajv({ strict: false, allErrors: true })
  ;(addFormats as unknown as (ajv: Ajv, formats: string[]) => Ajv)(ajv, ['uuid', 'date-time', 'email'])
  ajv.addFormat('civil-day', (text: string) => isDay(text))
  const validators = new Map<object, ValidateFunction>()
  const faults: string[] = []
  fastify.addHook('onSend', async (request, reply, payload) => {
    const schema = (request.routeOptions.schema?.response as Record<string, object> | undefined)?.[reply.statusCode]
    if (schema === undefined || typeof payload !== 'string' || !String(reply.getHeader('content-type')).includes('json')) return
    const validate = validators.get(schema) ?? ajv.compile(schema)
    validators.set(schema, validate)
    if (!validate(JSON.parse(payload))) faults.push(`${request.method} ${request.routeOptions.url}: ${ajv.errorsText(validate.errors)}`)
  })
  afterAll(() => expect(faults).toEqual([]))
}
