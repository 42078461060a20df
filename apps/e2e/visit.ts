import type { BrowserContext, Page } from 'playwright-core'

/** What opening a page took. */
export interface Visit {
  /** Method and path of what was asked of the API, beside the session's own. */
  readonly asked: readonly string[]
  /** Names of the script files. */
  readonly scripts: readonly string[]
  /** How much what stood there moved by itself (Cumulative Layout Shift). */
  readonly moved: number
  readonly title: string
  readonly language: string
}

interface Traffic {
  readonly asked: string[]
  readonly scripts: string[]
  readonly open: Set<unknown>
}
const traffics = new WeakMap<Page, Traffic>()
const session = /^\/v1\/sessions(\/|$)/

/** Before a page is made in it: notes what moves. */
export const noteMoves = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const moves = { sum: 0 }
    Object.assign(window, { moves })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) moves.sum += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })

function trafficOf(page: Page): Traffic {
  const known = traffics.get(page)
  if (known !== undefined) return known
  const traffic: Traffic = { asked: [], scripts: [], open: new Set() }
  traffics.set(page, traffic)
  page.on('request', (request) => {
    traffic.open.add(request)
    const { pathname } = new URL(request.url())
    if (request.resourceType() === 'script') traffic.scripts.push(pathname)
    else if (pathname.startsWith('/v1/') && !session.test(pathname)) traffic.asked.push(`${request.method()} ${pathname}`)
  })
  page.on('requestfinished', (request) => void traffic.open.delete(request))
  page.on('requestfailed', (request) => void traffic.open.delete(request))
  return traffic
}

/** The page has its heading, and nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  const { open } = trafficOf(page)
  const deadline = Date.now() + 20_000
  for (let quiet = 0; quiet < 2;) {
    // Two frames: what an answer brings is drawn, and has asked for what it needs.
    const isThere = await page.evaluate(
      () =>
        new Promise<boolean>((done) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => done(document.querySelector('h1') !== null && document.querySelector('[aria-busy=true]') === null)),
          ),
        ),
    )
    quiet = isThere && open.size === 0 ? quiet + 1 : 0
    if (Date.now() > deadline) throw new Error(`${page.url()} does not come to rest`)
  }
}

export async function visit(page: Page, url: string): Promise<Visit> {
  const traffic = trafficOf(page)
  traffic.asked.length = 0
  traffic.scripts.length = 0
  traffic.open.clear()
  await page.goto(url)
  await settled(page)
  const seen = await page.evaluate(() => ({
    moved: (window as unknown as { moves?: { sum: number } }).moves?.sum ?? 0,
    title: document.title,
    language: document.documentElement.lang,
  }))
  return { asked: [...traffic.asked], scripts: [...traffic.scripts], ...seen }
}
