interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** More would be a list to page through, not one to think about at once. */
const mostPages = 50

/** Every page of a list, one after the other, for what must be seen whole: a landlord's homes, the homes to choose from. */
export async function everyPage<T>(load: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  let cursor: { cursor?: string } = {}
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { items, nextCursor } = await load(cursor)
    found.push(...items)
    if (nextCursor === null) break
    cursor = { cursor: nextCursor }
  }
  return found
}
