import { addDays, earlierOf, laterOf, type Day } from './day.ts'

/** Days from the first to the last, both inside; no last day: open. */
export interface DaySpan {
  readonly startsOn: Day
  readonly endsOn: Day | null
}

/** A head lease's days, with who pays for empty ones by its terms. */
export interface HeldSpan<Bearer> extends DaySpan {
  readonly bornBy: Bearer
}

const isBefore = (one: Day | null, other: Day): boolean => one !== null && one < other

/** What is left of a span when the others are taken out, in order of days. */
export function without(span: DaySpan, others: readonly DaySpan[]): DaySpan[] {
  const rest: DaySpan[] = []
  let from = span.startsOn
  for (const other of others.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))) {
    if (isBefore(other.endsOn, from)) continue
    if (isBefore(span.endsOn, other.startsOn)) break
    if (other.startsOn > from) rest.push({ startsOn: from, endsOn: addDays(other.startsOn, -1) })
    if (other.endsOn === null) return rest
    from = laterOf(from, addDays(other.endsOn, 1))
  }
  return isBefore(span.endsOn, from) ? rest : [...rest, { startsOn: from, endsOn: span.endsOn }]
}

/**
 * Empty times of a flat that nobody has recorded: the days on which the city holds it, nobody lives in it and no vacancy stands,
 * up to today. One that goes on today is open; days to come are a plan, not an empty time.
 */
export function unrecordedEmptyTimes<Bearer>(
  flat: { readonly held: readonly HeldSpan<Bearer>[]; readonly let: readonly DaySpan[]; readonly recorded: readonly DaySpan[] },
  today: Day,
): HeldSpan<Bearer>[] {
  return flat.held
    .toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
    .flatMap((held) => {
      if (held.startsOn > today) return []
      const past = { startsOn: held.startsOn, endsOn: held.endsOn === null ? today : earlierOf(held.endsOn, today) }
      return without(past, [...flat.let, ...flat.recorded]).map(({ startsOn, endsOn }) => ({
        startsOn,
        endsOn: endsOn === today ? null : endsOn,
        bornBy: held.bornBy,
      }))
    })
}
