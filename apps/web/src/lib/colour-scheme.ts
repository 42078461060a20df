import { ref, watchEffect } from 'vue'

const schemes = ['system', 'light', 'dark'] as const
export type ColourScheme = (typeof schemes)[number]

const key = 'theme'
const stored = localStorage.getItem(key)

/** What the person chose; the system's own choice until then. */
export const colourScheme = ref<ColourScheme>(schemes.find((scheme) => scheme === stored) ?? 'system')

const systemIsDark = ref(false)

/** Keeps the class on `html` that both our style sheets and the library's go by. */
export function followColourScheme(): void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  systemIsDark.value = query.matches
  query.addEventListener('change', () => (systemIsDark.value = query.matches))
  watchEffect(() => {
    const isDark = colourScheme.value === 'dark' || (colourScheme.value === 'system' && systemIsDark.value)
    document.documentElement.classList.toggle('dark', isDark)
    document.documentElement.classList.toggle('light', !isDark)
  })
}

export function chooseColourScheme(scheme: ColourScheme): void {
  colourScheme.value = scheme
  if (scheme === 'system') localStorage.removeItem(key)
  else localStorage.setItem(key, scheme)
}
