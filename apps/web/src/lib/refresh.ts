import { refreshSession, type Session } from '@kotoisa/contracts'
import { answerOf, request } from './http.ts'

/**
 * A cookie: a refresh was sent and its answer is not there yet. Every page sees it at once, whichever process draws the
 * page; what stands in localStorage may come late to another one, and then the cookie's token would be spent twice.
 */
const mark = '__Host-kotoisa-refreshing'
const attributes = 'Path=/; Secure; SameSite=Strict'
/** After so long nobody waits for the mark of a page that has gone. */
const markSeconds = 5
const lookAgainMs = 40

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
    document.cookie = `${mark}=1; Max-Age=${markSeconds}; ${attributes}`
    try {
      const headers = { 'x-requested-with': 'XMLHttpRequest' }
      return await answerOf<typeof refreshSession>(await request(refreshSession, {}, { headers, keepalive: true }))
    } finally {
      // A page that goes away drops the answer, not the request: the mark stays for the next page.
      if (!isLeaving) document.cookie = `${mark}=; Max-Age=0; ${attributes}`
    }
  })
}

/** Browsers know Web Locks on loopback and on https alone; elsewhere there is no cookie either. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('kotoisa-refresh', work) : work()
}

/** Resolves when the mark is gone, by its page or by its age. */
async function formerRefresh(): Promise<void> {
  while (document.cookie.includes(`${mark}=`)) await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
}
