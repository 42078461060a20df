import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../app.ts'
import { accounts, addressesOf, type Who } from '../every-address.ts'
import { overflow } from '../page-checks.ts'
import { pseudo, pseudoLetters, speakPseudo } from '../pseudo-locale.ts'
import { settled } from '../visit.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})

/** Written whole, not as messages; and what the build writes. */
const texts = ['/accessibility', '/stored-data', '/licences']
/** Names of programs, units and languages by their own name; what Intl writes of days and months. */
const same = /^(kotoisa|suomi|svenska|english|ctrl|csv|xlsx)$/i
/** The library names the place of its messages in English, and takes no other name (Toaster of @nuxt/ui). */
const ofLibrary = /^notifications$/i

/** Words of the page that come neither from a message nor from the data. */
async function untranslated(page: Page, known: Set<string>): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const told: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      if (parent?.closest('script, style, code, kbd, [lang]:not(html)') === null) told.push(walker.currentNode.textContent ?? '')
    }
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) told.push(one.getAttribute(name) ?? '')
    return told
  })
  return shown
    .flatMap((one) => one.match(/[\p{L}-]{3,}/gu) ?? [])
    .filter((word) => !pseudoLetters.test(word) && pseudo(word) !== word)
    .filter((word) => !same.test(word) && !ofLibrary.test(word) && !known.has(word.toLowerCase()))
}

/** Names of days and months as Intl writes them, by themselves and in a date. */
const days: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'long' },
  { month: 'short' },
  { weekday: 'long' },
  { weekday: 'short' },
  { month: 'long', day: 'numeric', weekday: 'long' },
  { month: 'short', day: 'numeric' },
]
const ofIntl = days.flatMap((form) =>
  Array.from({ length: 366 }, (_, day) => new Intl.DateTimeFormat('fi', form).format(new Date(2026, 0, 1 + day))).flatMap(
    (one) => one.match(/[\p{L}-]{3,}/gu) ?? [],
  ),
)

test.each(['coordinator', 'landlord', 'admin', 'nobody'] as const satisfies Who[])(
  'pseudo-locale, %s: no page at 360 px overflows with longer words, and no text is left untranslated',
  async (who) => {
    const email = accounts[who]
    const first = email === null ? await product.open({ width: 360 }) : await product.signIn(email, { width: 360 })
    await speakPseudo(first.context())
    const page = await first.context().newPage()
    await first.close()
    await page.setViewportSize({ width: 360, height: 740 })
    const known = new Set(ofIntl.map((word) => word.toLowerCase()))
    page.on('response', async (answer) => {
      if (!answer.url().includes('/v1/')) return
      const body = await answer.text().catch(() => '')
      for (const word of body.match(/[\p{L}-]{3,}/gu) ?? []) known.add(word.toLowerCase())
    })
    const wide: string[] = []
    const left: string[] = []
    for (const { route, path } of await addressesOf(product, who)) {
      await page.goto(product.server.url + path)
      await settled(page)
      expect(await page.locator('h1').innerText(), route).toMatch(/./)
      wide.push(...(await overflow(page, route)))
      if (!texts.includes(route)) left.push(...(await untranslated(page, known)).map((word) => `${route}: ${word}`))
    }
    expect(wide).toEqual([])
    expect([...new Set(left)]).toEqual([])
    expect(product.faults).toEqual([])
    await page.context().close()
  },
)
