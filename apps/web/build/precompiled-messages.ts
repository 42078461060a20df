import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { baseCompile } from '@intlify/message-compiler'
import type { Plugin } from 'vite'

const virtual = 'virtual:messages/'
interface Messages {
  readonly [key: string]: string | Messages
}

/**
 * `virtual:messages/fi`: all files of one language, each under its name, every message as the tree that vue-i18n
 * formats. The browser gets no compiler and needs no `unsafe-eval`.
 */
export function precompiledMessages(folder: string, labels: string): Plugin {
  return {
    name: 'precompiled-messages',
    resolveId: (id) => (id.startsWith(virtual) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${virtual}`)) return null
      const language = id.slice(virtual.length + 1)
      const files = readdirSync(`${folder}/${language}`).filter((name) => name.endsWith('.json'))
      const paths = files.map((name) => [name.replace('.json', ''), `${folder}/${language}/${name}`] as const)
      // The labels of codes are the API's too, and stand with the contracts.
      const known = existsSync(`${labels}/${language}.json`) ? [['vocabulary', `${labels}/${language}.json`] as const] : []
      const nouns = [...paths, ...known].map(([noun, path]) => {
        this.addWatchFile(path)
        const messages = JSON.parse(readFileSync(path, 'utf8')) as Messages
        return [noun, compiled(messages, `${language}/${noun}`)]
      })
      return `export default ${JSON.stringify(Object.fromEntries(nouns))}`
    },
  }
}

function compiled(messages: Messages, path: string): object {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? tree(value, `${path}: ${key}`) : compiled(value, path),
    ]),
  )
}

function tree(message: string, where: string): object {
  const onError = (error: Error): never => {
    throw new Error(`${where}: ${error.message}: ${message}`)
  }
  const { ast } = baseCompile(message, { jit: true, minify: true, location: false, onError })
  return JSON.parse(JSON.stringify(ast, withoutPlaces)) as object
}

/** Places in the source text serve error messages only. */
const withoutPlaces = (key: string, value: unknown): unknown => (['start', 'end', 'loc'].includes(key) ? undefined : value)
