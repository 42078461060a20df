import { Writable } from 'node:stream'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createLog } from '../src/platform/log.ts'

const canary = '131052-308T'

function written(work: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  work(createLog('trace', stream))
  return text
}

test('an error of the database is logged by code and constraint, without query, values or detail (LG-02)', () => {
  const cause = Object.assign(new pg.DatabaseError(`duplicate key ${canary}`, 1, 'error'), {
    code: '23505',
    constraint: 'persons_identity_unique',
    detail: `Key (code)=(${canary}) already exists.`,
    severity: 'ERROR',
  })
  const text = written((log) => log.error({ err: new DrizzleQueryError(`insert into persons values ($1)`, [canary], cause) }, 'failed'))
  expect(text).not.toContain(canary)
  expect(text).not.toContain('insert into')
  expect(JSON.parse(text)).toMatchObject({ msg: 'failed', err: { cause: { code: '23505', constraint: 'persons_identity_unique' } } })
})

test('a parser that quotes its input is not quoted', () => {
  const text = written((log) => {
    try {
      JSON.parse(`{"code": ${canary}}`)
    } catch (err) {
      log.error({ err })
    }
  })
  expect(text).not.toContain(canary)
  expect(text).toContain('SyntaxError')
})

test('a request is logged by its route, without address, headers and body (LG-01)', () => {
  const request = {
    id: 'r1',
    method: 'GET',
    url: `/v1/persons/${canary}?q=${canary}`,
    routeOptions: { url: '/v1/persons/:id' },
    headers: { authorization: canary },
    body: canary,
  }
  const text = written((log) => log.info({ req: request }))
  expect(text).not.toContain(canary)
  expect(JSON.parse(text)).toMatchObject({ req: { id: 'r1', method: 'GET', route: '/v1/persons/:id' } })
})

test('line breaks and control characters stay inside one line', () => {
  const text = written((log) => log.info({ name: 'a\r\n\u001B[31mb' }))
  expect(text.trimEnd().split('\n')).toHaveLength(1)
  expect(text).not.toContain('\u001B')
})
