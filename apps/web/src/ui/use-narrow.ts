import { onUnmounted, readonly, ref, type Ref } from 'vue'

/** Whether the page is as narrow as a phone: then lists are cards. The same width as in the style sheets. */
export function useNarrow(): Readonly<Ref<boolean>> {
  const query = matchMedia('(max-width: 46rem)')
  const isNarrow = ref(query.matches)
  const follow = ({ matches }: MediaQueryListEvent): void => void (isNarrow.value = matches)
  query.addEventListener('change', follow)
  onUnmounted(() => query.removeEventListener('change', follow))
  return readonly(isNarrow)
}
