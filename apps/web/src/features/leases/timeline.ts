import {
  addDays,
  addMonths,
  daysBetween,
  earlierOf,
  laterOf,
  partsOf,
  startOfMonth,
  type Day,
  type LeaseStatus,
  type LeaseTerm,
} from '@kotoisa/domain'

/** A lease as the timeline draws it; the last day is the one that the law makes of it, null where it is open. */
export interface TimelineLease {
  readonly id: string
  readonly reference: string
  readonly status: LeaseStatus
  readonly term: LeaseTerm
  readonly startsOn: Day
  readonly endsOn: Day | null
  /** What the parties think: beyond `endsOn` the tenant believes to live on (78 §). */
  readonly agreedEndsOn: Day | null
  readonly name: string
}

interface Stretch {
  readonly from: Day
  readonly to: Day
}
export interface Bar extends Stretch {
  readonly lease: TimelineLease
  readonly lane: number
}

export interface Timeline extends Stretch {
  readonly heads: readonly Bar[]
  readonly subs: readonly Bar[]
  readonly headLanes: number
  readonly subLanes: number
  /** The city has the flat and nobody lives in it. */
  readonly empty: readonly Stretch[]
  /** Where a sublease is cut by its head lease's end. */
  readonly cut: readonly (Stretch & { readonly lane: number })[]
  readonly ticks: readonly Day[]
}

/** How far an open lease is drawn beyond today. */
const horizonMonths = 9
const mostTicks = 11

export function timelineOf(headLeases: readonly TimelineLease[], subleases: readonly TimelineLease[], today: Day): Timeline | null {
  const all = [...headLeases, ...subleases]
  const [first] = all
  if (first === undefined) return null
  const horizon = addMonths(today, horizonMonths)
  const from = startOfMonth(all.reduce((day, lease) => earlierOf(day, lease.startsOn), first.startsOn))
  const lastKnown = all.reduce((day, lease) => laterOf(day, laterOf(lease.endsOn ?? day, lease.startsOn)), addMonths(today, 3))
  const hasOpen = all.some((lease) => lease.endsOn === null || lease.agreedEndsOn !== lease.endsOn)
  const to = hasOpen ? laterOf(horizon, addMonths(lastKnown, 3)) : addMonths(lastKnown, 1)

  const heads = inLanes(headLeases, to)
  const subs = inLanes(subleases, to)
  return {
    from,
    to,
    heads,
    subs,
    headLanes: lanesOf(heads),
    subLanes: lanesOf(subs),
    empty: emptyStretches(heads, subs),
    cut: subs.flatMap(({ lease, lane }) => {
      const { endsOn, agreedEndsOn } = lease
      if (endsOn === null || lease.status === 'ended' || (agreedEndsOn !== null && agreedEndsOn <= endsOn)) return []
      return [{ from: addDays(endsOn, 1), to: agreedEndsOn === null ? to : earlierOf(agreedEndsOn, to), lane }]
    }),
    ticks: ticksOf(from, to),
  }
}

/** Leases of one layer below each other where their days meet: parts of a flat, or drafts. */
function inLanes(leases: readonly TimelineLease[], to: Day): Bar[] {
  const busyUntil: Day[] = []
  return [...leases]
    .sort((left, right) => (left.startsOn < right.startsOn ? -1 : 1))
    .map((lease) => {
      const end = earlierOf(lease.endsOn ?? to, to)
      const free = busyUntil.findIndex((day) => day < lease.startsOn)
      const lane = free === -1 ? busyUntil.length : free
      busyUntil[lane] = end
      return { lease, lane, from: lease.startsOn, to: laterOf(end, lease.startsOn) }
    })
}

const lanesOf = (bars: readonly Bar[]): number => Math.max(1, ...bars.map(({ lane }) => lane + 1))

function emptyStretches(heads: readonly Bar[], subs: readonly Bar[]): Stretch[] {
  const found: Stretch[] = []
  for (const head of heads) {
    if (head.lease.status === 'draft') continue
    let day = head.from
    for (const sub of [...subs].sort((left, right) => (left.from < right.from ? -1 : 1))) {
      if (sub.to < day || sub.from > head.to) continue
      if (sub.from > day) found.push({ from: day, to: addDays(sub.from, -1) })
      day = addDays(laterOf(sub.to, day), 1)
    }
    if (day <= head.to) found.push({ from: day, to: head.to })
  }
  return found
}

function ticksOf(from: Day, to: Day): Day[] {
  const months = daysBetween(from, to) / 30.4
  const step = [1, 3, 6, 12, 24].find((size) => months / size <= mostTicks) ?? 60
  const ticks: Day[] = []
  const { month } = partsOf(from)
  for (let day = addMonths(from, (step - ((month - 1) % step)) % step); day <= to; day = addMonths(day, step)) ticks.push(day)
  return ticks
}

/** Where a day lies, 0 … 1. */
export const placeOf = ({ from, to }: Stretch, day: Day): number =>
  Math.min(1, Math.max(0, daysBetween(from, day) / Math.max(1, daysBetween(from, to))))

export interface TimelineEvent {
  readonly kind: 'headStarts' | 'subStarts' | 'empty' | 'today' | 'subEnds' | 'subCut' | 'headEnds'
  readonly from: Day
  readonly to: Day | null
  readonly name: string
}

/** The same told one below the other: for the phone, and as the table beside the drawing. */
export function eventsOf(timeline: Timeline, today: Day): TimelineEvent[] {
  const cutIds = new Set(
    timeline.subs
      .filter(({ lease, lane }) =>
        timeline.cut.some((cut) => cut.lane === lane && lease.endsOn !== null && addDays(lease.endsOn, 1) === cut.from),
      )
      .map(({ lease }) => lease.id),
  )
  const order: TimelineEvent['kind'][] = ['headStarts', 'subStarts', 'empty', 'today', 'subEnds', 'subCut', 'headEnds']
  const events: TimelineEvent[] = [
    { kind: 'today', from: today, to: null, name: '' },
    ...timeline.empty.map(({ from, to }): TimelineEvent => ({ kind: 'empty', from, to: to >= timeline.to ? null : to, name: '' })),
  ]
  for (const { lease } of timeline.heads) {
    events.push({ kind: 'headStarts', from: lease.startsOn, to: null, name: lease.name })
    if (lease.endsOn !== null) events.push({ kind: 'headEnds', from: lease.endsOn, to: null, name: lease.name })
  }
  for (const { lease } of timeline.subs) {
    events.push({ kind: 'subStarts', from: lease.startsOn, to: null, name: lease.name })
    if (lease.endsOn !== null)
      events.push({ kind: cutIds.has(lease.id) ? 'subCut' : 'subEnds', from: lease.endsOn, to: null, name: lease.name })
  }
  return events.sort((left, right) =>
    left.from === right.from ? order.indexOf(left.kind) - order.indexOf(right.kind) : left.from < right.from ? -1 : 1,
  )
}
