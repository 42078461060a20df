import {
  createSession,
  endCurrentSession,
  type Access,
  type Endpoint,
  type Session,
  type SignIn,
  type SignedInUser,
  type View,
} from '@kotoisa/contracts'
import type { Locale } from '@kotoisa/domain'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { answerOf, request } from './http.ts'
import { isProblem } from './problem.ts'
import { refresh } from './refresh.ts'
import { clockOffset, watchSession } from './session-clock.ts'

/** localStorage: that somebody has signed in here, so that other visitors are not asked of a cookie they cannot have. */
const hintKey = 'signed-in'
/** A token that ends so soon is renewed before it is used. */
const marginMs = 30_000

export const useSession = defineStore('session', () => {
  const user = ref<SignedInUser | null>(null)
  // In memory only, and out of the store's state: a page that is closed leaves no token behind.
  let token: { readonly text: string; readonly expiresAt: number } | null = null
  let renewal: Promise<void> | null = null
  const onEnd: ((isWanted: boolean) => void)[] = []
  const beforeLeaving = new Set<() => Promise<void>>()

  const isSignedIn = computed(() => user.value !== null)

  const clock = watchSession({ renew: () => renew(), over: () => end() })

  function begin(session: Session): void {
    const offset = clockOffset(session.accessToken)
    token = { text: session.accessToken, expiresAt: Date.parse(session.expiresAt) + offset }
    clock.begin(session, offset)
    user.value = session.user
    localStorage.setItem(hintKey, '1')
  }

  /** Forgets everything here; listeners clear caches and lead to the sign-in page, back to the work unless leaving was meant. */
  function end(isWanted = false): void {
    token = null
    user.value = null
    clock.stop()
    localStorage.removeItem(hintKey)
    for (const listener of onEnd) listener(isWanted)
  }

  async function signIn(credentials: SignIn): Promise<void> {
    begin(await answerOf<typeof createSession>(await request(createSession, { body: credentials })))
  }

  async function signOut(): Promise<void> {
    await Promise.allSettled([...beforeLeaving].map((finish) => finish()))
    const text = await freshToken()
    await request(endCurrentSession, {}, { token: text }).catch((error: unknown) => {
      if (!isProblem(error) || error.status !== 401) throw error
    })
    end(true)
  }

  /** One renewal at a time, whoever asks; ends the session where the cookie is no longer good. */
  async function renew(): Promise<void> {
    renewal ??= refresh()
      .then(begin)
      .catch((error: unknown) => {
        if (isProblem(error) && error.status === 401) end()
        throw error
      })
      .finally(() => (renewal = null))
    return renewal
  }

  async function freshToken(): Promise<string | null> {
    if (token === null || token.expiresAt - Date.now() < marginMs) await renew()
    return token?.text ?? null
  }

  /** After a 401: renews unless somebody else already has. */
  async function tokenAfter(refused: string | null): Promise<string | null> {
    if (token === null || token.text === refused) await renew()
    return token?.text ?? null
  }

  /** At the start of a page: whoever signed in before is signed in again. False: nobody is. */
  async function restore(): Promise<boolean> {
    if (user.value !== null) return true
    try {
      await renew()
      return true
    } catch (error) {
      if (isProblem(error) && error.status === 401) return false
      throw error
    }
  }

  /** How the person always wants a list, as it was just stored. */
  function keepListSetting(view: View): void {
    if (user.value === null) return
    const others = (user.value.listSettings ?? []).filter(({ list }) => list !== view.list)
    user.value = { ...user.value, listSettings: [...others, view] }
  }

  /** The own language, as it was just stored. */
  function keepLocale(locale: Locale): void {
    if (user.value !== null) user.value = { ...user.value, locale }
  }

  /** Coarse rights, by the same list that the API goes by. */
  function mayCall(endpoint: Pick<Endpoint, 'config'>): boolean {
    return user.value !== null && allows(endpoint.config.access, user.value)
  }

  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === hintKey && newValue === null && user.value !== null) end()
  })

  return {
    user,
    isSignedIn,
    /** The session is about to end; null while it is not. */
    ending: clock.ending,
    /** Goes on with the session. */
    renew,
    signIn,
    signOut,
    restore,
    freshToken,
    tokenAfter,
    keepListSetting,
    keepLocale,
    mayCall,
    /** What must be done before somebody signs out; the answer takes it back. */
    whenLeaving: (finish: () => Promise<void>): (() => void) => {
      beforeLeaving.add(finish)
      return () => void beforeLeaving.delete(finish)
    },
    whenEnded: (listener: (isWanted: boolean) => void) => void onEnd.push(listener),
    mayBeSignedIn: () => localStorage.getItem(hintKey) !== null,
  }
})

function allows(access: Access, user: SignedInUser): boolean {
  if ('public' in access || 'signedIn' in access) return true
  return user.roles.some((role) => access.roles.includes(role))
}
