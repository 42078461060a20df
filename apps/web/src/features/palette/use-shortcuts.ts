import { onMounted, onUnmounted, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { places } from '../../layouts/navigation.ts'
import { useSession } from '../../lib/session.ts'
import { isForPage } from '../../lib/single-keys.ts'
import { newFrom } from './commands.ts'
import { goLetters } from './shortcuts.ts'

/** So long `g` waits for its letter. */
const secondLetterMs = 1500

/** The keys that hold on every page of the staff's; which of the two dialogs they have opened. */
export function useShortcuts() {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const isPaletteOpen = ref(false)
  const isHelpOpen = ref(false)
  let wentAt = -Infinity

  function goTo(letter: string): void {
    const place = places.find(({ to }) => to === goLetters[letter])
    if (place !== undefined && session.mayCall(place.endpoint)) void router.push(place.to)
  }

  function begin(): void {
    const command = newFrom(route.path)
    if (command !== undefined && session.mayCall(command.endpoint) && route.path !== command.to) void router.push(command.to)
  }

  function onKey(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      // Of another dialog only what is in it counts.
      if (!isPaletteOpen.value && document.querySelector('[role="dialog"]') !== null) return
      event.preventDefault()
      isPaletteOpen.value = !isPaletteOpen.value
      return
    }
    if (!isForPage(event) || event.isComposing) return
    const isSecond = event.timeStamp - wentAt < secondLetterMs
    wentAt = -Infinity
    if (isSecond) goTo(event.key)
    else if (event.key === 'g') wentAt = event.timeStamp
    else if (event.key === 'n') begin()
    else if (event.key === '/') isPaletteOpen.value = true
    else if (event.key === '?') isHelpOpen.value = true
    else return
    event.preventDefault()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onUnmounted(() => document.removeEventListener('keydown', onKey))
  return { isPaletteOpen, isHelpOpen }
}
