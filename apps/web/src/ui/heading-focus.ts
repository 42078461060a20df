/** After a change of page the focus goes to the new page's h1, so that a screen reader begins there. */
let isWanted = false

export const focusHeadingNext = (): void => void (isWanted = true)

export function focusHeadingIfWanted(heading: HTMLElement | null): void {
  if (!isWanted || heading === null) return
  isWanted = false
  heading.focus({ preventScroll: true })
}
