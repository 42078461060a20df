import { existsSync, readFileSync, readdirSync } from 'node:fs'
import * as contracts from '../../packages/contracts/src/index.ts'
import type { Role } from '../../packages/domain/src/vocabulary.ts'
import type { Product } from './app.ts'
import { asClient, asPerson, type Rows } from './rest.ts'

/** Who looks at the pages: an account of each role. `nobody` is not signed in. */
export const accounts = {
  nobody: null,
  coordinator: 'koordinaattori@jyvaskyla.example',
  landlord: 'vuokranantaja@koas.example',
  finance: 'talous@jyvaskyla.example',
  supportWorker: 'ohjaaja@jyvaskyla.example',
  admin: 'admin@jyvaskyla.example',
  auditor: 'tarkastaja@jyvaskyla.example',
} as const satisfies Record<Role | 'nobody', string | null>
export type Who = keyof typeof accounts

export interface Address {
  /** As the app's own list of routes has it. */
  readonly route: string
  readonly path: string
}

/** Walked by the journeys of placing, whose pages lead back to the first without what was chosen before. */
const inJourneys = ['/placements/homes', '/placements/review']

/** Every address of the app that the person may open, with a record's id where one belongs, and one that there is not. */
export async function addressesOf(product: Product, who: Who): Promise<Address[]> {
  const idIn = await idsFor(product)
  const own: Address[] = []
  for (const { path, needs, layout } of written()) {
    if (inJourneys.includes(path) || !isFor(who, needs, layout)) continue
    own.push({ route: path, path: path.includes(':id') ? path.replace(':id', await idIn(path)) : path })
  }
  const missing = who === 'nobody' ? [] : [{ route: '/*', path: who === 'landlord' ? '/portal/nowhere' : '/leases/nowhere' }]
  return [...own, ...missing]
}

interface Written {
  readonly path: string
  /** The endpoint whose callers may open the page. */
  readonly needs: string | undefined
  readonly layout: 'open' | 'staff' | 'portal'
}

/** The routes as they are written: a page that is added is walked without being named here. */
function written(): Written[] {
  const source = new URL('../web/src/', import.meta.url)
  const files = [
    'routes.ts',
    ...readdirSync(new URL('features', source))
      .map((feature) => `features/${feature}/routes.ts`)
      .filter((file) => existsSync(new URL(file, source))),
  ]
  return files.flatMap((file) =>
    [
      ...readFileSync(new URL(file, source), 'utf8').matchAll(
        /{\s*path: '([^'(]*)',\s*(?:name: '[^']*',\s*)?(?:meta: { (?:needs: (\w+)|(open: true)) })?/g,
      ),
    ].flatMap(([, path = '', needs, open]): Written[] => {
      if (file.includes('/portal/'))
        return path === '/portal' ? [] : [{ path: `/portal/${path}`.replace(/\/$/, ''), needs, layout: 'portal' }]
      return path === '/' ? [] : [{ path, needs, layout: open === undefined ? 'staff' : 'open' }]
    }),
  )
}

function isFor(who: Who, needs: string | undefined, layout: Written['layout']): boolean {
  if (layout === 'open') return who === 'nobody'
  if (layout === 'portal' || who === 'landlord') return layout === 'portal' && who === 'landlord'
  if (who === 'nobody') return false
  if (needs === undefined) return true
  const { access } = (contracts as unknown as Record<string, contracts.Endpoint>)[needs]?.config ?? {}
  return access !== undefined && 'roles' in access && access.roles.includes(who)
}

/** The record that each route shows: one with something in each of its parts. */
async function idsFor(product: Product): Promise<(route: string) => Promise<string>> {
  const { get } = await asPerson(product, accounts.admin)
  const read = await asClient(product)
  const first = (path: string, ask: typeof read) => async () => (await ask<Rows>(path)).items[0]?.id ?? ''
  const koas = first('/v1/landlords?q=KOAS', read)
  const sources: [RegExp, () => Promise<string>][] = [
    [/^\/leases\/head/, first('/v1/head-leases?status=active&limit=1', read)],
    [/^\/leases\/:id\/edit/, first('/v1/subleases?status=draft&limit=1', read)],
    [/^\/leases/, first('/v1/subleases?status=active&limit=1', read)],
    [/^\/homes\/areas/, first('/v1/areas?limit=1', read)],
    [/^\/homes\/buildings/, first('/v1/buildings?limit=1', read)],
    [/^\/homes/, first('/v1/flats?limit=1', read)],
    [/^\/households\/persons/, first('/v1/persons?limit=1', read)],
    [/^\/households/, first('/v1/households?limit=1', read)],
    [/^\/landlords/, first('/v1/landlords?limit=1', read)],
    [/^\/portal\/homes/, async () => first(`/v1/flats?landlordId=${await koas()}&limit=1`, read)()],
    [/^\/admin\/users/, first('/v1/users?limit=1', get)],
    [/^\/admin\/api-clients/, first('/v1/api-clients?limit=1', get)],
  ]
  return async (route) => {
    const source = sources.find(([pattern]) => pattern.test(route))
    if (source === undefined) throw new Error(`no record is known for ${route}: name one here`)
    const id = await source[1]()
    if (id === '') throw new Error(`the demo has no record for ${route}`)
    return id
  }
}
