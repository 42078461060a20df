import { afterEach, expect, test, vi } from 'vitest'
import { json, sessionWith } from '../../test/answers.ts'
import { refresh } from './refresh.ts'

afterEach(() => {
  window.dispatchEvent(new Event('pageshow'))
  vi.unstubAllGlobals()
})

/** A request whose answer the test gives. */
function pending() {
  const calls: { answer: (response: Response) => void; fail: (error: unknown) => void }[] = []
  vi.stubGlobal('fetch', () => new Promise<Response>((answer, fail) => calls.push({ answer, fail })))
  return calls
}
const marked = () => document.cookie.includes('__Host-kotoisa-refreshing=1')

test('the mark stands while a refresh is on the way, and goes with its answer or failure', async () => {
  const calls = pending()
  const first = refresh()
  await vi.waitFor(() => expect(calls).toHaveLength(1))
  expect(marked()).toBe(true)
  calls[0]?.answer(json(sessionWith('token')))
  await first
  expect(marked()).toBe(false)

  const second = refresh()
  await vi.waitFor(() => expect(calls).toHaveLength(2))
  calls[1]?.fail(new TypeError('nobody there'))
  await expect(second).rejects.toThrow('network')
  expect(marked()).toBe(false)
})

test('AU-06 what a page that went away had sent is waited for: the token is not spent twice', async () => {
  const calls = pending()
  const left = refresh()
  await vi.waitFor(() => expect(calls).toHaveLength(1))
  window.dispatchEvent(new Event('pagehide'))
  calls[0]?.fail(new TypeError('the page is gone'))
  await expect(left).rejects.toThrow('network')
  expect(marked()).toBe(true)

  const next = refresh()
  await new Promise((resolve) => setTimeout(resolve))
  expect(calls).toHaveLength(1)
  document.cookie = '__Host-kotoisa-refreshing=; Max-Age=0; Path=/; Secure; SameSite=Strict'
  await vi.waitFor(() => expect(calls).toHaveLength(2))
  calls[1]?.answer(json(sessionWith('token')))
  await next
})
