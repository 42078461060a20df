import type { EmptyTimes } from '@kotoisa/contracts'
import { unrecordedEmptyTimes, type DaySpan, type HeldSpan, type VacancyBearer } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { landlordOf, type WriteCtx } from '../../platform/context.ts'
import { flats } from '../homes/table.ts'
import { headLeases, subleases } from '../leases/table.ts'
import { vacanciesOfFlat } from './read.ts'
import { readerOf } from './readers.ts'

/**
 * Empty times of a flat, recorded or not. Who lived there in between is not told: let days are days. A limited reader is told
 * the recorded ones only: where it sees no lease, a protected household may live.
 */
export async function readEmptyTimes(ctx: WriteCtx, { id }: { readonly id: string }): Promise<EmptyTimes | null> {
  const { municipalityId } = ctx.actor
  const landlord = landlordOf(ctx.actor)
  const [flat] = await ctx.db
    .select({ id: flats.id })
    .from(flats)
    .where(and(eq(flats.municipalityId, municipalityId), eq(flats.id, id), landlord === null ? undefined : eq(flats.landlordId, landlord)))
  if (!flat) return null
  if (readerOf(ctx.actor) === 'limited') return { recorded: await vacanciesOfFlat(ctx, id), unrecorded: [], complete: false }
  const [held, lets, recorded] = await Promise.all([
    ctx.db
      .select({ startsOn: headLeases.startsOn, endsOn: headLeases.lastOn, bornBy: headLeases.vacancyBornBy })
      .from(headLeases)
      .where(and(eq(headLeases.municipalityId, municipalityId), eq(headLeases.flatId, id), sql`${headLeases.status} <> 'draft'`)),
    ctx.db
      .select({ startsOn: subleases.startsOn, endsOn: subleases.lastOn })
      .from(subleases)
      .where(and(eq(subleases.municipalityId, municipalityId), eq(subleases.flatId, id), sql`${subleases.status} <> 'draft'`)),
    vacanciesOfFlat(ctx, id),
  ])
  const known: { held: HeldSpan<VacancyBearer | null>[]; let: DaySpan[]; recorded: DaySpan[] } = {
    held,
    let: lets,
    recorded: recorded.map(({ startsOn, effectiveEndsOn }) => ({ startsOn, endsOn: effectiveEndsOn })),
  }
  const unrecorded = unrecordedEmptyTimes(known, ctx.today).map(({ startsOn, endsOn, bornBy }) => ({ startsOn, endsOn, bornBy }))
  return { recorded, unrecorded: unrecorded.toReversed(), complete: true }
}
