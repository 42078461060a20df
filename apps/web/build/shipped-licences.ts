import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** As the package brings it; null where it brings none. */
  readonly text: string | null
}

const require = createRequire(import.meta.url)
const packageFile = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** What is shipped, but not as a module that the bundle names: shapes of icons, fonts, the base of the style sheet. */
const otherwiseShipped = ['@iconify-json/lucide', '@fontsource/ibm-plex-sans', '@fontsource/ibm-plex-sans-arabic', 'tailwindcss']

/** Packages that name their licence and bring no text of it. */
const withoutFile: Readonly<Record<string, string>> = {
  '@iconify-json/lucide': `ISC License

Copyright (c) for portions of Lucide are held by Cole Bemis 2013-2022 as part of Feather (MIT). All other copyright (c) for Lucide are held by Lucide Contributors 2022.

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
}

/** `licences.json` beside the app: every package of which something goes to the browser, with its licence. */
export function shippedLicences(): Plugin {
  return {
    name: 'shipped-licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []))
      const folders = new Set(modules.flatMap((id) => packageFile.exec(id)?.[1] ?? []))
      const source = JSON.stringify(licencesOf([...folders, ...otherwiseShipped.map(folderOf)]))
      this.emitFile({ type: 'asset', fileName: 'licences.json', source })
    },
    configureServer(server) {
      // Nothing is bundled while developing: those that are there in any case.
      server.middlewares.use('/licences.json', (_request, response) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(licencesOf(otherwiseShipped.map(folderOf))))
      })
    },
  }
}

const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`))

function licencesOf(folders: readonly string[]): Licence[] {
  const found = new Map<string, Licence>()
  for (const folder of folders) {
    if (!existsSync(`${folder}/package.json`)) continue
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string | undefined>
    if (name === undefined || version === undefined) continue
    if (license === undefined) throw new Error(`${name} is shipped and does not say under which licence`)
    const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)/i.test(one))
    const text = file === undefined ? (withoutFile[name] ?? null) : readFileSync(`${folder}/${file}`, 'utf8').trim()
    found.set(`${name} ${version}`, { name, version, licence: license, text })
  }
  return [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name))
}
