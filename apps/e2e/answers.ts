import type { Page, Route } from 'playwright-core'

type Method = 'GET' | 'POST' | 'PATCH'
const only = (method: Method, act: (route: Route) => Promise<void>) => (route: Route) =>
  route.request().method() === method ? act(route) : route.fallback()

export interface Held {
  /** Resolves when the first request has come. */
  readonly asked: () => Promise<void>
  /** Lets what has come, and what comes later, go on, to a failure where one was prepared before. */
  readonly release: () => Promise<void>
}

/** A slow network: what the page asks is not sent before it is let go. */
export async function holdAnswers(page: Page, pattern: string | RegExp, method: Method = 'GET'): Promise<Held> {
  const waiting: Route[] = []
  let tell: (() => void) | undefined
  const first = new Promise<void>((done) => (tell = done))
  const handler = only(method, async (route) => {
    waiting.push(route)
    tell?.()
  })
  await page.route(pattern, handler)
  return {
    asked: () => first,
    release: async () => {
      await page.unroute(pattern, handler)
      // A request that the page has given up meanwhile is gone.
      await Promise.all(waiting.map((route) => route.fallback().catch(() => undefined)))
    },
  }
}

/** The next request reaches the server, which does its work, and the answer never comes. */
export async function loseAnswer(page: Page, pattern: string, method: Method): Promise<void> {
  await page.route(
    pattern,
    only(method, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    }),
    { times: 1 },
  )
}

export const failureId = '0199fa11-0000-7000-8000-000000000500'

/** The server fails until the returned function is called. */
export async function failAnswers(page: Page, pattern: string | RegExp, method: Method = 'GET'): Promise<() => Promise<void>> {
  const body = {
    type: 'https://kotoisa.example/problems/server.internal',
    title: 'Palvelimessa tapahtui virhe.',
    status: 500,
    code: 'server.internal',
    params: {},
    requestId: failureId,
    errors: [],
  }
  const handler = only(method, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json; charset=utf-8', body: JSON.stringify(body) }),
  )
  await page.route(pattern, handler)
  return () => page.unroute(pattern, handler)
}
