import { ref } from 'vue'

/** Whether the computer says that it has no network at all; a server that does not answer is another matter. */
export const isOffline = ref(!navigator.onLine)
window.addEventListener('offline', () => (isOffline.value = true))
window.addEventListener('online', () => (isOffline.value = false))
