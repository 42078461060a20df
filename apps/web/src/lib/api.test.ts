import { createLandlord, listLandlords, updateLandlord } from '@kotoisa/contracts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answering, json, refusal, sessionWith } from '../../test/answers.ts'
import { call, download } from './api.ts'
import { ApiProblem } from './problem.ts'
import { useSession } from './session.ts'

const id = '0198c0de-0000-7000-8000-00000000000a'
const page = { items: [], nextCursor: null }

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

test('a change goes as a merge patch under the etag that was read', async () => {
  const sent = answering(json(sessionWith('one')), json({}))
  await call(updateLandlord, { params: { id }, body: { note: null }, ifMatch: '"7"' })
  const { method, address, headers, body } = sent[1] ?? expect.fail('nothing was sent')
  expect([method, address, body]).toEqual(['PATCH', `/v1/landlords/${id}`, { note: null }])
  expect(headers.get('if-match')).toBe('"7"')
  expect(headers.get('content-type')).toBe('application/merge-patch+json')
  expect(headers.get('authorization')).toBe('Bearer one')
})

test('the session is renewed by the cookie, marked as a request of this page, and once for all who wait', async () => {
  const sent = answering(json(sessionWith('one')), json(page), json(page))
  await Promise.all([call(listLandlords, {}), call(listLandlords, { query: { q: 'koti kulma', limit: 5 } })])
  expect(sent.map(({ address }) => address)).toEqual(['/v1/sessions/refresh', '/v1/landlords', '/v1/landlords?q=koti+kulma&limit=5'])
  expect(sent[0]?.headers.get('x-requested-with')).toBe('XMLHttpRequest')
  expect(sent[0]?.headers.has('authorization')).toBe(false)
})

test('work that met an ended token is sent again with a new one under the same key', async () => {
  const sent = answering(
    json(sessionWith('one')),
    refusal(401, 'session.ended'),
    json(sessionWith('two')),
    json({ name: 'Kotikulma Oy' }, 201),
  )
  const body = { name: 'Kotikulma Oy', businessId: '1234567-1', nonprofit: false }
  await call(createLandlord, { body, idempotencyKey: 'key-1' })
  const tries = sent.filter(({ method, address }) => method === 'POST' && address === '/v1/landlords')
  expect(tries.map(({ headers }) => [headers.get('authorization'), headers.get('idempotency-key')])).toEqual([
    ['Bearer one', 'key-1'],
    ['Bearer two', 'key-1'],
  ])
})

test('when the cookie is no longer good, the person is signed out and nothing stays behind', async () => {
  answering(json(sessionWith('one')), refusal(401, 'session.ended'), refusal(401, 'session.ended'))
  const session = useSession()
  await session.restore()
  expect(session.isSignedIn).toBe(true)
  await expect(call(listLandlords, {})).rejects.toMatchObject({ status: 401 })
  expect(session.isSignedIn).toBe(false)
  expect(localStorage.length).toBe(0)
})

test('tokens are in memory alone', async () => {
  answering(json(sessionWith('secret-token')))
  await useSession().restore()
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('secret-token')
  expect(document.cookie).not.toContain('secret-token')
})

test('a list is fetched as CSV with its filter', async () => {
  const sent = answering(
    json(sessionWith('one')),
    new Response('reference;name\n', {
      headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="kotoisa.csv"' },
    }),
  )
  const { content, name } = await download(listLandlords, { nonprofit: true }, 'csv')
  expect([await content.text(), name]).toEqual(['reference;name\n', 'kotoisa.csv'])
  expect([sent[1]?.address, sent[1]?.headers.get('accept')]).toEqual(['/v1/landlords?nonprofit=true', 'text/csv'])
})

test('a page of a proxy is no problem document, and no answer is told as such', async () => {
  answering(json(sessionWith('one')), new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }))
  await expect(call(listLandlords, {})).rejects.toMatchObject({ status: 502, code: 'unreadable' })
  answering()
  const error: unknown = await call(listLandlords, {}).catch((problem: unknown) => problem)
  expect(error).toBeInstanceOf(ApiProblem)
  expect(error).toMatchObject({ code: 'network', isCertain: false })
})
