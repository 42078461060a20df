import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { password, startApp, type AccessApp } from './access-app.ts'
import { temporaryFolder } from './process.ts'
import request from 'supertest'

let kotoisa: AccessApp
let secretsFile: string
beforeAll(async () => {
  kotoisa = await startApp()
  const folder = await temporaryFolder()
  secretsFile = join(folder, 'secrets.json')
  await writeFile(secretsFile, JSON.stringify(kotoisa.database.secrets), { mode: 0o600 })
})

const cli = new URL('../src/cli/', import.meta.url).pathname
const run = (script: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: kotoisa.database.ownerUrl, SECRETS_FILE: secretsFile, DEMO_DATA: '0' }
    execFile(process.execPath, [join(cli, script), ...args], { env }, (error, out, err) =>
      done({ code: Number(error?.code ?? 0), out, err }),
    )
  })
const useLink = (token: string, chosen: string) => request(kotoisa.server).post('/v1/one-time-links/uses').send({ token, password: chosen })

test('AU-19 admin:create prints a link that works once, only for a municipality without users; a fresh database has no login', async () => {
  const made = await run('admin-create.ts', 'Paakayttaja@kunta.example', '--municipality', '992', 'Äänekoski')
  expect(made).toMatchObject({ code: 0, err: '' })
  const [, token = ''] = /http:\/\/127\.0\.0\.1:3000\/set-password#([A-Za-z0-9_-]{43})$/m.exec(made.out) ?? []
  expect((await kotoisa.signIn('paakayttaja@kunta.example', '')).status).toBe(400)
  expect((await kotoisa.signIn('paakayttaja@kunta.example', 'anything at all')).status).toBe(401)

  expect((await useLink(token, 'short')).status).toBe(400)
  const blocked = await useLink(token, 'Äänekoski-Äänekoski-1')
  expect([blocked.status, blocked.body.code]).toEqual([422, 'password.blocked'])
  expect((await useLink(token, password)).status).toBe(204)
  expect((await useLink(token, password)).status).toBe(404)
  expect((await useLink('A'.repeat(43), password)).status).toBe(404)
  const signedIn = await kotoisa.signIn('paakayttaja@kunta.example')
  expect(signedIn.body.user).toMatchObject({ roles: ['admin'], municipality: { name: 'Äänekoski' } })

  const second = await run('admin-create.ts', 'toinen@kunta.example', '--municipality', '992', 'Äänekoski')
  expect([second.code, second.err]).toEqual([1, 'Municipality 992 has users already: its administrator adds the others.\n'])
  const taken = await run('admin-create.ts', 'PAAKAYTTAJA@kunta.example', '--municipality', '993', 'Ähtäri')
  expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('has an account already')])
  expect((await run('admin-create.ts', 'x')).code).toBe(1)
})

test('a link is refused after seven days', async () => {
  const { out } = await run('admin-create.ts', 'myohassa@kunta.example', '--municipality', '991', 'Vanhala')
  const token = /#(\S+)/.exec(out)?.[1] as string
  const before = kotoisa.time.now
  kotoisa.time.now = new Date(Date.now() + 8 * 86_400_000)
  expect((await useLink(token, password)).status).toBe(404)
  kotoisa.time.now = before
})

test('client:create, client:secret and client:revoke', async () => {
  await kotoisa.municipality()
  const made = await run('api-client.ts', 'create', 'bi-tool', '--municipality', '179', '--scopes', 'landlords:read flats:read')
  expect(made).toMatchObject({ code: 0, err: '' })
  const secretOf = (text: string) => /secret: +(\S+)/.exec(text)?.[1] as string
  expect((await kotoisa.token('bi-tool', secretOf(made.out))).body.scope).toBe('landlords:read flats:read')
  expect((await run('api-client.ts', 'create', 'bi-tool', '--municipality', '179', '--scopes', 'landlords:read')).err).toContain(
    'exists already',
  )
  expect((await run('api-client.ts', 'create', 'other', '--municipality', '179', '--scopes', 'everything')).err).toContain(
    'Unknown scopes: everything',
  )
  const fresh = await run('api-client.ts', 'secret', 'bi-tool')
  expect((await run('api-client.ts', 'secret', 'bi-tool')).err).toContain('two secrets already')
  expect((await run('api-client.ts', 'secret', 'bi-tool', '--revoke-old')).out).toContain('1 old')
  expect((await kotoisa.token('bi-tool', secretOf(made.out))).status).toBe(401)
  expect((await kotoisa.token('bi-tool', secretOf(fresh.out))).status).toBe(200)
  expect((await run('api-client.ts', 'revoke', 'bi-tool')).code).toBe(0)
  expect((await kotoisa.token('bi-tool', secretOf(fresh.out))).status).toBe(401)
})
