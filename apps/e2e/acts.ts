import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a person does on a page, by the names that a person reads. Labels carry "(vapaaehtoinen)" where a value may be left out. */
export const text = (within: Page | Locator, name: RegExp | string): Locator => within.getByRole('textbox', { name })

export const press = (within: Page | Locator, name: string): Promise<void> => within.getByRole('button', { name, exact: true }).click()

export const heading = (page: Page, name: RegExp | string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor()

/** Types into a field that finds records, and takes the first that it offers. */
export async function pick(within: Page | Locator, name: RegExp | string, typed: string): Promise<void> {
  const box = within.getByRole('combobox', { name })
  await box.fill(typed)
  await within
    .getByRole('option', { name: new RegExp(typed) })
    .first()
    .click()
}

/** What the browser knows to have the focus, as a person hears it. */
export const inFocus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    return element === null
      ? ''
      : `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''}`
  })

/** What is true before long, on a busy machine too. */
export const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 10_000 })
