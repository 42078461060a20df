import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'

const cacheFolder = fileURLToPath(new URL('../../.cache', import.meta.url))

const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A request to anybody else fails at once, and a test sees it (HD-05).
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/**
 * A Chromium: the one of BROWSER_PATH, else the system's, else (Linux x64) the one that npm brought. Playwright starts
 * it without sandbox, which root and some systems need; it visits our own pages only.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ ...(await findBrowser()), ...options, args: [...args, ...(options.args ?? [])] })
}

type Found = Pick<LaunchOptions, 'executablePath' | 'env'>

async function findBrowser(): Promise<Found> {
  const named = process.env['BROWSER_PATH']
  if (named) {
    if (existsSync(named)) return { executablePath: named }
    throw new Error(`BROWSER_PATH names ${named}, where there is nothing.`)
  }
  const system = systemBrowser()
  if (system) return { executablePath: system }
  if (process.platform === 'linux' && process.arch === 'x64') return packedBrowser()
  throw new Error('The browser tests need Chromium or Google Chrome: install one (Debian: apt install chromium), or set BROWSER_PATH.')
}

function systemBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium')
  return candidates.find((path) => existsSync(path))
}

/** Unpacked once into the project's cache, with the libraries and the list of fonts that a bare Debian lacks. */
async function packedBrowser(): Promise<Found> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const root = join(dirname(entry), '..')
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const home = join(cacheFolder, `chromium-${version}`)
  if (!existsSync(home)) await unpack(entry, root, home)
  const libraries = [join(home, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter)
  const env = Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined))
  return { executablePath: join(home, 'chromium'), env: { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(home, 'fonts') } }
}

async function unpack(entry: string, root: string, home: string): Promise<void> {
  const fresh = `${home}.new-${process.pid}`
  const before = process.env['TMPDIR']
  await mkdir(fresh, { recursive: true })
  // The package knows no other way to be told where to unpack.
  process.env['TMPDIR'] = fresh
  try {
    const packed = (await import(pathToFileURL(entry).href)) as typeof import('@sparticuz/chromium')
    await packed.default.executablePath()
    await packed.inflate(join(root, 'bin', 'al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  const folders = [join(home, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('')
  const fonts = `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>\n`
  await writeFile(join(fresh, 'fonts', 'fonts.conf'), fonts)
  await rename(fresh, home).catch(async (error: unknown) => {
    // Another process may have been quicker.
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  })
}
