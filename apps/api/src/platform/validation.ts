import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import { DomainError, isDay, type Fault, type ProblemCode } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'

const options = { allErrors: true, removeAdditional: false, useDefaults: false, strict: false } as const
/** Bodies are taken as they are: "5" is no number and null is no zero (null would become 0). */
const strict = withFormats(new Ajv({ ...options, coerceTypes: false }))
/** Path and query values are text by nature. */
const lenient = withFormats(new Ajv({ ...options, coerceTypes: true }))

function withFormats(ajv: Ajv): Ajv {
  ;(addFormats as unknown as (ajv: Ajv, formats: string[]) => Ajv)(ajv, ['uuid', 'date-time', 'email'])
  ajv.addFormat('civil-day', (text: string) => isDay(text))
  return ajv
}

const codes: Record<string, ProblemCode> = {
  type: 'value.type',
  format: 'value.format',
  pattern: 'value.pattern',
  minLength: 'value.tooShort',
  maxLength: 'value.tooLong',
  minimum: 'value.tooSmall',
  maximum: 'value.tooLarge',
  enum: 'value.notAllowed',
  const: 'value.notAllowed',
  required: 'value.missing',
  additionalProperties: 'value.unknown',
  minItems: 'value.count',
  maxItems: 'value.count',
  uniqueItems: 'value.count',
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** `X | null`: what is wrong with X is worth telling, that it is not null either is not. */
const isNoise = (error: ErrorObject) =>
  (error.keyword === 'type' && (error.params as { type?: unknown }).type === 'null') ||
  error.keyword === 'anyOf' ||
  error.keyword === 'oneOf'

/** Limits may be told, values never. */
function paramsOf(error: ErrorObject): Record<string, string | number | boolean | null> {
  const { limit, type, format, allowedValues } = error.params as {
    limit?: number
    type?: string | string[]
    format?: string
    allowedValues?: unknown[]
  }
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(type === undefined ? {} : { type: String(type) }),
    ...(format === undefined ? {} : { format }),
    ...(allowedValues === undefined ? {} : { allowed: allowedValues.join(', ').slice(0, 500) }),
  }
}

function faultOf(error: ErrorObject, place: string): Fault {
  const missing = (error.params as { missingProperty?: string }).missingProperty
  const extra = (error.params as { additionalProperty?: string }).additionalProperty
  const path = missing ?? extra
  const pointer = path === undefined ? error.instancePath : `${error.instancePath}/${escaped(path).slice(0, 120)}`
  const code = codes[error.keyword] ?? 'value.invalid'
  return { code, params: paramsOf(error), ...(place === 'body' ? { pointer } : { parameter: pointer.replace(/^\//, '') }) }
}

function malformed(errors: readonly ErrorObject[], place: string): DomainError {
  const telling = errors.filter((error) => !isNoise(error))
  const faults: Fault[] = []
  for (const error of telling.length > 0 ? telling : errors) {
    const fault = faultOf(error, place)
    if (!faults.some((one) => one.pointer === fault.pointer && one.parameter === fault.parameter && one.code === fault.code))
      faults.push(fault)
  }
  return new DomainError('request.malformed', {}, { faults: faults.slice(0, 200) })
}

/** Every schema of a route checks its place with all faults at once. */
export function addValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const validate = (httpPart === 'body' ? strict : lenient).compile(schema as object)
    return (value: unknown) => (validate(value) ? { value } : { error: malformed(validate.errors ?? [], httpPart ?? 'body') })
  })
  // The functions that turn rows into answers name every field; tests compare each answer with the document.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
}
