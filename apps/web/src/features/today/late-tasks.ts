import { useQueryCache } from '@pinia/colada'
import { readonly, ref } from 'vue'

const late = ref(0)

/** How many tasks were late when Today was last seen; nothing is asked for it. */
export const lateTasks = readonly(late)
export const tellLateTasks = (count: number): void => void (late.value = count)

/** Whatever is saved, or whoever leaves, may change the number: none is told then until Today is seen again. */
export function forgetLateWhenChanged(): void {
  const queries = useQueryCache()
  queries.$onAction(({ name }) => {
    if (name === 'invalidateQueries' || name === 'remove') late.value = 0
  })
}
