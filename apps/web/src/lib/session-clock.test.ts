import type { Session } from '@kotoisa/contracts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sessionWith } from '../../test/answers.ts'
import { clockOffset, watchSession } from './session-clock.ts'

const minutes = (count: number): number => count * 60_000
const renew = vi.fn<() => Promise<void>>(() => Promise.resolve())
const over = vi.fn<() => void>()
/** Times run only when the test lets them. */
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-24T09:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
  vi.clearAllMocks()
})
const begun = (change: Partial<Session> = {}) => {
  const clock = watchSession({ renew, over })
  clock.begin({ ...sessionWith('token'), ...change }, 0)
  return clock
}
const press = (): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))

describe('AU-17 a session that is not used', () => {
  test('is said to end two minutes before, and ends', () => {
    const clock = begun()
    vi.advanceTimersByTime(minutes(28) - 1)
    expect(clock.ending.value).toBeNull()
    vi.advanceTimersByTime(1)
    expect(clock.ending.value).toEqual({ kind: 'idle', at: new Date('2026-11-24T09:30:00Z') })
    vi.advanceTimersByTime(minutes(2) - 1)
    expect(over).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(over).toHaveBeenCalledTimes(1)
    clock.stop()
  })

  test('goes on when it was renewed, here or in another tab', () => {
    const clock = begun()
    vi.advanceTimersByTime(minutes(29))
    clock.begin(sessionWith('another'), 0)
    expect(clock.ending.value).toBeNull()
    vi.advanceTimersByTime(minutes(27))
    expect(over).not.toHaveBeenCalled()
    clock.stop()
    vi.advanceTimersByTime(minutes(60))
    expect(over).not.toHaveBeenCalled()
  })
})

test('use renews it from five minutes on, and not once the end was announced: then an answer is needed', () => {
  const clock = begun()
  press()
  vi.advanceTimersByTime(minutes(5) - 1)
  press()
  expect(renew).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  press()
  press()
  expect(renew).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(minutes(23))
  expect(clock.ending.value?.kind).toBe('idle')
  press()
  expect(renew).toHaveBeenCalledTimes(1)
  clock.stop()
})

test('twelve hours are the end, whatever is renewed', () => {
  const clock = begun({ sessionEndsAt: new Date(Date.now() + minutes(10)).toISOString() })
  vi.advanceTimersByTime(minutes(8))
  expect(clock.ending.value?.kind).toBe('end')
  vi.advanceTimersByTime(minutes(2))
  expect(over).toHaveBeenCalledTimes(1)
  clock.stop()
})

test('a clock that is wrong here is read with the server’s', () => {
  const iat = Date.now() / 1000 - 3600
  expect(clockOffset(`x.${btoa(JSON.stringify({ iat }))}.x`)).toBe(minutes(60))
  expect(clockOffset('no token')).toBe(0)
})
