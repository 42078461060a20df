import { interfaceLanguages, locales, rightToLeftLanguages, type InterfaceLanguage, type Locale } from '@kotoisa/domain'
import { computed, nextTick } from 'vue'
import { createI18n } from 'vue-i18n'
import type { MessageKey } from './keys.ts'

export type { MessageKey }
export type MessageParams = Readonly<Record<string, string | number>>

/** Compiled trees, a key a message (build/precompiled-messages.ts). */
type Messages = Readonly<Record<string, never>>

/** Complete languages are offered; Arabic is shown on request, English where it has no text of its own yet. */
const loaders: Readonly<Record<InterfaceLanguage, () => Promise<{ default: Messages }>>> = {
  fi: () => import('virtual:messages/fi'),
  sv: () => import('virtual:messages/sv'),
  en: () => import('virtual:messages/en'),
  ar: () => import('virtual:messages/ar'),
}

export const i18n = createI18n<false>({
  legacy: false,
  locale: 'fi',
  fallbackLocale: { ar: ['en'], default: [] },
  messages: {},
})

const composer = i18n.global

/** A text of the product. `count` chooses between the forms of a message that has several. */
export function t(key: MessageKey, params: MessageParams = {}): string {
  const count = params['count']
  const text = typeof count === 'number' ? composer.t(key, params, count) : composer.t(key, params)
  // English that stands in for a text keeps its own direction.
  return direction.value === 'rtl' && !composer.te(key, composer.locale.value) ? `\u2066${text}\u2069` : text
}

/** Whether there is such a text; for codes that come from outside. */
export const isMessageKey = (key: string): key is MessageKey => composer.te(key)

export const language = computed(() => composer.locale.value as InterfaceLanguage)
export const direction = computed<'ltr' | 'rtl'>(() => (includes(rightToLeftLanguages, language.value) ? 'rtl' : 'ltr'))

/** What `Accept-Language` asks for: the languages that problem texts and labels are written in. */
export const languageOfServer = (): Locale => (includes(locales, language.value) ? language.value : 'en')

const includes = <T extends string>(list: readonly T[], value: string): value is T => (list as readonly string[]).includes(value)

const storageKey = 'locale'

/** `?lang=` for this visit, else what was chosen here before; null: nothing said yet. */
export function languageAsked(): InterfaceLanguage | null {
  const asked = [new URLSearchParams(location.search).get('lang'), localStorage.getItem(storageKey)]
  return asked.find((value): value is InterfaceLanguage => value !== null && includes(interfaceLanguages, value)) ?? null
}

export async function showLanguage(wanted: InterfaceLanguage): Promise<void> {
  const needed: InterfaceLanguage[] = wanted === 'ar' ? ['ar', 'en'] : [wanted]
  await Promise.all(
    needed.map(async (one) => {
      if (!composer.availableLocales.includes(one)) composer.setLocaleMessage(one, (await loaders[one]()).default)
    }),
  )
  composer.locale.value = wanted
  document.documentElement.lang = wanted
  document.documentElement.dir = direction.value
  await nextTick()
}

export async function chooseLanguage(wanted: Locale): Promise<void> {
  localStorage.setItem(storageKey, wanted)
  await showLanguage(wanted)
}
