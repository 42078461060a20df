import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Stop {
  readonly label: string
  readonly isSeen: boolean
  readonly isCovered: boolean
}

/** What has the focus, whether it is seen to have it, and whether something lies over all of it (WCAG 2.4.7, 2.4.11). */
export const focused = (page: Page): Promise<Stop> =>
  page.evaluate(async () => {
    // Drawn once more: even without motion a style that follows the focus takes its place with the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const element = document.activeElement as HTMLElement
    const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : []
    // The ring is drawn by the element, by what it lies over, or by the box around it.
    const boxes = [getComputedStyle(element), getComputedStyle(element, '::after'), getComputedStyle(element.parentElement ?? element)]
    const around = element.closest('[role=search]')
    if (around !== null) boxes.push(getComputedStyle(around))
    // A mark of a drawing is seen by its line.
    const isLined = [...element.querySelectorAll('rect')].some((one) => getComputedStyle(one).stroke !== 'none')
    const isNowhere = element === document.body
    // What is drawn for a control that itself is not: its label.
    const drawn = [element, ...labels]
    const isCovered = drawn.every((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect()
      const points = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
      )
      return points.every(([x, y]) => {
        const hit = document.elementFromPoint(x, y)
        return hit === null || !(one.contains(hit) || hit.contains(one) || labels.some((label) => label.contains(hit)))
      })
    })
    return {
      label: isNowhere
        ? ''
        : [element.getAttribute('aria-label'), ...labels.map((one) => one.textContent), element.textContent]
            .filter(Boolean)
            .join(' ')
            .trim(),
      isSeen:
        isNowhere ||
        isLined ||
        boxes.some(
          ({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
        ),
      isCovered: isCovered && !isNowhere,
    }
  })

/** Presses Tab until the focus is there, as a person without a mouse does; what has the focus must be seen to have it. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  while (passed.length < 120) {
    await page.keyboard.press(key)
    const { label, isSeen, isCovered } = await focused(page)
    expect(isSeen, `the focus on “${label}” is seen`).toBe(true)
    expect(isCovered, `“${label}” in focus is covered`).toBe(false)
    if (name.test(label)) return
    passed.push(label)
  }
  throw new Error(`no way to ${name.toString()} by Tab: ${passed.join(' | ')}`)
}
