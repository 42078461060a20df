import { draftDays } from '@kotoisa/contracts'
import { and, eq, lt } from 'drizzle-orm'
import { inTransaction } from '../../platform/database.ts'
import type { AppDeps } from '../../platform/lifecycle.ts'
import { drafts } from './table.ts'

/** Drops what nobody has touched for so long, in every municipality. */
export async function forgetOldDrafts({ database, clock, log }: Pick<AppDeps, 'database' | 'clock' | 'log'>): Promise<void> {
  const now = clock()
  const before = new Date(now.getTime() - draftDays * 86_400_000)
  const { rows } = await database.query<{ id: string }>('select id from municipalities')
  for (const { id } of rows) {
    const actor = { kind: 'job', id: 'forget-drafts', name: 'forget-drafts', municipalityId: id } as const
    await inTransaction(database, { actor, now, log, requestId: 'forget-drafts', sourceAddress: null }, async ({ db }) => {
      await db.delete(drafts).where(and(eq(drafts.municipalityId, id), lt(drafts.updatedAt, before)))
    })
  }
}
