import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { nodeFault } from '../src/platform/check-node.js'

const check = fileURLToPath(new URL('../src/platform/check-node.js', import.meta.url))

test.each([
  ['24.0.0', false],
  ['24.21.0', false],
  ['26.1.0', false],
  ['22.20.0', true],
  ['20.20.2', true],
])('Node %s is refused: %s (SC-06)', (version, isRefused) => expect(nodeFault(version) !== null).toBe(isRefused))

test('the process ends with one sentence before anything else is read', async () => {
  const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'22.1.0'})"
  const error = await promisify(execFile)(process.execPath, ['--import', pretend, '--import', check, '-e', "console.log('ran')"]).then(
    () => null,
    (e: { code: number; stderr: string; stdout: string }) => e,
  )
  expect(error).toMatchObject({ code: 1, stdout: '' })
  expect(error?.stderr).toContain('Kotoisa needs Node 24 or newer; this is Node 22.1.0.')
})
