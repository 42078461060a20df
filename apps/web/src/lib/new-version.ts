import { ref } from 'vue'

/** The server has another build than this page was loaded with. */
export const isOutdated = ref(false)

const lookAgainMs = 300_000
let lookedAt = Date.now()

/** The page's script, named by its content. A pattern, not a parser: the policy takes no HTML from a string. */
const entryIn = (html: string): string | null => /<script[^>]*\btype="module"[^>]*\bsrc="([^"]+)"/.exec(html)?.[1] ?? null
const ownEntry = (): string | null => document.querySelector('script[type=module][src]')?.getAttribute('src') ?? null

/** Asks when somebody comes back to the page, not more often than every five minutes. */
async function look(): Promise<void> {
  if (document.visibilityState !== 'visible' || isOutdated.value || Date.now() - lookedAt < lookAgainMs) return
  lookedAt = Date.now()
  try {
    const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store' })
    if (!response.ok) return
    const entry = entryIn(await response.text())
    isOutdated.value = entry !== null && entry !== ownEntry()
  } catch {
    // No answer tells nothing of versions.
  }
}

/** Nothing is loaded anew by itself: work that is not saved would be lost. */
export function watchForNewVersion(): void {
  for (const event of ['visibilitychange', 'focus', 'pointerdown'] as const)
    window.addEventListener(event, () => void look(), { passive: true, capture: true })
  // A part of this version that the server no longer has.
  window.addEventListener('vite:preloadError', () => (isOutdated.value = true))
}
