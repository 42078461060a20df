import { codeDescription, codeLabel, codeLists, type CodeListName } from '@kotoisa/contracts'
import { locales } from '@kotoisa/domain'
import Fastify from 'fastify'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { areAudiences } from '../src/platform/audiences.ts'
import { documentOf } from '../src/platform/openapi.ts'
import { xlsxType } from '../src/platform/xlsx.ts'
import { startApp, type AccessApp } from './access-app.ts'
import { answerFaults, documentValidator } from './compare-answers.ts'

type Operation = { operationId?: string; tags?: string[]; summary?: string; responses: Record<string, unknown>; security?: unknown[] }
let kotoisa: AccessApp
let document: { openapi: string; paths: Record<string, Record<string, Operation>> }
beforeAll(async () => {
  kotoisa = await startApp()
  document = JSON.parse(JSON.stringify(documentOf(kotoisa.app))) as typeof document
})

test('openapi.json is the document of the routes: `pnpm openapi` writes it', () => {
  const committed: unknown = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
  expect(committed).toEqual(document)
})

test('every operation has a name of its own, a tag, a summary, its answers and its security', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(document.openapi).toBe('3.1.0')
  expect(operations.length).toBeGreaterThan(80)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { operationId, tags, summary, responses, security } of operations) {
    expect([operationId, tags?.length, typeof summary, Object.keys(responses).length > 1, Array.isArray(security)]).toEqual([
      operationId,
      1,
      'string',
      true,
      true,
    ])
  }
})

interface Content {
  readonly schema: object
  readonly example?: unknown
}
interface Body {
  readonly content?: Record<string, Content>
}

test('every body has an example that its schema allows', () => {
  const { components } = document as unknown as { components: object }
  const bodies = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .flatMap((operation) => {
      const { requestBody, responses } = operation as unknown as { requestBody?: Body; responses: Record<string, Body> }
      const { default: _problem, ...answers } = responses
      return [requestBody, ...Object.values(answers)].map((body) => ({
        name: operation.operationId,
        json: body?.content?.['application/json'],
      }))
    })
    .filter(({ json }) => json !== undefined)
  const ajv = documentValidator()
  const faults = bodies.filter(({ json }) => !ajv.validate({ ...json?.schema, components }, json?.example))
  expect(faults).toEqual([])
  expect(bodies.length).toBeGreaterThan(120)
})

type Node = { readonly [key: string]: unknown }
/** Every object of the document, with the place where it stands. */
function* nodesOf(node: unknown, at = ''): Generator<[place: string, node: Node]> {
  if (node === null || typeof node !== 'object') return
  if (!Array.isArray(node)) yield [at, node as Node]
  for (const [key, value] of Object.entries(node)) if (key !== 'example') yield* nodesOf(value, `${at}/${key}`)
}
const operationsOf = () =>
  Object.entries(document.paths).flatMap(([url, path]) =>
    Object.entries(path).map(([method, operation]) => ({ url, method, ...(operation as Operation & { requestBody?: Body }) })),
  )

test('every value of every enum is described, by more than itself or its label', () => {
  const enums = [...nodesOf(document)].filter(([, { enum: values }]) => Array.isArray(values) && values.length > 1)
  const faults = enums.filter(([, node]) => {
    const texts = (node['x-enum-descriptions'] ?? {}) as Record<string, string>
    return (node['enum'] as unknown[]).some((value) => !/^.{8,}\.$/.test(texts[String(value)] ?? ''))
  })
  expect(faults.map(([at]) => at)).toEqual([])
  expect(enums.length).toBeGreaterThan(60)
  for (const list of Object.keys(codeLists) as CodeListName[])
    for (const value of codeLists[list])
      for (const locale of locales)
        expect([list, value, codeDescription(list, value).toLowerCase()]).not.toEqual([
          list,
          value,
          codeLabel(locale, list, value).toLowerCase(),
        ])
})

test('what audiences get of one record is oneOf: closed schemas of which one value is never two', () => {
  const { components } = document as unknown as { components: { schemas: Record<string, Node> } }
  const titles = (branches: unknown) => (branches as Node[]).map((one) => String(one['$ref'] ?? one['type']).replace(/.*\//, ''))
  const unions = [...nodesOf(document)]
  const views = unions.filter(([, node]) => Array.isArray(node['oneOf'])).map(([, node]) => titles(node['oneOf']))
  expect(views).toEqual(
    expect.arrayContaining([
      ['Sublease', 'MaskedSublease', 'LandlordSublease'],
      ['HouseholdMember', 'MaskedMember'],
    ]),
  )
  for (const branches of views)
    for (const title of branches) expect([title, components.schemas[title]?.['additionalProperties']]).toEqual([title, false])
  // The rest says no more than that a value may be null.
  const others = unions.filter(([, node]) => Array.isArray(node['anyOf'])).map(([, node]) => titles(node['anyOf']))
  expect(others.filter((branches) => branches.length !== 2 || branches[1] !== 'null')).toEqual([])
})

test('a schema is one of several only where that follows from it', () => {
  const object = (properties: object, required = Object.keys(properties)) => ({
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  })
  const text = { type: 'string' }
  const full = object({ id: text, note: text })
  expect(areAudiences([full, object({ id: text })])).toBe(true)
  expect(areAudiences([full, object({ id: text, note: { type: 'null' } })])).toBe(true)
  expect(areAudiences([full, object({ id: text, note: { anyOf: [text, { type: 'null' }] } })])).toBe(false)
  expect(areAudiences([full, object({ id: text, note: text }, ['id'])])).toBe(false)
  expect(areAudiences([full, { ...object({ id: text }), additionalProperties: true }])).toBe(false)
  expect(areAudiences([full, { type: 'null' }])).toBe(false)
})

test('media types: a patch as merge patch too, a list as CSV and XLSX too', () => {
  for (const { method, operationId, requestBody, responses } of operationsOf()) {
    if (method === 'patch')
      expect([operationId, Object.keys(requestBody?.content ?? {})]).toEqual([
        operationId,
        ['application/json', 'application/merge-patch+json'],
      ])
    const types = Object.keys((responses['200'] as Body | undefined)?.content ?? {})
    const isList = operationId?.startsWith('list') && operationId !== 'listCodeLists'
    expect([operationId, types.includes('text/csv'), types.includes(xlsxType)]).toEqual([operationId, isList, isList])
  }
  const csv = (document.paths['/v1/subleases']?.['get']?.responses['200'] as Body | undefined)?.content?.['text/csv']
  expect(csv?.schema).toMatchObject({ type: 'string' })
})

test('every refusal of an operation is named, by reference to one problem document', () => {
  const { responses: shared } = (document as unknown as { components: { responses: Record<string, Body> } }).components
  for (const one of Object.values(shared))
    expect(one.content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } })
  const refusals = (operationId: string) => {
    const { responses } = operationsOf().find((one) => one.operationId === operationId) as Operation
    return Object.keys(responses).filter((status) => Number(status) >= 400)
  }
  for (const { responses } of operationsOf()) {
    for (const [status, answer] of Object.entries(responses))
      if (Number(status) >= 400)
        expect(shared).toHaveProperty(((answer as { $ref: string }).$ref.match(/^#\/components\/responses\/(\w+)$/) ?? [])[1] ?? '?')
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '429', '500', '503', 'default']))
  }
  expect(refusals('listSubleases')).toEqual(['400', '401', '403', '406', '429', '500', '503'])
  expect(refusals('createSublease')).toEqual(['400', '401', '403', '406', '409', '413', '415', '422', '429', '500', '503'])
  expect(refusals('updateSublease')).toEqual([
    '400',
    '401',
    '403',
    '404',
    '406',
    '409',
    '412',
    '413',
    '415',
    '422',
    '428',
    '429',
    '500',
    '503',
  ])
  expect(refusals('signSublease')).toEqual(refusals('updateSublease'))
  expect(refusals('createSession')).toEqual(['400', '401', '406', '413', '415', '429', '500', '503'])
})

test('IN-03 every string, number and list of a request is bounded', () => {
  const faults: string[] = []
  const walk = (node: unknown, at: string): void => {
    if (Array.isArray(node)) return node.forEach((one, index) => walk(one, `${at}/${index}`))
    if (node === null || typeof node !== 'object') return
    const { type, ...schema } = node as { type?: unknown; [key: string]: unknown }
    if (type === 'string' && schema['maxLength'] === undefined && schema['enum'] === undefined) faults.push(`${at}: string`)
    if ((type === 'integer' || type === 'number') && (schema['maximum'] === undefined || schema['minimum'] === undefined))
      faults.push(`${at}: ${type}`)
    if (type === 'array' && schema['maxItems'] === undefined) faults.push(`${at}: array`)
    if (type === 'object' && schema['properties'] !== undefined && schema['additionalProperties'] !== false && !at.endsWith('/headers'))
      faults.push(`${at}: open object`)
    for (const [key, value] of Object.entries(schema)) walk(value, `${at}/${key}`)
  }
  for (const [url, path] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(path)) {
      const { requestBody, parameters } = operation as unknown as { requestBody?: unknown; parameters?: unknown }
      walk({ requestBody, parameters }, `${method} ${url}`)
    }
  }
  walk((document as unknown as { components: { schemas: unknown } }).components.schemas, 'schemas')
  expect(faults.filter((fault) => !/CalculationStep|Answer|result/.test(fault))).toEqual([])
})

test('ER-04 an answer that its schema does not allow fails the test that saw it', async () => {
  const app = Fastify()
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  const faults = answerFaults(app)
  const response = { 200: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false } }
  app.get('/good', { schema: { response } }, () => ({ name: 'x' }))
  const unnamed = { schema: { operationId: 'lost', response }, config: { access: { public: true } } }
  app.get('/lost', unnamed as never, (_request, reply) => reply.code(404).type('application/problem+json').send({ title: 'x' }))
  app.get('/leaking', { schema: { response } }, () => ({ name: 'x', address: 'y' }))
  await app.inject('/good')
  expect(faults).toEqual([])
  await app.inject('/leaking')
  await app.inject('/lost')
  expect(faults).toEqual([expect.stringContaining('GET /leaking'), 'GET /lost: 404 is not documented'])
})
