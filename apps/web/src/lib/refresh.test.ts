import { afterEach, expect, test, vi } from 'vitest'
import { json, sessionWith } from '../../test/answers.ts'
import { refresh } from './refresh.ts'

afterEach(() => {
  localStorage.clear()
  vi.useRealTimers()
  window.dispatchEvent(new Event('pageshow'))
  vi.unstubAllGlobals()
})

/** A request whose answer the test gives. */
function pending() {
  const calls: { answer: (response: Response) => void; fail: (error: unknown) => void }[] = []
  vi.stubGlobal('fetch', () => new Promise<Response>((answer, fail) => calls.push({ answer, fail })))
  return calls
}
const mark = () => localStorage.getItem('refreshing')
const marked = () => mark() !== null

test('the mark stands while a refresh is on the way, and goes with its answer or failure', async () => {
  const calls = pending()
  const first = refresh()
  await vi.waitFor(() => expect(calls).toHaveLength(1))
  // The time and nothing else, where programs outside look for it; no script sets a cookie.
  expect(Math.abs(Date.now() - Number(mark()))).toBeLessThan(5_000)
  expect(document.cookie).toBe('')
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
  localStorage.removeItem('refreshing')
  await vi.waitFor(() => expect(calls).toHaveLength(2))
  calls[1]?.answer(json(sessionWith('token')))
  await next
})

test('a mark that is five seconds old, of a clock that ran ahead or of nobody is not waited for; a younger one is', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  const calls = pending()
  const sentFor = async (left: string): Promise<boolean> => {
    localStorage.setItem('refreshing', left)
    const before = calls.length
    const next = refresh()
    await vi.advanceTimersByTimeAsync(60)
    const isSent = calls.length > before
    if (!isSent) await vi.advanceTimersByTimeAsync(5_000)
    calls.at(-1)?.answer(json(sessionWith('token')))
    await next
    return isSent
  }
  const now = () => Date.now()
  expect(await sentFor(String(now() - 5_000))).toBe(true)
  expect(await sentFor(String(now() + 60_000))).toBe(true)
  expect(await sentFor('garbage')).toBe(true)
  expect(await sentFor(String(now() - 1_000))).toBe(false)
  expect(calls).toHaveLength(4)
})
