import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const virtual = 'virtual:icons'
const set = createRequire(import.meta.url)('@iconify-json/lucide/icons.json') as {
  icons: Record<string, { body: string }>
  aliases?: Record<string, { parent: string }>
}

/** Icons that components of the library show by themselves. */
const ofLibrary = [
  'x',
  'check',
  'minus',
  'loader-circle',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'chevrons-left',
  'chevrons-right',
  'chevron-up',
  'arrow-up-right',
  'circle-alert',
  'circle-x',
  'circle-check',
  'info',
  'triangle-alert',
  'ellipsis',
]

/** One drawn element of an icon: tag, attributes, children. */
type Shape = [tag: string, attributes: Record<string, string>, children: Shape[]]

/**
 * `virtual:icons`: the icons named in the sources (`i-lucide-…`) as shapes that Vue draws, so that no markup is parsed in
 * the browser and nothing is asked of an icon server.
 */
export function bundledIcons(source: string): Plugin {
  return {
    name: 'bundled-icons',
    resolveId: (id) => (id === virtual ? `\0${virtual}` : null),
    load(id) {
      if (id !== `\0${virtual}`) return null
      const names = new Set(ofLibrary)
      for (const file of readdirSync(source, { recursive: true, withFileTypes: true })) {
        if (!file.isFile() || !/[.](?:vue|ts)$/.test(file.name)) continue
        for (const [, name = ''] of readFileSync(`${file.parentPath}/${file.name}`, 'utf8').matchAll(/i-lucide-([a-z0-9-]+)/g))
          names.add(name)
      }
      const icons = Object.fromEntries([...names].toSorted().map((name) => [name, shapes(bodyOf(name))]))
      return `export default ${JSON.stringify(icons)}`
    },
  }
}

function bodyOf(name: string): string {
  const body = set.icons[set.aliases?.[name]?.parent ?? name]?.body
  if (body === undefined) throw new Error(`There is no icon lucide:${name}`)
  return body
}

function shapes(body: string): Shape[] {
  const top: Shape[] = []
  const open: Shape[][] = [top]
  for (const [, closing, tag = '', text = '', alone] of body.matchAll(/<(\/?)([a-z]+)([^>]*?)(\/?)>/gi)) {
    if (closing) {
      open.pop()
      continue
    }
    const attributes = Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]))
    const shape: Shape = [tag, attributes, []]
    open.at(-1)?.push(shape)
    if (!alone) open.push(shape[2])
  }
  return top
}
