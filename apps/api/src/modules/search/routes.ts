import * as contract from '@kotoisa/contracts'
import type { SearchHit } from '@kotoisa/contracts'
import { mayCall, type Ctx } from '../../platform/context.ts'
import { readOnce } from '../../platform/database.ts'
import { originOf, type Routes } from '../../platform/route.ts'
import { searchTerms } from '../../platform/search-words.ts'
import type { Kind } from './kind.ts'
import { kindsOf } from './kinds.ts'

export function registerSearch({ app, deps }: Routes): void {
  const kinds = kindsOf({ dataKeys: deps.secrets.dataKeys, indexKey: deps.secrets.indexKey })
  app.route({
    ...contract.search,
    handler: async (request, reply) => {
      const { q } = request.query as { q: string }
      return reply.send(await readOnce(deps.database, originOf(request, deps), (ctx) => searchAll(ctx, kinds, q)))
    },
  })
}

/** All kinds in one round trip. */
async function searchAll(ctx: Ctx, kinds: readonly Kind[], q: string): Promise<{ items: SearchHit[] }> {
  const terms = searchTerms(q)
  if (terms.length === 0) return { items: [] }
  const mine = kinds.filter(({ access }) => mayCall(ctx.actor, access))
  const found = await Promise.all(mine.map((kind) => kind.find(ctx, terms)))
  return { items: found.flat() }
}
