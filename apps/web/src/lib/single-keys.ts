import { ref } from 'vue'

/** localStorage: that the person has turned shortcuts of one letter off; whoever dictates sets them off by accident (WCAG 2.1.4). */
const storageKey = 'single-keys'

export const singleKeys = ref(localStorage.getItem(storageKey) !== 'off')

export function chooseSingleKeys(on: boolean): void {
  singleKeys.value = on
  if (on) localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, 'off')
}

const inUse = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]'

/** A letter that is meant for the page: not typed into anything, nor for a menu or dialog that is open. */
export function isForPage(event: KeyboardEvent): boolean {
  if (!singleKeys.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  const isTaken = event.target instanceof HTMLElement && event.target.closest(inUse) !== null
  return !isTaken && document.querySelector('[role="dialog"]') === null
}
