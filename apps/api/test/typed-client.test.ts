import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import openapi, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'

/**
 * J1: client code is made from `openapi.json` by a generator of others, and programs against it are checked by the
 * compiler: what the API takes compiles, what it does not take does not.
 */
const folder = mkdtempSync(join(process.env['TEST_ROOT'] ?? tmpdir(), 'client-'))

beforeAll(async () => {
  const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')) as Parameters<typeof openapi>[0]
  writeFileSync(join(folder, 'kotoisa.ts'), astToString(await openapi(document, { silent: true })))
  writeFileSync(join(folder, 'client.ts'), client)
})

/** A whole client: the paths and bodies are the generated types, nothing else is known of the API. */
const client = `
import type { paths } from './kotoisa.ts'

type Method = 'get' | 'post' | 'patch' | 'delete'
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never
export type Answer<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201)]> : never
type Body<O> = O extends { requestBody: infer B } ? Json<B> : undefined
type Parameters<O> = O extends { parameters: infer P } ? { [K in keyof P as P[K] extends undefined ? never : K]: P[K] } : object

export declare function call<P extends keyof paths, M extends Method>(
  method: M,
  path: P,
  input: Parameters<Operation<P, M>> & { body?: Body<Operation<P, M>> },
): Promise<Answer<Operation<P, M>>>
`

/** What the compiler says to each program, strict as it can be; they are compiled together, since most of it is the client. */
function faultsOf(programs: readonly string[]): string[] {
  const files = programs.map((program, index) => {
    const file = join(folder, `program-${index}.ts`)
    writeFileSync(file, `import { call } from './client.ts'\n${program}\nexport {}\n`)
    return file
  })
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  }
  const faults = ts
    .getPreEmitDiagnostics(ts.createProgram(files, options))
    .map(({ file, messageText }) => ({ name: file?.fileName ?? '', text: ts.flattenDiagnosticMessageText(messageText, '\n') }))
  const ofClient = faults.filter(({ name }) => !files.includes(name)).map(({ text }) => text)
  return files.map((file) => [...ofClient, ...faults.filter(({ name }) => name === file).map(({ text }) => text)].join('\n'))
}

describe('J1 a client generated from openapi.json', () => {
  test('compiles, and so does a program that lets a home with it', () => {
    const program = `
const { items, nextCursor } = await call('get', '/v1/flats', { query: { minRooms: 2, sort: 'address', limit: 20 } })
const flat = items[0]
if (flat === undefined) throw new Error('no home')
const address: string = flat.address
const next: string | null = nextCursor
const lease = await call('post', '/v1/head-leases', {
  header: { 'idempotency-key': 'one' },
  body: { flatId: flat.id, term: 'indefinite', startsOn: '2027-01-01', rentParts: [{ kind: 'base', cents: 65_000 }] },
})
const signed = await call('post', '/v1/head-leases/{id}/sign', {
  path: { id: lease.id },
  header: { 'idempotency-key': 'two', 'if-match': lease.etag },
  body: { signedOn: '2027-01-01' },
})
const cents: number | null = signed.rentCents
for (const { code, blocks } of signed.missing) console.log(address, next, cents, code, blocks)
const session = await call('post', '/v1/sessions', { body: { email: 'a@kunta.example', password: 'x' } })
console.log(session.accessToken, session.user.roles.includes('coordinator'))
declare const console: { log(...values: unknown[]): void }
`
    expect(faultsOf([program])).toEqual([''])
  })

  test('knows the audiences of a sublease apart', () => {
    const program = `
const { items } = await call('get', '/v1/subleases', {})
for (const lease of items) {
  if ('tenantDisclosure' in lease) {
    const size: number | null = lease.householdSize
    void size
  } else if (lease.masked) {
    const nobody: null = lease.household
    void nobody
  } else {
    const name: string = lease.household.name
    void name
  }
}
`
    expect(faultsOf([program])).toEqual([''])
  })

  const refused: readonly [what: string, program: string, fault: RegExp][] = [
    ['a path that is not there', `await call('get', '/v1/flat', {})`, /'"\/v1\/flat"' is not assignable/],
    ['a method that is not there', `await call('delete', '/v1/code-lists', {})`, /not assignable/],
    ['a field that is not there', `const { items } = await call('get', '/v1/flats', {}); items[0]?.street`, /'street' does not exist/],
    ['a filter that is not there', `await call('get', '/v1/flats', { query: { rooms: 2 } })`, /'rooms' does not exist/],
    [
      'a value that is not in the list',
      `await call('post', '/v1/areas', { header: { 'idempotency-key': 'x' }, body: { name: 1 } })`,
      /not assignable to type 'string'/,
    ],
    ['a create without its key', `await call('post', '/v1/areas', { body: { name: 'x' } })`, /idempotency-key|header/],
  ]
  test('refuses what the API does not take', () => {
    const told = faultsOf(refused.map(([, program]) => program))
    refused.forEach(([what, , fault], index) => expect(told[index], what).toMatch(fault))
  })
})
