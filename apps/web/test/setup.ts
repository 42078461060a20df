import { showLanguage } from '../src/i18n/index.ts'

// The simulated browser has no Web Locks: those who ask for a turn get it one after the other, as in a browser.
let last: Promise<unknown> = Promise.resolve()
const locks = {
  request<T>(_name: string, work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  },
  query: async () => ({ held: [], pending: [] }),
}
Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })

// Texts in the source language, as the build compiles them.
await showLanguage('fi')
