import { DomainError, type Day } from '@kotoisa/domain'
import { and, eq, ne, sql, type SQL } from 'drizzle-orm'
import { seesProtected, type WriteCtx } from '../../platform/context.ts'
import { sqlState } from '../../platform/database.ts'
import { headLeases, subleases } from './table.ts'

const exclusionViolation = '23P01'

interface Other {
  readonly id: string
  readonly reference: string
}

/**
 * Writes a lease's days; where a constraint finds them taken, says by which other lease (409 `lease.overlap`), if the caller
 * may see that one. `pointer` is the field of the body that the days come from, undefined where it has none. The flat's row
 * is held before, so that what is found afterwards is what was met.
 */
export async function namingOverlap<T>(
  ctx: WriteCtx,
  pointer: string | undefined,
  write: () => Promise<T>,
  find: () => Promise<Other | undefined>,
): Promise<T> {
  try {
    // Sent at once, and answered before what is sent behind it.
    const marked = Promise.resolve(ctx.db.execute(sql`savepoint lease_days`))
    const [written] = await Promise.all([write(), marked])
    return written
  } catch (error) {
    if (sqlState(error) !== exclusionViolation) throw error
    await ctx.db.execute(sql`rollback to savepoint lease_days`)
    const other = await find()
    throw new DomainError('lease.overlap', other === undefined ? {} : { id: other.id, reference: other.reference }, {
      ...(pointer === undefined ? {} : { pointer }),
      cause: error,
    })
  }
}

const mayMeet = ['startsOn', 'endsOn', 'term', 'written', 'flatId', 'headLeaseId', 'scope', 'roomId', 'place'] as const

/** The field of a patch that made the days meet. */
export const overlapPointer = (patch: { readonly [Name in (typeof mayMeet)[number]]?: unknown }): string | undefined =>
  mayMeet.flatMap((name) => (patch[name] === undefined ? [] : [`/${name}`]))[0]

interface Days {
  readonly startsOn: Day
  /** Null: open, by agreement or by law. */
  readonly lastOn: Day | null
}

/** First those that the agreed days meet; a chain of short terms may hold more days than were agreed. */
const nearest = (span: SQL, { startsOn, lastOn }: Days) => [
  sql`${span} && daterange(${startsOn}::date, ${lastOn}::date, '[]') desc`,
  sql`lower(${span})`,
]
const fromThen = (span: SQL, { startsOn }: Days) => sql`${span} && daterange(${startsOn}::date, null)`

export async function findHeadLease(ctx: WriteCtx, own: string, flatId: string, days: Days): Promise<Other | undefined> {
  const span = sql`${headLeases.span}`
  const [other] = await ctx.db
    .select({ id: headLeases.id, reference: headLeases.reference })
    .from(headLeases)
    .where(
      and(
        eq(headLeases.municipalityId, ctx.actor.municipalityId),
        eq(headLeases.flatId, flatId),
        ne(headLeases.id, own),
        fromThen(span, days),
      ),
    )
    .orderBy(...nearest(span, days))
    .limit(1)
  return other
}

export interface Let extends Days {
  readonly flatId: string
  readonly scope: 'wholeFlat' | 'partOfFlat'
  readonly roomId: string | null
  readonly place: string
}

/** What the exclusion constraints compare, the other way round. */
export async function findSublease(ctx: WriteCtx, own: string, wanted: Let): Promise<Other | undefined> {
  const span = sql`${subleases.span}`
  const meets =
    wanted.scope === 'wholeFlat'
      ? undefined
      : sql`(${subleases.scope} = 'wholeFlat' or (${subleases.roomId} = ${wanted.roomId} and (${subleases.place} in (${wanted.place}, '') or ${wanted.place} = '')))`
  const [other] = await ctx.db
    .select({ id: subleases.id, reference: subleases.reference, protected: subleases.protected })
    .from(subleases)
    .where(
      and(
        eq(subleases.municipalityId, ctx.actor.municipalityId),
        eq(subleases.flatId, wanted.flatId),
        ne(subleases.id, own),
        fromThen(span, wanted),
        meets,
      ),
    )
    .orderBy(...nearest(span, wanted))
    .limit(1)
  return other === undefined || (other.protected && !seesProtected(ctx.actor)) ? undefined : other
}
