type Node = { readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const propertiesOf = (schema: Node) => (isNode(schema['properties']) ? schema['properties'] : {})
const requiredOf = (schema: Node) => (Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
const valuesOf = (schema: Node): readonly unknown[] | undefined =>
  (schema['enum'] as readonly unknown[] | undefined) ?? (schema['const'] === undefined ? undefined : [schema['const']])

/** Does the one need a property that the other, being closed, refuses? */
const needsMore = (one: Node, other: Node): boolean =>
  other['additionalProperties'] === false && requiredOf(one).some((name) => !Object.hasOwn(propertiesOf(other), name))

/** Is there surely no value that both allow? */
function exclude(one: unknown, other: unknown): boolean {
  if (!isNode(one) || !isNode(other)) return false
  if (Array.isArray(one['anyOf'])) return one['anyOf'].every((branch) => exclude(branch, other))
  if (Array.isArray(other['anyOf'])) return exclude(other, one)
  const [a, b] = [valuesOf(one), valuesOf(other)]
  if (a && b) return !a.some((value) => b.includes(value))
  const types = [one['type'], other['type']]
  if (types.includes(undefined)) return false
  if (types[0] !== types[1]) return !types.includes('integer') || !types.includes('number')
  if (types[0] !== 'object') return false
  const inBoth = requiredOf(one).filter((name) => requiredOf(other).includes(name))
  return (
    needsMore(one, other) || needsMore(other, one) || inBoth.some((name) => exclude(propertiesOf(one)[name], propertiesOf(other)[name]))
  )
}

/**
 * Are these what several audiences get of one record: closed objects, at least two, of which no value can be more than one?
 * Proved from the schemas, so that `oneOf` is said of no others.
 */
export function areAudiences(branches: unknown): branches is readonly Node[] {
  if (!Array.isArray(branches)) return false
  const objects = branches.filter((one): one is Node => isNode(one) && one['type'] === 'object')
  return (
    objects.length > 1 &&
    objects.length === branches.length &&
    objects.every((one, index) => objects.slice(index + 1).every((other) => exclude(one, other)))
  )
}

/** The schema with `oneOf` where its unions are of audiences; a nullable stays `anyOf`. */
export function withOneOf(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withOneOf)
  if (!isNode(node)) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key === 'anyOf' && areAudiences(value) ? 'oneOf' : key, withOneOf(value)]),
  )
}
