// Builds the web app where anything that it is made of has changed: a start with everything in place takes seconds.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['apps/web', 'packages/contracts', 'packages/domain', 'pnpm-lock.yaml', 'tsconfig.base.json']
const notSources = /(^|\/)(node_modules|dist|test)\/|[.](test|spec)[.]ts$/
const mark = `${root}.cache/web-build`

const files = sources
  .flatMap((path) => (existsSync(`${root}${path}/package.json`) ? list(path) : [path]))
  .filter((path) => !notSources.test(path))
  .toSorted()
function list(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return notSources.test(`${path}/`) ? [] : list(path)
    return entry.isFile() ? [path] : []
  })
}

const hash = createHash('sha256')
for (const path of files) hash.update(`${path}\n`).update(readFileSync(`${root}${path}`))
const wanted = hash.digest('hex')

const isBuilt = existsSync(mark) && readFileSync(mark, 'utf8') === wanted && existsSync(`${root}apps/web/dist/index.html`)
if (!isBuilt) {
  const { status } = spawnSync(`${root}node_modules/.bin/pnpm`, ['--filter', 'web', 'build'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  mkdirSync(`${root}.cache`, { recursive: true })
  writeFileSync(mark, wanted)
}
