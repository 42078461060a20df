import type { MergePatch } from '@kotoisa/contracts'
import { DomainError, type Fault } from '@kotoisa/domain'
import { Type, type Static, type TObject, type TSchema } from 'typebox'

type Values = { readonly [name: string]: unknown }

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object that a value of the schema is, where it is one and not null. */
function objectOf(schema: TSchema): TObject | undefined {
  if (Type.IsObject(schema)) return schema
  return Type.IsUnion(schema) ? schema.anyOf.map(objectOf).find((one) => one !== undefined) : undefined
}

const isNullable = (schema: TSchema): boolean => Type.IsNull(schema) || (Type.IsUnion(schema) && schema.anyOf.some(isNullable))

/** In a merge patch null and absent are one: a member that may be null is null when neither side has it. */
function whole(schema: TSchema, stored: unknown, sent: unknown, pointer: string, faults: Fault[]): unknown {
  const object = objectOf(schema)
  if (object === undefined || !isValues(sent)) return sent
  const before = isValues(stored) ? stored : {}
  const members = Object.entries(object.properties).flatMap(([name, member]): [string, unknown][] => {
    const place = `${pointer}/${name}`
    if (sent[name] !== undefined) return [[name, whole(member, before[name], sent[name], place, faults)]]
    if (before[name] !== undefined) return [[name, before[name]]]
    if (isNullable(member)) return [[name, null]]
    if (!Type.IsOptional(member)) faults.push({ code: 'value.missing', pointer: place })
    return []
  })
  return Object.fromEntries(members)
}

/**
 * A merge patch (RFC 7396) whose nested objects are whole: merged with what the locked row has, as the schema of a new record
 * wants them. What is left out stays out. 422 tells every member that neither the patch nor the row has.
 */
export function wholePatch<S extends TObject>(create: S, stored: Partial<Static<S>>, patch: MergePatch<Static<S>>): Partial<Static<S>> {
  const [before, sent] = [stored as Values, patch as Values]
  const faults: Fault[] = []
  const values = Object.entries(sent).map(([name, value]): [string, unknown] => {
    const member = (create.properties as { readonly [name: string]: TSchema })[name]
    return [name, member === undefined ? value : whole(member, before[name], value, `/${name}`, faults)]
  })
  if (faults.length > 0) throw new DomainError('request.invalid', { count: faults.length }, { faults })
  return Object.fromEntries(values) as Partial<Static<S>>
}
