import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import { DomainError, isDay, type Fault, type ProblemCode } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'

const options = { allErrors: true, removeAdditional: false, useDefaults: false, strict: false } as const
/** Values are taken as they are: in a body "5" is no number, and null is no zero. */
const checks = withFormats(new Ajv({ ...options, coerceTypes: false }))

function withFormats(ajv: Ajv): Ajv {
  ;(addFormats as unknown as (ajv: Ajv, formats: string[]) => Ajv)(ajv, ['uuid', 'date-time', 'email'])
  ajv.addFormat('civil-day', (text: string) => isDay(text))
  ajv.addFormat('date-time', isInstant)
  return ajv
}

/** RFC 3339 as far as the database and the calendar of days go: 1900–2200, offsets that are in use somewhere. */
function isInstant(text: string): boolean {
  const found = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/.exec(
    text,
  )
  return found !== null && isDay(found[1] as string)
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

type Properties = Readonly<Record<string, { readonly type?: string }>>

const plain: Readonly<Record<string, { readonly written: RegExp; readonly read: (text: string) => unknown }>> = {
  integer: { written: /^(?:0|-?[1-9][0-9]*)$/, read: Number },
  number: { written: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/, read: Number },
  boolean: { written: /^(?:true|false)$/, read: (text) => text === 'true' },
}

/** Path and query values are text by nature: numbers and truth values are read where they are plainly written, 1e2 and 0x10 stay text. */
function fromText({ properties = {} }: { properties?: Properties }): (sent: unknown) => unknown {
  const read = Object.entries(properties).flatMap(([name, { type }]) => {
    const kind = plain[type ?? '']
    return kind === undefined ? [] : [{ name, ...kind }]
  })
  return (sent) => {
    if (read.length === 0 || typeof sent !== 'object' || sent === null) return sent
    const values: Record<string, unknown> = { ...sent }
    for (const kind of read) {
      const value = values[kind.name]
      if (typeof value === 'string' && kind.written.test(value)) values[kind.name] = kind.read(value)
    }
    return values
  }
}

const nothing = { type: 'object', additionalProperties: false, properties: {} } as const

/** Every schema of a route checks its place with all faults at once; an operation that names no query value takes none. */
export function addValidation(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/v1/')) route.schema = { querystring: nothing, ...route.schema }
  })
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const validate = checks.compile(schema as object)
    const read = httpPart === 'body' ? (sent: unknown) => sent : fromText(schema as { properties?: Properties })
    return (sent: unknown) => {
      const value = read(sent)
      return validate(value) ? { value } : { error: malformed(validate.errors ?? [], httpPart ?? 'body') }
    }
  })
  // The functions that turn rows into answers name every field; tests compare each answer with the document.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
}
