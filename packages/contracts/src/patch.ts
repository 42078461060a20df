import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox'

/** A JSON Merge Patch (RFC 7396) of a record: objects member by member, lists and single values whole. */
export type MergePatch<T> = { [Name in keyof T]?: PatchOf<T[Name]> }
type PatchOf<V> = V extends readonly unknown[] ? V : V extends object ? MergePatch<V> : V

const hasObject = (schema: TSchema): boolean => Type.IsObject(schema) || (Type.IsUnion(schema) && schema.anyOf.some(hasObject))

function patchValue(schema: TSchema): TSchema {
  if (!hasObject(schema)) return schema
  if (Type.IsUnion(schema)) return Type.Union(schema.anyOf.map(patchValue))
  const { title } = schema as { title?: string }
  return patchObject(schema as TObject, title === undefined ? undefined : `Update${title}`)
}

function patchObject({ properties }: TObject, title: string | undefined): TSchema {
  const members: TProperties = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, Type.Optional(patchValue(one))]))
  return Type.Object(members, { additionalProperties: false, ...(title === undefined ? {} : { title }) })
}

/** The merge patch of what `create` makes; every member may be left out, in its nested objects too. */
export const patchOf = <S extends TObject>(title: string, create: S) => Type.Unsafe<MergePatch<Static<S>>>(patchObject(create, title))
