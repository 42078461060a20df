import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const folder = fileURLToPath(new URL('postgres-versions', import.meta.url))
const pnpm = fileURLToPath(new URL('../../../node_modules/.bin/pnpm', import.meta.url))

/** Binaries for `PG_VERSION=16 npm test`, fetched the first time; undefined: the server that the program brings. */
export async function nativeOf(version: string | undefined): Promise<string | undefined> {
  if (!version || version === '18') return undefined
  const native = `${folder}/node_modules/postgres-${version}-${process.platform}-${process.arch}/native`
  if (!existsSync(native)) await promisify(execFile)(pnpm, ['install', '--frozen-lockfile'], { cwd: folder })
  if (!existsSync(native))
    throw new Error(`PG_VERSION may be 16, 17 or 18, on Linux; not ${version} on ${process.platform}-${process.arch}.`)
  return native
}
