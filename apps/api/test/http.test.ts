import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { securityHeaders } from '../src/platform/security-headers.ts'
import { cookieIn, password, startApp, type AccessApp } from './access-app.ts'

let kotoisa: AccessApp
let port: number
beforeAll(async () => {
  kotoisa = await startApp()
  await kotoisa.app.listen({ host: '127.0.0.1', port: 0 })
  port = (kotoisa.server.address() as { port: number }).port
})

const signIn = () => request(kotoisa.server).post('/v1/sessions')

describe('IN-04 media types', () => {
  const json = JSON.stringify({ email: 'nobody@jyvaskyla.example', password: 'does not matter here' })
  const refused = [
    'text/plain',
    'text/plain; charset=utf-8',
    'text/html',
    'text/json',
    'application/xml',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'application/vnd.api+json',
    'application/json5',
    'application/jsonp',
    'application/json ; foo=bar',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json, text/plain',
    'application/json;text/plain',
    'application/json\ttext/plain',
    'application/json\t; charset=utf-7',
    ';application/json',
    'application//json',
    '*/*',
    'json',
    'a',
  ]
  test.each(refused)('%j is 415', async (type) => {
    const answer = await signIn().set('content-type', type).send(json)
    expect([answer.status, answer.body.code]).toEqual([415, 'media.unsupported'])
  })

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
  ])('%j is read', async (type) => {
    expect((await signIn().set('content-type', type).send(json)).status).toBe(401)
  })

  const raw = (lines: string[]) =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write([...lines, `Content-Length: ${json.length}`, 'Connection: close', '', json].join('\r\n')),
      )
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => done(text))
    })

  test('none and two of them are 415', async () => {
    expect(await raw(['POST /v1/sessions HTTP/1.1', 'Host: x'])).toMatch(/^HTTP\/1\.1 415 /)
    expect(await raw(['POST /v1/sessions HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Type: text/plain'])).toMatch(
      /^HTTP\/1\.1 415 /,
    )
  })

  test('a compressed body is refused unread', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20))
    for (const encoding of ['gzip', 'br', 'deflate', 'identity', 'gzip, gzip']) {
      const answer = await signIn().set({ 'content-type': 'application/json', 'content-encoding': encoding }).send(bomb.toString('latin1'))
      expect(answer.status).toBe(415)
    }
  })

  test('401 comes before 415', async () => {
    expect((await request(kotoisa.server).delete('/v1/sessions/current').set('content-type', 'text/plain').send('x')).status).toBe(401)
  })
})

describe('ER-01 what never becomes a request', () => {
  const answerTo = (text: string) =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      let answer = ''
      socket.on('data', (chunk) => (answer += chunk.toString()))
      socket.on('error', () => undefined)
      socket.on('close', () => done(answer))
    })
  const canary = 'kanarialintu'
  const cases: [string, string, number, string][] = [
    ['no HTTP', `${canary}\r\n\r\n`, 400, 'request.malformed'],
    ['a header with a control character', `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${canary}\u0001\r\n\r\n`, 400, 'request.malformed'],
    ['two lengths', `POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400, 'request.malformed'],
    ['headers of 32 KiB', `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${canary.repeat(2_800)}\r\n\r\n`, 431, 'headers.tooLarge'],
    ['an address of 18 KiB', `GET /v1/flats?q=${canary.repeat(1_500)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414, 'uri.tooLong'],
    ['no Host', `GET /v1/flats?q=${canary} HTTP/1.1\r\nConnection: close\r\n\r\n`, 400, 'request.malformed'],
    ['a broken escape', `GET /v1/%zz${canary} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 400, 'request.malformed'],
    ['an endless id', `GET /v1/flats/${canary.repeat(30)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 414, 'uri.tooLong'],
  ]
  test.each(cases)('%s is answered as a problem with all headers, and is not told to anybody', async (_name, text, status, code) => {
    kotoisa.lines.length = 0
    const [head = '', body = ''] = (await answerTo(text)).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(JSON.parse(body)).toMatchObject({ status, code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    for (const [name, value] of Object.entries(securityHeaders)) expect(head).toContain(`\r\n${name}: ${value}`)
    expect(head).toMatch(/\r\nx-request-id: [0-9a-f-]{36}/)
    expect(head).toContain('\r\ncontent-type: application/problem+json')
    expect(body + kotoisa.lines.join('')).not.toContain(canary)
    expect(kotoisa.lines).not.toEqual([])
  })
})

describe('IN-05, IN-06 bodies', () => {
  const post = (body: string | Buffer) =>
    signIn()
      .set('content-type', 'application/json')
      .serialize((value) => value as string)
      .send(body as string)
  const wrong: [string, string | Buffer][] = [
    ['no JSON', '{'],
    ['trailing data', '{} {}'],
    ['NaN', '{"email":NaN}'],
    ['a comment', '{/* */}'],
    ['a key twice', '{"email":"a@b.example","email":"c@d.example"}'],
    ['__proto__', '{"__proto__":{}}'],
    ['nested 20 000 deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['NUL', '{"email":"a\\u0000@b.example"}'],
    ['a lone surrogate', '{"email":"\\ud800"}'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xc0, 0xaf, 0x22])],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number for a text', '{"email":1,"password":true}'],
    ['an unknown field', '{"email":"a@b.example","password":"x","roles":["admin"]}'],
    ['nothing', ''],
  ]
  test.each(wrong)('%s: 400, at once and without a stack', async (_name, body) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.text).not.toMatch(/node_modules|\bat .+:\d+|SyntaxError/)
  })

  test('over one mebibyte: 413', async () => {
    expect((await post(`"${'x'.repeat(1_048_576)}"`)).status).toBe(413)
  })
})

describe('AV-02 health', () => {
  test('/livez and /version never ask the database, /readyz does; none tells details', async () => {
    expect((await request(kotoisa.server).get('/livez')).body).toEqual({ status: 'ok' })
    expect((await request(kotoisa.server).get('/readyz')).body).toEqual({ status: 'ok' })
    expect((await request(kotoisa.server).get('/version')).body).toEqual({
      name: 'kotoisa',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    kotoisa.deps.lifecycle.phase = 'stopping'
    const stopping = await request(kotoisa.server).get('/readyz')
    kotoisa.deps.lifecycle.phase = 'ready'
    expect([stopping.status, stopping.headers['retry-after'], stopping.body.code]).toEqual([503, expect.any(String), 'server.unavailable'])
  })

  test('/readyz is 503 within about a second while the database hangs, /livez is 200, and one question is asked at a time', async () => {
    const { database } = kotoisa.deps
    const held = await Promise.all(Array.from({ length: 4 }, () => database.connect()))
    const begun = performance.now()
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => request(kotoisa.server).get('/readyz')),
      request(kotoisa.server).get('/livez'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 200])
    expect(performance.now() - begun).toBeLessThan(1_800)
    expect(database.waitingCount).toBeLessThanOrEqual(1)
    for (const client of held) client.release()
    expect((await request(kotoisa.server).get('/readyz')).status).toBe(200)
  })
})

describe('LG-01 the log', () => {
  test('holds no address, query, token, cookie, password or body, and every denial', async () => {
    const canary = 'kanarialintu-131052-308T'
    await kotoisa.person(`${canary}@jyvaskyla.example`, { name: canary })
    kotoisa.lines.length = 0
    const signedIn = await kotoisa.signIn(`${canary}@jyvaskyla.example`)
    await kotoisa.signIn(`${canary}@jyvaskyla.example`, canary)
    await kotoisa.current(signedIn.body.accessToken)
    await request(kotoisa.server)
      .get(`/v1/persons/${canary}?q=${canary}`)
      .set({ authorization: `Bearer ${canary}`, cookie: `x=${canary}`, 'user-agent': canary, referer: canary })
    await request(kotoisa.server).post('/v1/sessions').set('content-type', `application/${canary}`).send(canary)
    await request(kotoisa.server).post('/oauth/token').auth(canary, canary).type('form').send({ grant_type: canary })
    await kotoisa.refresh(cookieIn(signedIn))
    const text = kotoisa.lines.join('')
    expect(text).not.toContain('131052-308T')
    expect(text).not.toContain(password)
    expect(text).not.toContain(signedIn.body.accessToken)
    expect(text).not.toContain(cookieIn(signedIn))
    const events = kotoisa.lines.map((line) => (JSON.parse(line) as { event?: string }).event)
    expect(events).toEqual(expect.arrayContaining(['session.started', 'signIn.refused', 'denied', 'request']))
  })

  test('names the trace of a W3C traceparent, and nothing that only looks like one', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const headers = [`00-${trace}-00f067aa0ba902b7-01`, `00-${trace}-00f067aa0ba902b7`, `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 'x']
    kotoisa.lines.length = 0
    for (const traceparent of headers) await request(kotoisa.server).get('/livez').set({ traceparent })
    const traces = kotoisa.lines.map((line) => (JSON.parse(line) as { traceId?: string }).traceId)
    expect(traces).toEqual([trace, undefined, undefined, undefined])
  })

  test('is one line an event, control characters escaped', async () => {
    kotoisa.lines.length = 0
    await kotoisa.app.inject({ url: '/v1/%0d%0a%1b[31mforged', headers: { 'x-request-id': 'a\u001b[31m' } }).catch(() => undefined)
    for (const line of kotoisa.lines) {
      for (const control of ['\n', '\r', '\u001b']) expect(line.trimEnd()).not.toContain(control)
      JSON.parse(line)
    }
  })
})
