import { inject, onUnmounted, provide, reactive, type InjectionKey } from 'vue'

export interface Section {
  readonly id: string
  readonly title: string
}
const key: InjectionKey<Section[]> = Symbol('sections of the page')

/** The page's sections in their order, as each tells of itself. */
export function collectSections(): Section[] {
  const sections = reactive<Section[]>([])
  provide(key, sections)
  return sections
}

export function joinSections(section: Section): void {
  const sections = inject(key, null)
  if (sections === null) return
  sections.push(section)
  onUnmounted(() => {
    const at = sections.findIndex(({ id }) => id === section.id)
    if (at !== -1) sections.splice(at, 1)
  })
}
