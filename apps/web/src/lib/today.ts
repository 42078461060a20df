import { helsinkiDay, type Day } from '@kotoisa/domain'
import { ref } from 'vue'

const day = ref(helsinkiDay(new Date()))

/** The civil day in Helsinki; a page left open overnight learns of the new day when it is looked at again. */
export const today = (): Day => day.value

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') day.value = helsinkiDay(new Date())
})
