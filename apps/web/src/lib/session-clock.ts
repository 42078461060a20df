import type { Session } from '@kotoisa/contracts'
import { ref } from 'vue'

/** Which end is near: the session lay unused, or has lasted as long as it may. */
export interface Ending {
  readonly kind: 'idle' | 'end'
  readonly at: Date
}

interface Ends {
  readonly idleEndsAt: number
  readonly sessionEndsAt: number
}

/** So long before the end it is said (WCAG 2.2.1). */
const warningMs = 120_000
/** Whoever uses the page after this renews the session, so that the server sees who is idle and who is not. */
const renewAfterMs = 300_000
/** After a renewal that failed: not with every key. */
const retryMs = 30_000
const usage = ['pointerdown', 'keydown'] as const

/** What the server's clock was at the sign-in or renewal: written into the token. Null for what is no token. */
function issuedAt(token: string): number | null {
  try {
    const payload = token.split('.')[1] ?? ''
    const { iat } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { iat?: number }
    return typeof iat === 'number' ? iat * 1000 : null
  } catch {
    return null
  }
}

/** By how much this computer's clock is ahead of the server's: the server's instants are read with it. */
export const clockOffset = (token: string): number => {
  const at = issuedAt(token)
  return at === null ? 0 : Date.now() - at
}

/**
 * Watches over the ends of a session (AU-17): half an hour without use and twelve hours in all, both enforced by the server.
 * Use in any tab counts for all of them. Two minutes before, `ending` says so; at the end `over` is called.
 */
export function watchSession({ renew, over }: { renew: () => Promise<void>; over: () => void }) {
  const ending = ref<Ending | null>(null)
  let ends: Ends | null = null
  let renewedAt = 0
  let triedAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('kotoisa-session') : null

  function look(): void {
    clearTimeout(timer)
    if (ends === null) return
    const kind = ends.idleEndsAt < ends.sessionEndsAt ? 'idle' : 'end'
    const at = Math.min(ends.idleEndsAt, ends.sessionEndsAt)
    const left = at - Date.now()
    if (left <= 0) return over()
    const isNear = left <= warningMs
    ending.value = isNear ? { kind, at: new Date(at) } : null
    timer = setTimeout(look, isNear ? left : left - warningMs)
  }

  function take(next: Ends): void {
    ends = next
    renewedAt = Date.now()
    look()
  }

  function used(): void {
    // Once it was said that the session ends, an answer is needed: a touch by accident is none.
    if (ends === null || ending.value !== null) return
    const now = Date.now()
    if (now - renewedAt < renewAfterMs || now - triedAt < retryMs) return
    triedAt = now
    void renew().catch(() => undefined)
  }

  channel?.addEventListener('message', ({ data }) => {
    // Nobody else can speak here: the channel is of our own origin.
    if (ends !== null) take(data as Ends)
  })
  for (const event of usage) window.addEventListener(event, used, { passive: true, capture: true })
  // A computer that slept wakes up after its timers: look at once.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look())

  return {
    ending,
    begin({ idleEndsAt, sessionEndsAt }: Session, offset: number): void {
      const next = { idleEndsAt: Date.parse(idleEndsAt) + offset, sessionEndsAt: Date.parse(sessionEndsAt) + offset }
      take(next)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of our own origin and takes none
      channel?.postMessage(next)
    },
    stop(): void {
      ends = null
      clearTimeout(timer)
      ending.value = null
    },
  }
}
