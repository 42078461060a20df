import { expect } from 'vitest'
import { killTree, launch, postmasterPid, start, until, type StartOptions, type TestProcess } from './process.ts'

/** What a server under the drill can do: write one thing that consists of several rows, and tell what is there. */
export interface DrillTarget {
  readonly options: Omit<StartOptions, 'env'> & { readonly env: { readonly DATA_DIR: string } & Record<string, string> }
  /** True when the write was acknowledged; throws or false when the answer never came. */
  write(server: TestProcess, id: string): Promise<boolean>
  /** Ids of what is there whole, and of what is there in part. */
  read(server: TestProcess): Promise<{ readonly whole: readonly string[]; readonly torn: readonly string[] }>
}

export interface DrillFigures {
  readonly rounds: number
  readonly acknowledged: number
  readonly unanswered: number
  /** Of the slowest start after a kill. */
  readonly slowestStartMs: number
}

/**
 * Kills the process under load at random moments: every second time node alone, else the whole tree; every third start
 * is killed as well. Nothing acknowledged may be lost, nothing torn, nothing appear that nobody wrote; what was not
 * answered is there or not, and a second try makes it one (DU-01, DU-02).
 */
export async function killRounds(target: DrillTarget, rounds: number): Promise<DrillFigures> {
  const dataDir = target.options.env.DATA_DIR
  const acknowledged = new Set<string>()
  const tried = new Set<string>()
  let slowestStartMs = 0

  for (let round = 0; round < rounds; round++) {
    if (round % 3 === 2) await killDuringStart(target, dataDir)
    const from = performance.now()
    const server = await start(target.options)
    slowestStartMs = Math.max(slowestStartMs, performance.now() - from)
    await check(target, server, acknowledged, tried)

    const goal = acknowledged.size + 1 + Math.floor(Math.random() * 200)
    const writer = async (name: number) => {
      for (let i = 0; ; i++) {
        const id = `${round}-${name}-${i}`
        tried.add(id)
        if (!(await target.write(server, id).catch(() => false))) return
        acknowledged.add(id)
      }
    }
    const writers = Promise.all([1, 2, 3, 4].map(writer))
    await until(() => acknowledged.size >= goal, 30_000)
    if (round % 2 === 1) await killAlone(server)
    else await killTree(server, dataDir)
    await writers
  }

  const last = await start(target.options)
  await check(target, last, acknowledged, tried)
  const unanswered = [...tried].filter((id) => !acknowledged.has(id))
  for (const id of unanswered) expect(await target.write(last, id)).toBe(true)
  const found = await target.read(last)
  expect(found.torn).toEqual([])
  expect(found.whole.toSorted()).toEqual([...tried].toSorted())
  last.child.kill('SIGTERM')
  expect(await last.ended()).toMatchObject({ code: 0 })
  return { rounds, acknowledged: acknowledged.size, unanswered: unanswered.length, slowestStartMs: Math.round(slowestStartMs) }
}

async function check(
  target: DrillTarget,
  server: TestProcess,
  acknowledged: ReadonlySet<string>,
  tried: ReadonlySet<string>,
): Promise<void> {
  const found = await target.read(server)
  const whole = new Set(found.whole)
  expect(found.torn, 'torn').toEqual([])
  expect(found.whole.length, 'twice').toBe(whole.size)
  expect(
    [...acknowledged].filter((id) => !whole.has(id)),
    'lost',
  ).toEqual([])
  expect(
    found.whole.filter((id) => !tried.has(id)),
    'from nowhere',
  ).toEqual([])
}

async function killAlone(server: TestProcess): Promise<void> {
  server.child.kill('SIGKILL')
  await server.ended()
}

async function killDuringStart(target: DrillTarget, dataDir: string): Promise<void> {
  const before = postmasterPid(dataDir)
  const early = await launch(target.options)
  await until(() => postmasterPid(dataDir) !== before || early.output() !== '' || early.child.exitCode !== null, 30_000).catch(
    () => undefined,
  )
  await killTree(early, dataDir)
}
