import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll } from 'vitest'

/** A process of ours under test. */
export interface TestProcess {
  readonly url: string
  readonly child: ChildProcess
  /** What it wrote so far, both streams. */
  output(): string
  /** Code, signal and how long it took from this call. */
  ended(): Promise<{ code: number | null; signal: string | null; ms: number }>
}

const started = new Set<ChildProcess>()
const folders = new Set<string>()
/** Made by scripts/test.ts, which ends what an interrupted run leaves below it. */
const root = process.env['TEST_ROOT'] ?? tmpdir()

/** A folder of its own for DATA_DIR; what runs in it and the folder itself are gone after the file. */
export async function temporaryFolder(mode = 0o711): Promise<string> {
  const folder = await mkdtemp(join(root, 'kotoisa-process-'))
  await chmod(folder, mode)
  folders.add(folder)
  return folder
}

/** Below the ports that the system gives out by itself: nothing that listens on port 0 takes it before the server does. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })

export interface StartOptions {
  /** Path of the script. */
  readonly script: string
  readonly env: Record<string, string>
  readonly port?: number
  readonly uid?: number
  readonly gid?: number
}

/** Starts a script with an environment of its own, without waiting for it. */
export async function launch(options: StartOptions): Promise<TestProcess> {
  const port = options.port ?? (await freePort())
  const child = spawn(process.execPath, [options.script], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid, cwd: '/' }),
  })
  started.add(child)
  const note = noteOf(child.pid)
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const exit = new Promise<{ code: number | null; signal: string | null; at: number }>((done) =>
    child.once('close', (code, signal) => {
      started.delete(child)
      if (note) rmSync(note, { force: true })
      done({ code, signal, at: performance.now() })
    }),
  )
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    output: () => output,
    async ended() {
      const from = performance.now()
      const { code, signal, at } = await exit
      return { code, signal, ms: at - from }
    },
  }
}

function noteOf(pid: number | undefined): string | undefined {
  if (root === tmpdir() || pid === undefined) return undefined
  mkdirSync(join(root, 'pids'), { recursive: true })
  const note = join(root, 'pids', String(pid))
  writeFileSync(note, '')
  return note
}

/** Starts a server and waits until `/readyz` says yes. */
export async function start(options: StartOptions, limit = 60_000): Promise<TestProcess> {
  const running = await launch(options)
  await until(async () => {
    if (running.child.exitCode !== null) throw new Error(`the server ended with ${running.child.exitCode}:\n${running.output()}`)
    return (await fetch(`${running.url}/readyz`)).status === 200
  }, limit)
  return running
}

/** Asks again until the answer is yes; refused connections are a no. */
export async function until(isTrue: () => boolean | Promise<boolean>, limit = 10_000): Promise<void> {
  const deadline = Date.now() + limit
  while (Date.now() < deadline) {
    try {
      if (await isTrue()) return
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
    await pause(10)
  }
  throw new Error(`not true within ${limit} ms: ${isTrue.toString()}`)
}

/** The postmaster of a DATA_DIR, as its own file tells. */
export function postmasterPid(dataDir: string): number | null {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return null
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A killed child whose parent has not asked yet is no longer alive.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** SIGKILL to a server, its postmaster and every back end at once: what a power cut or the kernel does. */
export async function killTree(running: TestProcess, dataDir: string): Promise<void> {
  const postmaster = postmasterPid(dataDir)
  const backEnds = postmaster ? childrenOf(postmaster) : []
  for (const pid of [running.child.pid as number, ...(postmaster ? [postmaster] : []), ...backEnds]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // gone already
    }
  }
  await running.ended()
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  for (const folder of folders) {
    const pid = postmasterPid(folder) ?? postmasterPid(join(folder, 'data'))
    if (pid && isAlive(pid)) {
      process.kill(pid, 'SIGQUIT')
      await until(() => !isAlive(pid))
    }
    await rm(folder, { recursive: true, force: true })
  }
})
