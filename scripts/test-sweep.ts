import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Ends what an interrupted run left below its folder: servers by their noted pids, databases by postmaster.pid. */
export async function sweep(root: string): Promise<void> {
  const noted = join(root, 'pids')
  if (existsSync(noted)) for (const pid of readdirSync(noted)) end(Number(pid), 'SIGKILL')
  const postmasters = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('postmaster.pid'))
    .map((path) => Number(readFileSync(join(root, path), 'utf8').split('\n')[0]))
  for (const pid of postmasters) end(pid, 'SIGQUIT')
  for (const pid of postmasters) for (let tries = 0; tries < 200 && isThere(pid); tries++) await pause(10)
  await rm(root, { recursive: true, force: true })
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 1) process.kill(pid, signal)
  } catch {
    // gone already
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
