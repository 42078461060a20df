import { connect, createServer, type Server, type Socket } from 'node:net'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from './database.ts'
import { startApp, type AccessApp } from './access-app.ts'

/** Between API and database: lets through, refuses, or swallows. */
class Proxy {
  mode: 'through' | 'refuse' | 'swallow' = 'through'
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor(target: URL) {
    this.#server = createServer((client) => {
      if (this.mode === 'refuse') return void client.destroy()
      const upstream = connect(Number(target.port), target.hostname)
      const pairs: [Socket, Socket][] = [
        [client, upstream],
        [upstream, client],
      ]
      for (const [from, to] of pairs) {
        this.#sockets.add(from)
        from.on('data', (chunk) => this.mode !== 'swallow' && to.write(chunk))
        from.on('error', () => to.destroy())
        from.on('close', () => (to.destroy(), this.#sockets.delete(from)))
      }
    })
  }

  listen = () =>
    new Promise<number>((done) => this.#server.listen(0, '127.0.0.1', () => done((this.#server.address() as { port: number }).port)))
  cutAll = () => this.#sockets.forEach((socket) => socket.destroy())
  close() {
    this.cutAll()
    this.#server.close()
  }
}

describe('AV-03 a database that is not there', () => {
  let kotoisa: AccessApp
  let proxy: Proxy
  let email: string
  beforeAll(async () => {
    const database = await testDatabase()
    proxy = new Proxy(new URL(database.appUrl))
    const url = new URL(database.appUrl)
    url.port = String(await proxy.listen())
    kotoisa = await startApp({ database, appUrl: url.href })
    email = (await kotoisa.person('katko@jyvaskyla.example')).email
  })
  afterAll(() => proxy.close())

  test.each(['refuse', 'swallow'] as const)(
    '%s: 503 with Retry-After within six seconds, and well again without a restart',
    async (mode) => {
      expect((await kotoisa.signIn(email)).status).toBe(200)
      proxy.mode = mode
      if (mode === 'refuse') proxy.cutAll()
      const begun = performance.now()
      const answers = await Promise.all([
        kotoisa.signIn(email),
        kotoisa.signIn(email),
        request(kotoisa.server).get('/readyz'),
        request(kotoisa.server).get('/livez'),
      ])
      expect(performance.now() - begun).toBeLessThan(6_500)
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 200])
      expect(answers[0]?.headers).toMatchObject({
        'retry-after': expect.stringMatching(/^\d+$/),
        'content-type': expect.stringMatching(/^application\/problem\+json/),
      })
      proxy.mode = 'through'
      proxy.cutAll()
      expect((await kotoisa.signIn(email)).status).toBe(200)
      expect((await request(kotoisa.server).get('/readyz')).status).toBe(200)
    },
  )
})

describe('AV-05 slow clients', () => {
  let kotoisa: AccessApp
  let port: number
  beforeAll(async () => {
    kotoisa = await startApp({
      options: {
        timeouts: { headers: 400, request: 800, silence: 1_200 },
        extend: ({ app }) => void app.get('/test/large', { config: { access: { public: true } } }, async () => 'x'.repeat(64_000_000)),
      },
    })
    await kotoisa.app.listen({ host: '127.0.0.1', port: 0 })
    port = (kotoisa.server.address() as { port: number }).port
  })

  const slow = (text: string, reads = true) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('error', () => undefined)
    if (reads) socket.resume()
    return new Promise<void>((done) => socket.on('close', () => done()))
  }

  test('are cut while they send headers, while they send a body, and when they do not read; others are served meanwhile', async () => {
    const cut = [
      ...Array.from({ length: 40 }, () => slow('GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ')),
      ...Array.from({ length: 40 }, () =>
        slow('POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'),
      ),
    ]
    const begun = performance.now()
    expect((await request(kotoisa.server).get('/livez')).status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(2_000)
    await Promise.all(cut)
  })

  test('one that does not read its answer is cut', async () => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /test/large HTTP/1.1\r\nHost: x\r\n\r\n'))
    socket.pause()
    socket.on('error', () => undefined)
    await new Promise<void>((done) => kotoisa.server.once('connection', (served: Socket) => served.once('close', () => done())))
    socket.destroy()
  })
})
