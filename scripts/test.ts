// `npm test -- [filters and options of vitest]`: runs every test, leaves nothing running, and ends with `N passed, N failed`.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closingLine, type Count } from './test-count.ts'
import { sweep } from './test-sweep.ts'

/** Databases and servers that tests start live below this folder, so that all of them are found at the end. */
const root = mkdtempSync(join(tmpdir(), 'kotoisa-tests-'))
chmodSync(root, 0o711)

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
// A process of its own, because vitest leaves at once when it is told to stop.
const vitest = spawn(
  process.execPath,
  [
    path('../node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${path('test-reporter.ts')}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, TEST_ROOT: root }, cwd: path('..') },
)
let count: Count | undefined
vitest.on('message', (message) => (count = message as Count))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => vitest.kill('SIGTERM'))
vitest.once('close', (code, signal) => void finish(signal ? 128 + constants.signals[signal] : (code ?? 1)))

async function finish(code: number): Promise<void> {
  await sweep(root)
  // The very last line of a run, whatever else was said before; a run that was cut short has no sum.
  console.log(count ? closingLine(count) : 'the run was cut short')
  process.exit(code === 0 && count?.failed === 0 && count.passed > 0 ? 0 : code || 1)
}
