import { mkdir, writeFile } from 'node:fs/promises'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from './access-app.ts'
import { temporaryFolder } from './process.ts'

let kotoisa: AccessApp
beforeAll(async () => {
  const root = await temporaryFolder()
  await mkdir(`${root}/assets`)
  for (const [name, text] of Object.entries({
    'index.html': '<!doctype html><title>Kotoisa</title>',
    '404.html': '<!doctype html><title>Sivua ei löydy</title>',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '.env': 'SECRET=1',
    'assets/index-BxK3a9Qz.js': 'export {}',
    'assets/index-BxK3a9Qz.js.map': '{}',
    'assets/plain.css': 'a{}',
    'stats.map': '{}',
  })) {
    await writeFile(`${root}/${name}`, text)
  }
  kotoisa = await startApp({ options: { webRoot: root } })
})
const get = (url: string, host = '127.0.0.1:3000') => request(kotoisa.server).get(url).set('host', host)

describe('HD-03 pages and files', () => {
  test.each([
    '/',
    '/today',
    '/leases',
    '/leases/01936a5e-0000-7000-8000-000000000001',
    '/landlords?sort=name',
    '/sign-in',
    '/set-password',
    '/portal',
  ])('%s is the app, kept by no cache', async (url) => {
    const answer = await get(url)
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(answer.headers['content-type']).toMatch(/^text\/html/)
    expect(answer.text).toContain('<title>Kotoisa')
  })

  test('a file with a hash in its name is kept for ever, others are not', async () => {
    const hashed = await get('/assets/index-BxK3a9Qz.js')
    expect([hashed.status, hashed.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(hashed.headers['content-type']).toMatch(/javascript/)
    expect((await get('/assets/plain.css')).headers['cache-control']).toBe('no-store')
    expect((await get('/favicon.svg')).headers['content-type']).toMatch(/svg/)
  })

  const exposures = [
    '/.env',
    '/.git/config',
    '/.git/HEAD',
    '/package.json',
    '/pnpm-lock.yaml',
    '/index.html.bak',
    '/assets/',
    '/assets',
    '/assets/missing-BxK3a9Qz.js',
    '/assets/index-BxK3a9Qz.js.map',
    '/stats.map',
    '/assets/../.env',
    '/assets/%2e%2e/.env',
    '/assets/..%2f.env',
    '/assets/%2e%2e%2f%2e%2e%2fetc/passwd',
    '/wp-login.php',
    '/admin.php',
    '/leases/index.php',
    '/leases/x.js',
    '/server-status',
    '/actuator',
    '/swagger.json',
    '/secrets.json',
    '/unknown',
    '/v1',
    '/v1/unknown',
  ]
  test.each(exposures)('%s is 404 and not the app', async (url) => {
    const answer = await kotoisa.app.inject({ url, headers: { host: '127.0.0.1:3000' } })
    expect([url, answer.statusCode]).toEqual([url, 404])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.headers['cache-control']).toBe('no-store')
  })
})

describe('HD-03 a person at an address that there is not', () => {
  const visit = (url: string) => get(url).set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8')
  test.each(['/unknown', '/wp-login.php', '/leases/x.js', '/404.html', '/assets/missing-BxK3a9Qz.js'])(
    '%s is 404 in words',
    async (url) => {
      const answer = await visit(url)
      expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store'])
      expect(answer.headers['content-type']).toMatch(/^text\/html/)
      expect(answer.text).toContain('Sivua ei löydy')
    },
  )
  test.each(['/v1', '/v1/unknown', '/oauth/unknown'])('%s speaks as the API does', async (url) => {
    const answer = await visit(url)
    expect([answer.status, answer.headers['content-type']]).toEqual([404, expect.stringMatching(/^application\/problem\+json/)])
  })
  test('another method gets no page', async () => {
    const answer = await request(kotoisa.server).post('/unknown').set('accept', 'text/html')
    expect([answer.status, answer.headers['content-type']]).toEqual([404, expect.stringMatching(/^application\/problem\+json/)])
  })
})

describe('a page asked for under another loopback name', () => {
  test.each(['localhost:3000', '[::1]:3000', '127.0.0.2:3000'])('%s is sent to the public address, path and query kept', async (host) => {
    const answer = await get('/leases?status=active', host)
    expect([answer.status, answer.headers['location']]).toEqual([307, 'http://127.0.0.1:3000/leases?status=active'])
  })
  test('files, the API and other hosts are not redirected', async () => {
    expect((await get('/favicon.svg', 'localhost:3000')).status).toBe(200)
    expect((await get('/livez', 'localhost:3000')).status).toBe(200)
    expect((await get('/leases', 'kotoisa.example')).status).toBe(200)
  })
})
