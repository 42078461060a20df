import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import { pages } from '@kotoisa/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../config.ts'
import type { AppDeps } from './lifecycle.ts'

const built = fileURLToPath(new URL('../../../web/dist', import.meta.url))
const missing = '404.html'
const open = { config: { access: { public: true }, unlimited: true }, schema: { hide: true } } as const
const forEver = 'public, max-age=31536000, immutable'

/**
 * Serves the web app as it was built: files by their names, and the one page at the addresses that the app knows. What
 * is neither is 404 and never the page (HD-03): to people a page of its own, without a script. Without a build there are no pages.
 */
export async function registerSpa(app: FastifyInstance, deps: Pick<AppDeps, 'config'>, root = built): Promise<void> {
  if (!existsSync(`${root}/index.html`)) return
  await app.register(fastifyStatic, { root, serve: false, cacheControl: false, dotfiles: 'deny', index: false })
  if (existsSync(`${root}/${missing}`)) app.decorate('missingPage', (reply: FastifyReply) => reply.code(404).sendFile(missing))

  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    const elsewhere = onPublicUrl(request, deps.config.publicUrl)
    return elsewhere === null ? reply.sendFile('index.html') : reply.redirect(elsewhere, 307)
  }
  for (const address of pages) {
    app.get(address, open, page)
    if (address !== '/')
      app.get(`${address}/*`, open, (request, reply) =>
        request.url.split('?', 1)[0]?.includes('.') ? reply.callNotFound() : page(request, reply),
      )
  }
  const files = filesOf(root)
  const file = (name: string, reply: FastifyReply) => {
    if (!files.has(name)) return reply.callNotFound()
    // Only names with a hash in them: their content never changes.
    if (name.includes('/') && /[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(name)) reply.header('cache-control', forEver)
    return reply.sendFile(name)
  }
  for (const name of files) if (!name.includes('/')) app.get(`/${name}`, open, (_request, reply) => file(name, reply))
  for (const folder of new Set([...files].filter((name) => name.includes('/')).map((name) => name.split('/', 1)[0]))) {
    app.get(`/${folder}/*`, open, (request, reply) => file(`${folder}/${(request.params as { '*': string })['*']}`, reply))
  }
}

/** What may be asked for, by name: a path that is not in the list reaches no file system. Source maps are not public. */
const filesOf = (root: string): ReadonlySet<string> =>
  new Set(
    readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .filter(
        (name) =>
          name !== 'index.html' && name !== missing && !name.endsWith('.map') && !name.split('/').some((part) => part.startsWith('.')),
      ),
  )

/** Cookies and tokens belong to one origin; whoever comes to the same machine by another loopback name is sent there. */
function onPublicUrl(request: FastifyRequest, publicUrl: string): string | null {
  const wanted = new URL(publicUrl)
  const asked = URL.canParse(`http://${request.headers.host ?? ''}`) ? new URL(`http://${request.headers.host ?? ''}`) : null
  if (!asked || !isLoopback(asked.hostname) || !isLoopback(wanted.hostname) || asked.hostname === wanted.hostname) return null
  // A path that begins with two slashes would name another host.
  return `${wanted.origin}${request.url.replace(/^[/\\]+/, '/')}`
}
