import { ask, type Answer } from './load.ts'
import { listPath, type Operation, type Operations } from './operations.ts'
import type { Servers } from './servers.ts'

/** A comparison is worth nothing where the other server does less: both must give the same bytes, or nothing is measured. */
export async function requireSameAnswers(
  { api, reference, headers }: Servers,
  { list, detail, search, create }: Operations,
): Promise<number> {
  const times = (count: number, operation: Operation) => Array.from({ length: count }, () => operation.next())
  const reads = [...times(1, list), ...times(50, detail), ...times(50, search)]
  for (const request of reads) requireSame(request.path, await ask(api, request), await ask(reference, request))

  // Of two creates no id and no number can be the same: what one server has made, the other must read as it was told.
  for (const [maker, reader] of [
    [api, reference],
    [reference, api],
  ] as const) {
    const made = await ask(maker, create.next())
    if (made.status !== 201) throw new Error(`create: ${made.status} ${made.body}`)
    const path = `${listPath}/${(JSON.parse(made.body) as { id: string }).id}`
    requireSame(path, { ...made, status: 200 }, await ask(reader, { method: 'GET', path, headers }))
  }
  return reads.length + 2
}

/** The cursor is sealed with a random nonce, so no two are alike, not even of one server: as long it must be. Etags must be equal. */
const withoutCursor = (body: string) =>
  body.replace(/"nextCursor":"([^"]+)"/, (_all, cursor: string) => `"nextCursor":"${'x'.repeat(cursor.length)}"`)

function requireSame(path: string, one: Answer, other: Answer): void {
  const [ours, theirs] = [withoutCursor(one.body), withoutCursor(other.body)]
  if (one.status === 200 && other.status === 200 && ours === theirs) return
  let at = 0
  while (at < ours.length && ours[at] === theirs[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 200)
  throw new Error(`${path} differs at ${at}:\nAPI ${one.status}: …${around(ours)}\nreference ${other.status}: …${around(theirs)}`)
}
