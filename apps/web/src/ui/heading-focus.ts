/** After a change of page the focus goes to the new page's h1, so that a screen reader begins there. */
let isWanted = false

export const focusHeadingNext = (): void => void (isWanted = true)

/** Whether this page was come to from another one of the app, and has not begun yet. */
export const isHeadingWanted = (): boolean => isWanted

export function focusHeadingIfWanted(heading: HTMLElement | null): void {
  if (!isWanted || heading === null) return
  isWanted = false
  // Whoever has opened a dialog meanwhile is typing into it.
  if (document.querySelector('[role="dialog"][data-state="open"]') !== null) return
  heading.focus({ preventScroll: true })
}
