// `npm run pictures`: the README's pictures, taken of a running program with fresh demo data (`npm start` beside it).
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { demoPassword } from '../api/src/demo/cast.ts'
import { launchBrowser } from './browser.ts'

const url = process.argv[2] ?? 'http://127.0.0.1:3000'
const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url))
mkdirSync(folder, { recursive: true })

const browser = await launchBrowser()
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'fi-FI',
    timezoneId: 'Europe/Helsinki',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const take = async (name: string) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${folder}/${name}.png` })
  }
  await page.goto(url)
  await page.getByRole('textbox', { name: /sähköposti/i }).fill('koordinaattori@jyvaskyla.example')
  await page.locator('input[type=password]').fill(demoPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL((address) => address.pathname === '/today')
  await take('today')
  await page.goto(`${url}/leases?status=active`)
  await page.locator('main a[href^="/leases/"]').nth(2).waitFor()
  const contract = await page
    .locator('main a[href^="/leases/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '').find((href) => /[0-9a-f]{12}$/.test(href)))
  await page.goto(`${url}${contract}`)
  await take('contract')
} finally {
  await browser.close()
}
