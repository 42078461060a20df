/** What a list's item is made of, as far as a table of it needs to know. */
export interface ItemSchema {
  readonly type?: string
  readonly title?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly items?: ItemSchema
  readonly anyOf?: readonly ItemSchema[]
  readonly properties?: Readonly<Record<string, ItemSchema>>
}

export interface ItemColumn {
  /** Those of an inner object as `landlord.name`. */
  readonly path: string
  /** What a value of it is, null left aside. */
  readonly schema: ItemSchema
}

const formsOf = (schema: ItemSchema): readonly ItemSchema[] => schema.anyOf ?? [schema]

/** A column a property, in the order of the schema. */
export function columnsOf(item: ItemSchema, prefix = '', depth = 1): ItemColumn[] {
  const columns = new Map<string, ItemSchema>()
  const add = (path: string, schema: ItemSchema): void => {
    // A masked variant says only that it is null: what the others say of it tells more.
    if (!columns.has(path) || columns.get(path)?.type === 'null') columns.set(path, schema)
  }
  for (const variant of formsOf(item)) {
    for (const [name, schema] of Object.entries(variant.properties ?? {})) {
      const inner = formsOf(schema).find((one) => one.properties !== undefined)
      if (inner && depth < 4) for (const column of columnsOf(inner, `${prefix}${name}.`, depth + 1)) add(column.path, column.schema)
      else add(`${prefix}${name}`, formsOf(schema).find((one) => one.type !== 'null') ?? schema)
    }
  }
  // Where a masked variant has null for an object, the object's own columns are empty: it needs none itself.
  const paths = [...columns.keys()]
  return [...columns].filter(([path]) => !paths.some((other) => other.startsWith(`${path}.`))).map(([path, schema]) => ({ path, schema }))
}

export const valueAt = (item: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], item)
