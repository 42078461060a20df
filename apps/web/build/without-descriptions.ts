import type { Plugin } from 'vite'

const literal = String.raw`(?:'(?:[^'\\\n]|\\.)*'|\`(?:[^\`\\$]|\\.)*\`)`
/** A property whose value is nothing but text. */
const words = new RegExp(String.raw`\b(?:summary|description):\s*${literal}(?=\s*[,}])\s*,?`, 'g')

/** What endpoints and schemas say to readers of openapi.json is of no use to a browser: it is left out of what is sent. */
export const withoutDescriptions = (contracts: string): Plugin => ({
  name: 'without-descriptions',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    return id.startsWith(contracts) && id.endsWith('.ts') ? { code: code.replace(words, ''), map: null } : null
  },
})
