import { createPrivateKey } from 'node:crypto'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSecrets, loadOrCreateSecrets, writeNewSecrets } from '../src/platform/secrets.ts'
import { temporaryFolder } from './process.ts'

test('secrets are made once in demo mode, readable by their owner alone', async () => {
  const secretsFile = join(await temporaryFolder(), 'new', 'secrets.json')
  const first = await loadOrCreateSecrets({ secretsFile, demoData: true })
  expect((await stat(secretsFile)).mode & 0o777).toBe(0o600)
  expect(await loadOrCreateSecrets({ secretsFile, demoData: false })).toEqual(first)
  expect(createPrivateKey(first.signingKeys[0]?.privateKeyPem as string).asymmetricKeyType).toBe('ed25519')
  expect(Buffer.from(first.dataKeys[0]?.key as string, 'base64')).toHaveLength(32)
})

test('processes that start at the same time get the same secrets', async () => {
  const folder = await temporaryFolder()
  const config = { secretsFile: join(folder, 'secrets.json'), demoData: true }
  const all = await Promise.all([1, 2, 3, 4].map(() => loadOrCreateSecrets(config)))
  for (const one of all) expect(one).toEqual(all[0])
  expect(await readdir(folder)).toEqual(['secrets.json'])
})

test('without demo data the start is refused and the command named (DP-01)', async () => {
  const secretsFile = join(await temporaryFolder(), 'secrets.json')
  await expect(loadOrCreateSecrets({ secretsFile, demoData: false })).rejects.toThrow('pnpm secrets:create')
})

test('an existing file is never overwritten', async () => {
  const secretsFile = join(await temporaryFolder(), 'secrets.json')
  await writeFile(secretsFile, 'mine')
  expect(await writeNewSecrets(secretsFile)).toBeNull()
  expect(await readFile(secretsFile, 'utf8')).toBe('mine')
})

test('a damaged file is told by what it lacks, without a value of it', async () => {
  const secretsFile = join(await temporaryFolder(), 'secrets.json')
  const whole = createSecrets()
  await writeFile(secretsFile, JSON.stringify({ ...whole, dataKeys: [{ id: 'a', key: 'c2hvcnQ=' }], cursorKey: undefined }))
  await expect(loadOrCreateSecrets({ secretsFile, demoData: true })).rejects.toThrow(/lack: dataKeys, cursorKey\.$/)
  await writeFile(secretsFile, JSON.stringify(whole).slice(0, 200))
  const error = await loadOrCreateSecrets({ secretsFile, demoData: true }).catch((e: Error) => e)
  expect(String(error)).toContain('are not JSON')
  expect(String(error)).not.toContain('PRIVATE')
})
