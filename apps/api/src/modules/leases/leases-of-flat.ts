import type { FlatTimeline, SubleaseView } from '@kotoisa/contracts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { isOpen, readerOf, valuesOf, visibleLeases, type Reader } from './policy.ts'
import { selectHeadLeases, toHeadLeaseView } from './read-head-leases.ts'
import { noteProtected, toLandlordSublease, toSubleaseView } from './read-subleases.ts'
import { selectLandlordSubleases, selectSubleases } from './sublease-columns.ts'
import { headLeases, subleases } from './table.ts'

/** More leases of one flat nobody has; a page shows no more. */
const most = 200
const given = (name: string) => sql.placeholder(name)
const ofFlat = (table: typeof headLeases | typeof subleases) =>
  and(eq(table.municipalityId, given('municipality')), eq(table.flatId, given('flatId')))

/** What the lists of both kinds narrowed by the flat tell the caller, the earliest first. */
export async function leasesOfFlat(ctx: Ctx, flatId: string): Promise<Pick<FlatTimeline, 'headLeases' | 'subleases'>> {
  const reader = readerOf(ctx.actor)
  const rows = await prepared(ctx.db, `flat_head_leases_${reader}`, (db) =>
    selectHeadLeases(db)
      .where(and(ofFlat(headLeases), visibleLeases(reader, headLeases)))
      .orderBy(asc(headLeases.startsOn), asc(headLeases.id))
      .limit(most),
  ).execute({ ...valuesOf(ctx.actor, ctx.today), flatId })
  return {
    headLeases: rows.map((row) => toHeadLeaseView(reader, row, ctx.today)),
    subleases: await subleasesOfFlat(ctx, flatId, reader),
  }
}

async function subleasesOfFlat(ctx: Ctx, flatId: string, reader: Reader): Promise<SubleaseView[]> {
  const values = { ...valuesOf(ctx.actor, ctx.today), flatId }
  const theirs = and(ofFlat(subleases), visibleLeases(reader, subleases), isOpen(reader))
  const inOrder = [asc(subleases.startsOn), asc(subleases.id)]
  if (reader === 'landlord') {
    const rows = await prepared(ctx.db, 'flat_subleases_landlord', (db) =>
      selectLandlordSubleases(db)
        .where(theirs)
        .orderBy(...inOrder)
        .limit(most),
    ).execute(values)
    return rows.map((row) => toLandlordSublease(row, ctx.today))
  }
  const rows = await prepared(ctx.db, `flat_subleases_${reader}`, (db) =>
    selectSubleases(db, reader)
      .where(theirs)
      .orderBy(...inOrder)
      .limit(most),
  ).execute(values)
  noteProtected(ctx, rows)
  return rows.map((row) => toSubleaseView(row, ctx.today))
}
