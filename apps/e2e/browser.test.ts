import { expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

test('a browser starts, draws text and takes a picture', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 120 } })
    await page.goto('data:text/html,<title>Koti</title><h1>Kotoisa %C3%A4%C3%B6%C3%A5</h1>')
    expect(await page.title()).toBe('Koti')
    const heading = await page.locator('h1').boundingBox()
    expect(heading?.height).toBeGreaterThan(10)
    const picture = await page.screenshot()
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    expect(picture.length).toBeGreaterThan(1_000)
  } finally {
    await browser.close()
  }
})

test('nothing but loopback is reached (HD-05)', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await expect(page.goto('https://kotoisa.example/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED')
  } finally {
    await browser.close()
  }
})

test('a BROWSER_PATH that names nothing is told in one sentence', async () => {
  const before = process.env['BROWSER_PATH']
  process.env['BROWSER_PATH'] = '/nowhere/chromium'
  try {
    await expect(launchBrowser()).rejects.toThrow('BROWSER_PATH names /nowhere/chromium, where there is nothing.')
  } finally {
    if (before === undefined) delete process.env['BROWSER_PATH']
    else process.env['BROWSER_PATH'] = before
  }
})
