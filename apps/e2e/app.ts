import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { demoPassword } from '../api/src/demo/cast.ts'
import { start, temporaryFolder, type StartOptions, type TestProcess } from '../api/test/process.ts'
import { launchBrowser } from './browser.ts'

/** The whole product as `npm start` runs it, with demo data, and a browser. */
export interface Product {
  readonly server: TestProcess
  readonly dataDir: string
  readonly browser: Browser
  /** What no page may cause; looked at by each journey. */
  readonly faults: string[]
  open(options?: { width?: number; query?: string }): Promise<Page>
  /** In a browser of its own, or on a page that was opened. */
  signIn(email: string, options?: { width?: number; query?: string; on?: Page }): Promise<Page>
}

export async function startProduct(): Promise<Product> {
  const dataDir = await demoFolder()
  const server = await start(serverOn(dataDir))
  const browser = await launchBrowser()
  const faults: string[] = []
  afterAll(async () => {
    await browser.close()
    server.child.kill('SIGTERM')
    await server.ended()
  })
  const open = async ({ width = 1440, query = '' }: { width?: number; query?: string } = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      locale: 'fi-FI',
      timezoneId: 'Europe/Helsinki',
      reducedMotion: 'reduce',
    })
    await watch(context, server.url, faults)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(`${server.url}/${query}`)
    return page
  }
  return {
    server,
    dataDir,
    browser,
    faults,
    open,
    async signIn(email, options) {
      const page = options?.on ?? (await open(options))
      await page.getByRole('textbox', { name: /sähköposti/i }).fill(email)
      await page.locator('input[type=password]').fill(demoPassword)
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.pathname !== '/sign-in')
      return page
    },
  }
}

const serverOn = (folder: string): StartOptions => ({
  script: fileURLToPath(new URL('../api/src/server.ts', import.meta.url)),
  env: { DATA_DIR: folder, LOG_LEVEL: 'warn', RATE_LIMIT: '100000' },
})

/**
 * A DATA_DIR of its own for each file, with demo data. Eighteen months of it take most of a start: so a test run makes it
 * once, by a first start that is stopped in order, and every file begins with a copy.
 */
async function demoFolder(): Promise<string> {
  const mine = await temporaryFolder()
  const root = process.env['TEST_ROOT']
  if (root === undefined) return mine
  const made = join(root, 'demo-data')
  if (!existsSync(made)) {
    const fresh = `${made}.new`
    mkdirSync(fresh, { recursive: true })
    chmodSync(fresh, 0o711)
    const first = await start(serverOn(fresh), 110_000)
    first.child.kill('SIGTERM')
    await first.ended()
    renameSync(fresh, made)
  }
  // The files belong to whom PostgreSQL runs as: copied as they are.
  execFileSync('cp', ['-a', `${made}/.`, mine])
  return mine
}

/** No other origin, no broken policy, no error in the console (HD-01, HD-05). */
async function watch(context: BrowserContext, origin: string, faults: string[]): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
  })
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('blob:')) faults.push(`asked elsewhere: ${request.url()}`)
  })
  context.on('console', (message) => {
    // A refusal that a page handles is still told by the browser.
    if ((message.type() === 'error' || message.type() === 'warning') && !message.text().startsWith('Failed to load resource'))
      faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`exception: ${error.error().message}`))
}
