import type { MessageKey } from '../../i18n/index.ts'

/** `g` and then this letter leads to a place; the same letters in every language. */
export const goLetters: Readonly<Record<string, string>> = {
  t: '/today',
  p: '/placements',
  l: '/leases',
  h: '/homes',
  u: '/households',
  o: '/landlords',
  a: '/admin',
}

/** The rest, for the list under `?`. */
export const otherKeys: readonly { readonly keys: readonly string[]; readonly label: MessageKey }[] = [
  { keys: ['Ctrl', 'K'], label: 'palette.title' },
  { keys: ['/'], label: 'palette.title' },
  { keys: ['?'], label: 'palette.shortcuts' },
  { keys: ['n'], label: 'palette.keyNew' },
  { keys: ['j'], label: 'palette.keyNextRow' },
  { keys: ['k'], label: 'palette.keyPreviousRow' },
]
