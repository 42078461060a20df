import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { codeDescription, codeLists, Problem, type Access, type CodeListName, type Effect } from '@kotoisa/contracts'
import { scopes } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'
import manifest from '../../package.json' with { type: 'json' }
import { withOneOf } from './audiences.ts'
import { exampleOf } from './examples.ts'
import { jsonType, mergePatchType } from './media-types.ts'
import { refusalResponses, refusals, refusalsOf, type Refusing } from './refusals.ts'
import { xlsxType } from './xlsx.ts'

type Config = { readonly access?: Access; readonly effect?: Effect; readonly list?: true } | undefined

/** Of use to `documentOf` only, which takes it out again. */
const refusedWith = 'x-refused-with'
const isList = 'x-list'

/** Headers that a write must bring, who may call, media types and refusals, from the endpoint itself. */
function describe(schema: object, route: { method: string | string[]; url: string }, config: Config): object {
  const access = config?.access
  const method = String(route.method) as Refusing['method']
  const security =
    access === undefined || 'public' in access
      ? []
      : 'signedIn' in access
        ? [{ bearer: [] }]
        : [{ bearer: [] }, ...(access.scope ? [{ client: [access.scope] }] : [])]
  const text = (description: string) => ({ type: 'string', maxLength: 255, description })
  const needs = {
    ...(config?.effect === 'create' || config?.effect === 'command'
      ? { 'idempotency-key': text('1–255 printable ASCII characters; the same key and request again give the same answer.') }
      : {}),
    ...(config?.effect === 'change' || config?.effect === 'command'
      ? { 'if-match': text('The `etag` of the version that is changed.') }
      : {}),
  }
  const roles = access !== undefined && 'roles' in access ? `Roles: ${access.roles.join(', ')}.` : ''
  const { description } = schema as { description?: string }
  return {
    ...(method === 'PATCH' ? { consumes: [jsonType, mergePatchType] } : {}),
    ...schema,
    [refusedWith]: refusalsOf({ method, url: route.url, config: config ?? {}, schema }),
    ...(config?.list ? { [isList]: true } : {}),
    ...(roles === '' ? {} : { description: [description, roles].filter(Boolean).join('\n\n') }),
    security,
    ...(Object.keys(needs).length === 0 ? {} : { headers: { type: 'object', required: Object.keys(needs), properties: needs } }),
  }
}

export const documentOptions: FastifyDynamicSwaggerOptions = {
  transform: ({ schema, url, route }) =>
    ({
      schema: schema === undefined ? schema : describe(schema, route, route.config as Config),
      url,
    }) as never,
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Kotoisa',
      description: 'Head leases, subleases, homes and households of a municipality that subleases homes to refugees.',
      version: manifest.version,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        client: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: '/oauth/token',
              scopes: Object.fromEntries(scopes.map((scope) => [scope, codeDescription('scope', scope)])),
            },
          },
        },
      },
    },
  },
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What the values of an enum mean, where they are those of a code list. */
function descriptionsOf(values: Json | undefined): { [value: string]: string } | null {
  if (!Array.isArray(values)) return null
  const list = (Object.keys(codeLists) as CodeListName[]).find((name) =>
    values.every((value) => (codeLists[name] as readonly Json[]).includes(value)),
  )
  return list === undefined ? null : Object.fromEntries(values.map((value) => [String(value), codeDescription(list, String(value))]))
}

/** Beside each schema of a body, what such a body looks like. */
function addExamples(operation: { [key: string]: Json }): void {
  const bodies = [operation['requestBody'], ...Object.values((operation['responses'] ?? {}) as { [status: string]: Json })]
  for (const body of bodies as { content?: { [type: string]: { schema?: { [key: string]: Json }; example?: Json } } }[]) {
    for (const content of Object.values(body?.content ?? {})) {
      if (content.schema && content.schema['type'] !== 'string') content.example = exampleOf(content.schema)
    }
  }
}

/** All that an operation answers: a list as CSV and XLSX too, each refusal by its name, and whatever the connection itself is refused with. */
function answer(operation: { [key: string]: Json }, problem: { [key: string]: Json }): void {
  const { [refusedWith]: statuses, [isList]: list } = operation
  delete operation[refusedWith]
  delete operation[isList]
  const responses = operation['responses'] as { [status: string]: { content?: { [type: string]: Json } } }
  if (list === true && responses['200']?.content) {
    responses['200'].content['text/csv'] = { schema: { type: 'string', description: csvText } }
    responses['200'].content[xlsxType] = { schema: { type: 'string', contentMediaType: xlsxType, description: xlsxText } }
  }
  operation['responses'] = {
    ...responses,
    ...Object.fromEntries(
      ((statuses ?? []) as number[]).map((status) => [status, { $ref: `#/components/responses/${refusals[status]?.[0] ?? ''}` }]),
    ),
    default: { description: 'Problem document', content: { 'application/problem+json': { schema: problem } } },
  } as Json
}

const csvText =
  'Every row of the filter (`limit` caps them, `cursor` begins behind it), a column a property (`landlord.name`); RFC 4180, comma, CRLF, UTF-8 with BOM.'

const xlsxText =
  'The same rows for people: heads and codes in the language of `Accept-Language`, days, times (Finnish time) and sums (euros) as cells to count with, without ids.'

/** Schemas with a name stand once, under components, and are referred to; every error is the Problem document. */
export function documentOf(app: FastifyInstance): Json {
  const document = structuredClone(app.swagger()) as unknown as { [key: string]: Json } & {
    components: { [kind: string]: { [name: string]: Json } }
  }
  const schemas: { [name: string]: Json } = {}
  const hoist = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(hoist)
    if (node === null || typeof node !== 'object') return node
    const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, hoist(value)])) as { [key: string]: Json }
    const described = descriptionsOf(inner['enum'])
    // What a schema says of its own values holds: others may have the same words for something else.
    if (described) inner['x-enum-descriptions'] ??= described
    const title = inner['title']
    if (typeof title !== 'string' || inner['type'] !== 'object') return inner
    schemas[title] ??= inner
    return { $ref: `#/components/schemas/${title}` }
  }
  const documented = (document['paths'] ?? {}) as { [path: string]: { [method: string]: { [key: string]: Json } } }
  for (const operation of Object.values(documented).flatMap(Object.values<{ [key: string]: Json }>)) addExamples(operation)
  const problem = hoist(JSON.parse(JSON.stringify(Problem)) as Json) as { [key: string]: Json }
  // Before hoisting: afterwards the branches are references, which tell nothing of what they exclude.
  const paths = hoist(withOneOf(documented) as Json) as { [path: string]: { [method: string]: { [key: string]: Json } } }
  for (const operation of Object.values(paths).flatMap(Object.values<{ [key: string]: Json }>)) answer(operation, problem)
  document['paths'] = paths
  document.components = {
    ...document.components,
    responses: refusalResponses(problem) as { [name: string]: Json },
    schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
  return document
}

/** The contract for programs; the same text as `apps/api/openapi.json`. */
export function registerDocument(app: FastifyInstance): void {
  let text: string | undefined
  app.get('/openapi.json', { config: { access: { public: true } }, schema: { hide: true } }, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send((text ??= JSON.stringify(documentOf(app)))),
  )
}
