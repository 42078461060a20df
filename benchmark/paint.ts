import { randomInt } from 'node:crypto'
import { runCommand } from '../apps/api/src/cli/with-database.ts'
import { hashPassword } from '../apps/api/src/modules/access/password-hashing.ts'
import { createUser } from '../apps/api/src/modules/access/users.ts'
import { launchBrowser } from '../apps/e2e/browser.ts'
import { idOf, municipality } from './fill.ts'
import { median } from './load.ts'
import type { Database } from './servers.ts'

/** Milliseconds from asking for the address until a person sees the rows, or the record. */
export interface Painted {
  readonly subleases: number
  readonly pages: readonly { readonly page: string; readonly median: number; readonly slowest: number }[]
}

const login = { email: 'nopea@vertailu.example', password: 'nopea nuoli metsän yllä' }

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>

/** Opens list and detail in turn, each as a page of its own, as a reload does; the first round fills the browser's cache. */
export async function paint(database: Database, port: number, subleases: number, rounds: number): Promise<Painted> {
  await addCoordinator(database)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'fi-FI' })
    const url = `http://127.0.0.1:${port}`
    await page.goto(url)
    await page.locator('input[type=email]').fill(login.email)
    await page.locator('input[type=password]').fill(login.password)
    await page.keyboard.press('Enter')
    await page.waitForURL((address) => address.pathname !== '/sign-in')
    const times: Record<'list' | 'detail', number[]> = { list: [], detail: [] }
    for (let round = 0; round <= rounds; round++) {
      const list = await timeOf(page, `${url}/leases`, 'tbody tr:nth-child(25)')
      // The last term of a home runs, and nobody protected lives in it.
      const running = idOf('sublease', subleases - 1 - randomInt(Math.floor(subleases / 4)))
      const detail = await timeOf(page, `${url}/leases/${running}`, '#main section')
      if (round === 0) continue
      times.list.push(list)
      times.detail.push(detail)
    }
    return {
      subleases,
      pages: Object.entries(times).map(([name, all]) => ({ page: name, median: median(all), slowest: Math.max(...all) })),
    }
  } finally {
    await browser.close()
  }
}

/** On the page's own clock, which begins when the address is asked for; two frames on, what is there has been painted. */
async function timeOf(page: Page, url: string, shown: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  return page.evaluate(
    (selector) =>
      new Promise<number>((done) => {
        const look = (): void => {
          const isThere = document.querySelector(selector) !== null && document.querySelector('[aria-busy=true]') === null
          if (!isThere) requestAnimationFrame(look)
          else requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
        }
        look()
      }),
    shown,
  )
}

async function addCoordinator({ ownerUrl, secretsFile }: Database): Promise<void> {
  Object.assign(process.env, { DATABASE_URL: ownerUrl, SECRETS_FILE: secretsFile, DEMO_DATA: '0' })
  await runCommand('benchmark', async ({ secrets, inMunicipality }) => {
    const passwordHash = await hashPassword(login.password)
    const user = { email: login.email, name: 'Nopea Koordinaattori', roles: ['coordinator'] as const, landlordId: null, passwordHash }
    await inMunicipality(municipality, (ctx) => createUser(ctx, secrets.directoryKey, user))
  })
}
