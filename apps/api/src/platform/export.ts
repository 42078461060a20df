import type { CursorValue } from './cursor.ts'

/** The items of a whole list, some at a time, read while they are sent. */
export type PageAfterPage = AsyncIterable<readonly unknown[]>

const rowsAtOnce = 200

interface Asked {
  readonly after: CursorValue[] | null
  readonly limit: number
}

/**
 * Every row behind the cursor; only a limit that was asked for caps it. The first page is there before this returns, so
 * that a refusal is still a problem document.
 */
export async function everyPage(
  asked: { readonly after: CursorValue[] | null; readonly limit: number | undefined },
  read: (asked: Asked) => Promise<{ readonly items: readonly unknown[]; readonly last: CursorValue[] | null }>,
): Promise<PageAfterPage> {
  let left = asked.limit ?? Number.POSITIVE_INFINITY
  const next = (after: CursorValue[] | null) => read({ after, limit: Math.min(rowsAtOnce, left) })
  const first = await next(asked.after)
  return (async function* pages() {
    for (let page = first; ; page = await next(page.last)) {
      yield page.items
      left -= page.items.length
      if (page.last === null || left <= 0) return
    }
  })()
}
