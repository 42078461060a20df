import { refreshSession, type Session } from '@kotoisa/contracts'
import { answerOf, request } from './http.ts'

/** localStorage: when a refresh was sent, until its answer is there. Nothing else stands in it. */
const markKey = 'refreshing'
/** After so long nobody waits for the mark of a page that has gone. */
const markHolds = 5000

/**
 * A new access token for the refresh cookie. The cookie's token is good for one use, and a second use ends the session:
 * so tabs take turns, and a page that was reloaded while its refresh was on the way lets the server finish that first.
 */
export async function refresh(): Promise<Session> {
  return inTurn(async () => {
    await formerRefresh()
    localStorage.setItem(markKey, String(Date.now()))
    try {
      const headers = { 'x-requested-with': 'XMLHttpRequest' }
      return await answerOf<typeof refreshSession>(await request(refreshSession, {}, { headers, keepalive: true }))
    } finally {
      localStorage.removeItem(markKey)
    }
  })
}

/** Browsers know Web Locks on loopback and on https alone; elsewhere there is no cookie either. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('kotoisa-refresh', work) : work()
}

/** Resolves when the mark is gone or older than it holds. */
async function formerRefresh(): Promise<void> {
  const age = Date.now() - Number(localStorage.getItem(markKey) ?? 0)
  if (age < 0 || age >= markHolds) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, markHolds - age)
    const cleared = ({ key, newValue }: StorageEvent): void => {
      if (key === markKey && newValue === null) done()
    }
    window.addEventListener('storage', cleared)
    function done(): void {
      clearTimeout(timer)
      window.removeEventListener('storage', cleared)
      resolve()
    }
  })
}
