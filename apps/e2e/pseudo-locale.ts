import type { BrowserContext } from 'playwright-core'

const accented: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  y: 'ý',
  n: 'ñ',
  s: 'š',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
  Y: 'Ý',
  N: 'Ñ',
  S: 'Š',
  ä: 'ǟ',
  ö: 'ȫ',
  Ä: 'Ǟ',
  Ö: 'Ȫ',
}
export const pseudoLetters = /[áéíóúýñšǟȫ]/i

/** Longer by a third and more, as Finnish becomes in other languages, and told from what is not translated. */
export function pseudo(text: string): string {
  return text.replace(/[aeiouyäönsAEIOUYÄÖNS]/g, (letter) => {
    const other = accented[letter] ?? letter
    return /[aeiouyäö]/.test(letter) ? `${other}${other}` : other
  })
}

interface Tree {
  [key: string]: unknown
}
/** Texts of a compiled message: `s` of a message without values, `v` and `s` of its pieces of text. */
function turned(value: unknown, isText = false): unknown {
  if (typeof value === 'string') return isText ? pseudo(value) : value
  if (Array.isArray(value)) return value.map((one) => turned(one))
  if (typeof value !== 'object' || value === null) return value
  const { t } = value as Tree
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, turned(one, (key === 's' || key === 'v') && (t === 2 || t === 3))]),
  )
}

/** The Finnish of the app in a language that nobody is offered: made of the file that the build has written. */
export async function speakPseudo(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/fi-[\w-]+\.js$/, async (route) => {
    const answer = await route.fetch()
    const code = await answer.text()
    const { default: messages } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: Tree }
    await route.fulfill({ response: answer, body: `export default ${JSON.stringify(turned(messages))}` })
  })
}
