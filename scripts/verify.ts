// `npm run verify`: what can be told in seconds without a database. Two checks at a time; each prints only when it fails.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string, folder = '') => `${root}${folder}node_modules/.bin/${name}`
const types = (folder: string, tool = bin('tsc')) => [
  tool,
  '-p',
  folder,
  '--noEmit',
  '--incremental',
  '--tsBuildInfoFile',
  `.cache/types/${folder.replaceAll('/', '-')}.tsbuildinfo`,
]

/** The slowest first. */
const checks: Record<string, string[]> = {
  'types web': types('apps/web', bin('vue-tsc', 'apps/web/')),
  'types api': types('apps/api'),
  'types e2e': types('apps/e2e'),
  'types contracts': types('packages/contracts'),
  'types domain': types('packages/domain'),
  'types scripts': types('scripts'),
  'types benchmark': types('benchmark'),
  'dead code': [bin('knip'), '--no-progress', '--no-config-hints'],
  'only tests reach': [bin('knip'), '--production', '--include', 'files', '--no-progress', '--no-config-hints'],
  boundaries: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'benchmark', 'scripts'],
  templates: [bin('eslint'), '--max-warnings', '0', '--no-error-on-unmatched-pattern', 'apps/web/src/**/*.vue'],
  lint: [bin('oxlint'), '--deny-warnings'],
  format: [bin('oxfmt'), '--check'],
}

interface Outcome {
  readonly code: number
  readonly output: string
  readonly seconds: number
}

function run([command = '', ...args]: string[]): Promise<Outcome> {
  const from = performance.now()
  return new Promise((done) => {
    let output = ''
    const child = spawn(command, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => (output += data.toString()))
    child.once('error', (error) => (output += error.message))
    child.once('close', (code) => done({ code: code ?? 1, output, seconds: (performance.now() - from) / 1000 }))
  })
}

const only = process.argv.slice(2)
const waiting = Object.entries(checks).filter(([name]) => only.length === 0 || only.some((part) => name.includes(part)))
const failed: string[] = []

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, command] = next
    const { code, output, seconds } = await run(command)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
    if (code === 0) continue
    failed.push(name)
    console.log(`${output.trim()}\n`)
  }
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism() - 1) }, work))
console.log(failed.length === 0 ? 'verify: everything holds' : `verify: ${failed.join(', ')} failed`)
process.exit(failed.length === 0 ? 0 : 1)
