import { refreshSession, type Session } from '@kotoisa/contracts'
import { answerOf, request } from './http.ts'

/** localStorage: when a refresh was sent whose answer is not there yet. The time, and nothing else. */
const mark = 'refreshing'
/** After so long nobody waits for the mark of a page that has gone. */
const markMs = 5_000
const lookAgainMs = 40
const lock = 'kotoisa-refresh'

let isLeaving = false
window.addEventListener('pagehide', () => (isLeaving = true))
window.addEventListener('pageshow', () => (isLeaving = false))

/**
 * A new access token for the refresh cookie. The cookie's token is good for one use, and a second use ends the session:
 * so tabs take turns, and a page that was reloaded while its refresh was on the way lets the server finish that first.
 */
export async function refresh(): Promise<Session> {
  return inTurn(async () => {
    await formerRefresh()
    localStorage.setItem(mark, String(Date.now()))
    try {
      const headers = { 'x-requested-with': 'XMLHttpRequest' }
      return await answerOf<typeof refreshSession>(await request(refreshSession, {}, { headers, keepalive: true }))
    } finally {
      // A page that goes away drops the answer, not the request: the mark stays for the next page.
      if (!isLeaving) localStorage.removeItem(mark)
    }
  })
}

/** Browsers know Web Locks on loopback and on https alone; elsewhere there is no cookie either. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  const { held = [] } = await navigator.locks.query()
  const isTaken = held.some(({ name }) => name === lock)
  return navigator.locks.request(lock, async () => {
    // What a page in another process wrote just before it lost the lock may come a moment after the lock.
    if (isTaken) await pause()
    return work()
  })
}

const pause = () => new Promise((resolve) => setTimeout(resolve, lookAgainMs))

/** Resolves when the mark is gone, by its page or by its age. */
async function formerRefresh(): Promise<void> {
  while (isMarked()) await pause()
}

function isMarked(): boolean {
  const age = Date.now() - Number(localStorage.getItem(mark) ?? Number.NaN)
  return age >= 0 && age < markMs
}
