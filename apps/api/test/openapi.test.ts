import Fastify from 'fastify'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { documentOf } from '../src/platform/openapi.ts'
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
  app.get('/leaking', { schema: { response } }, () => ({ name: 'x', address: 'y' }))
  await app.inject('/good')
  expect(faults).toEqual([])
  await app.inject('/leaking')
  expect(faults).toEqual([expect.stringContaining('GET /leaking')])
})
