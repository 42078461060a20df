import { onMounted, onUnmounted, type Ref } from 'vue'
import { isForPage } from '../../lib/single-keys.ts'

/** `j` and `k` go through the rows of a list, as the arrow keys do in a mail program; Enter follows the link, or presses the button, in focus. */
export function useRowKeys(container: Readonly<Ref<HTMLElement | null>>): void {
  function onKey(event: KeyboardEvent): void {
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (step === 0 || !isForPage(event)) return
    const links = [...(container.value?.querySelectorAll<HTMLElement>('.lead') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step
    links[next]?.focus()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onUnmounted(() => document.removeEventListener('keydown', onKey))
}
