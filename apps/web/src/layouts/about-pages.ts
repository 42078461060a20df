import type { MessageKey } from '../i18n/index.ts'

/** The pages about the service itself, in the order of their links. */
export const aboutPages: readonly { readonly to: string; readonly label: MessageKey }[] = [
  { to: '/accessibility', label: 'about.accessibility' },
  { to: '/stored-data', label: 'about.storedData' },
  { to: '/licences', label: 'about.licences' },
]
