import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe finds against WCAG 2.0 to 2.2, levels A and AA; of every weight. */
export async function axe(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // Our pages hold no frames: one script in the page is enough, and no second page is opened for it.
    .setLegacyMode(true)
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => `${where}: axe ${id} ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`),
  )
}

/** Another width or theme has been drawn, and nothing is on its way to it. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })

/** What sticks out of the page, or is cut in its own box, at this width. */
export async function overflow(page: Page, where: string): Promise<string[]> {
  const found = await page.evaluate(() => {
    const name = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class')?.split(' ')[0] ?? ''} “${(element.textContent ?? '').trim().slice(0, 30)}”`
    const width = document.documentElement.clientWidth
    const told: string[] = []
    const sideways = document.documentElement.scrollWidth - width
    if (sideways > 0) told.push(`scrolls sideways by ${sideways}`)
    // What lies over the page scrolls nothing: its edges are looked at.
    for (const over of document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]')) {
      const { left, right } = over.getBoundingClientRect()
      if (left < -1 || right > width + 1)
        told.push(`sticks out: ${name(over)} from ${Math.round(left)} to ${Math.round(right)} of ${width}`)
    }
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const box = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      if (
        box.width < 2 ||
        box.height < 2 ||
        style.visibility === 'hidden' ||
        element.closest('.visually-hidden, [aria-hidden=true], svg') !== null
      )
        continue
      const mayScroll = (one: Element | null): boolean =>
        one !== null && one !== document.body && (/(auto|scroll)/.test(getComputedStyle(one).overflowX) || mayScroll(one.parentElement))
      if (sideways > 0 && (box.right > width + 1 || box.left < -1) && !mayScroll(element)) told.push(`sticks out: ${name(element)}`)
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '')
      if (!hasText || element.matches('input, textarea, select, option, caption, legend')) continue
      const isCut =
        (/(hidden|clip)/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (/(hidden|clip)/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
      if (isCut && !element.matches('[title], .visually-hidden')) told.push(`is cut: ${name(element)}`)
    }
    return [...new Set(told)].slice(0, 5)
  })
  return found.map((one) => `${where}: ${one}`)
}

/** WCAG 1.4.12: what a person may set must cut nothing and hide nothing. A sheet that is built, so that the policy holds. */
export async function spaceText(page: Page, isOn = true): Promise<void> {
  await page.evaluate((on) => {
    if (!on) return void (document.adoptedStyleSheets = [])
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    )
    document.adoptedStyleSheets = [sheet]
  }, isOn)
}

/** WCAG 1.1.1 and 1.3.1: tables with a name and headers of columns, drawings with a name and a table beside them. */
export async function unlabelledTables(page: Page, where: string): Promise<string[]> {
  const found = await page.evaluate(() => {
    const told: string[] = []
    /** There, or a press away. */
    const hasTwin = (around: Element | null): boolean => {
      const names = [...(around?.querySelectorAll('button, summary') ?? [])].map((one) => one.textContent ?? '')
      return around?.querySelector('table') !== null || names.some((name) => /taulukko/i.test(name))
    }
    for (const table of document.querySelectorAll('table')) {
      const name = table.caption?.textContent?.trim() ?? table.getAttribute('aria-label') ?? table.getAttribute('aria-labelledby') ?? ''
      if (name === '') told.push(`a table without a caption, ${table.textContent?.trim().slice(0, 30)}`)
      const heads = [...table.querySelectorAll('thead th')]
      if (heads.length === 0) told.push(`a table without headers: ${name}`)
      if (heads.some((head) => head.getAttribute('scope') !== 'col')) told.push(`a header without its scope: ${name}`)
    }
    for (const drawing of document.querySelectorAll('main svg:not([aria-hidden=true])')) {
      const isNamed =
        drawing.hasAttribute('aria-label') || drawing.hasAttribute('aria-labelledby') || drawing.querySelector('title') !== null
      if (!isNamed) told.push(`a drawing without a name: ${drawing.getAttribute('aria-label') ?? drawing.getAttribute('class') ?? ''}`)
      if (!hasTwin(drawing.closest('figure, section') ?? drawing.parentElement))
        told.push(`a drawing without a table: ${drawing.getAttribute('aria-label') ?? drawing.getAttribute('class') ?? ''}`)
    }
    for (const figure of document.querySelectorAll('main figure'))
      if (!hasTwin(figure)) told.push(`a picture without a table: ${figure.textContent?.trim().slice(0, 30)}`)
    return told
  })
  return found.map((one) => `${where}: ${one}`)
}
