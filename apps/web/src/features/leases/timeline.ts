import {
  addDays,
  addMonths,
  continuationAfter,
  daysBetween,
  earlierOf,
  laterOf,
  partsOf,
  startOfMonth,
  type Continuation,
  type Day,
  type EndReason,
  type LeaseScope,
  type LeaseStatus,
  type LeaseTerm,
  type VacancyBearer,
} from '@kotoisa/domain'

/** A lease as the timeline draws it; the last day is the one that the law makes of it, null where it is open. */
export interface TimelineLease {
  readonly id: string
  readonly reference: string
  readonly status: LeaseStatus
  readonly term: LeaseTerm
  readonly startsOn: Day
  readonly endsOn: Day | null
  /** What the parties think: beyond `endsOn` the tenant believes to live on, or may (76, 78 §). */
  readonly agreedEndsOn: Day | null
  readonly name: string
  /** How many live by it, of a sublease that tells. */
  readonly persons: number | null
  /** Who pays while the home is empty, as a head lease agrees. */
  readonly vacancyBornBy: VacancyBearer | null
  readonly endReason: EndReason | null
  readonly scope: LeaseScope
  /** Of a sublease that tells. */
  readonly headLeaseId: string | null
}

/** Empty times as the API tells them. */
export interface TimelineEmptyTimes {
  readonly times: readonly { readonly startsOn: Day; readonly endsOn: Day | null; readonly bornBy: VacancyBearer | null }[]
  /** False: some leases are not told of, so that days without one tell nothing. */
  readonly isComplete: boolean
}

interface Stretch {
  readonly from: Day
  readonly to: Day
}
export interface EmptyStretch extends Stretch {
  readonly bornBy: VacancyBearer | null
}
export interface Bar extends Stretch {
  readonly lease: TimelineLease
  readonly lane: number
}

/** The days after its head lease's end that a sublease was agreed for, and whether its tenant may go on in them. */
export interface CutStretch extends Stretch {
  readonly leaseId: string
  readonly lane: number
  readonly continuation: Continuation
}

export interface Timeline extends Stretch {
  readonly heads: readonly Bar[]
  readonly subs: readonly Bar[]
  readonly headLanes: number
  readonly subLanes: number
  /** The city has the flat and nobody lives in it. */
  readonly empty: readonly EmptyStretch[]
  /** Where a sublease is cut by its head lease's end. */
  readonly cut: readonly CutStretch[]
  readonly ticks: readonly Day[]
}

/** How far an open lease is drawn beyond today. */
const horizonMonths = 9
const mostTicks = 11

export function timelineOf(
  headLeases: readonly TimelineLease[],
  subleases: readonly TimelineLease[],
  emptyTimes: TimelineEmptyTimes,
  today: Day,
): Timeline | null {
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
    empty: emptyStretches(heads, subs, emptyTimes, today, to),
    cut: subs.flatMap(({ lease, lane }) => {
      const { endsOn, agreedEndsOn } = lease
      if (endsOn === null || lease.status === 'ended' || (agreedEndsOn !== null && agreedEndsOn <= endsOn)) return []
      const continuation = continuationOf(lease, headLeases)
      return [
        { leaseId: lease.id, from: addDays(endsOn, 1), to: agreedEndsOn === null ? to : earlierOf(agreedEndsOn, to), lane, continuation },
      ]
    }),
    ticks: ticksOf(from, to),
  }
}

/** By the head lease of the sublease; where that is not told, by one that ends with it. */
function continuationOf(sub: TimelineLease, headLeases: readonly TimelineLease[]): Continuation {
  const head = headLeases.find(({ id }) => id === sub.headLeaseId) ?? headLeases.find(({ endsOn }) => endsOn === sub.endsOn)
  return head === undefined ? 'open' : continuationAfter(head, sub.scope).continuation
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

/**
 * Up to today the days that the API tells, which knows every lease and what was recorded; from then on the days of a head lease
 * for which nobody is to come, where all leases are told of.
 */
function emptyStretches(
  heads: readonly Bar[],
  subs: readonly Bar[],
  { times, isComplete }: TimelineEmptyTimes,
  today: Day,
  to: Day,
): EmptyStretch[] {
  const last = isComplete ? today : to
  const told = times
    .filter(({ startsOn }) => startsOn <= last)
    .map(({ startsOn, endsOn, bornBy }) => ({ from: startsOn, to: earlierOf(endsOn ?? last, last), bornBy }))
  if (!isComplete) return joined(told)
  const tomorrow = addDays(today, 1)
  const coming = gaps(heads, subs)
    .filter((gap) => gap.to >= tomorrow)
    .map((gap) => ({ ...gap, from: laterOf(gap.from, tomorrow) }))
  return joined([...told, ...coming])
}

/** Days of a head lease without a sublease. */
function gaps(heads: readonly Bar[], subs: readonly Bar[]): EmptyStretch[] {
  const found: EmptyStretch[] = []
  for (const head of heads) {
    if (head.lease.status === 'draft') continue
    let day = head.from
    const bornBy = head.lease.vacancyBornBy
    for (const sub of [...subs].sort((left, right) => (left.from < right.from ? -1 : 1))) {
      if (sub.to < day || sub.from > head.to) continue
      if (sub.from > day) found.push({ from: day, to: addDays(sub.from, -1), bornBy })
      day = addDays(laterOf(sub.to, day), 1)
    }
    if (day <= head.to) found.push({ from: day, to: head.to, bornBy })
  }
  return found
}

/** What follows day upon day with the same payer is one stretch. */
function joined(stretches: readonly EmptyStretch[]): EmptyStretch[] {
  const found: EmptyStretch[] = []
  for (const one of [...stretches].sort((left, right) => (left.from < right.from ? -1 : 1))) {
    const before = found.at(-1)
    if (before !== undefined && before.bornBy === one.bornBy && addDays(before.to, 1) === one.from)
      found[found.length - 1] = { ...before, to: one.to }
    else found.push(one)
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

/** The lease that a name beside the axis stands for: the page's own, else the one of today, the next one, the last one. */
export function leadingLease(bars: readonly Bar[], ownId: string | undefined, today: Day): TimelineLease | null {
  const leases = bars.map(({ lease }) => lease)
  const found =
    leases.find(({ id }) => id === ownId) ??
    leases.find(({ startsOn, endsOn }) => startsOn <= today && (endsOn === null || endsOn >= today)) ??
    leases.find(({ startsOn }) => startsOn > today) ??
    leases.at(-1)
  return found ?? null
}

/** One drawn thing as a row: for the table beside the drawing. */
export interface TimelineRow extends Stretch {
  readonly kind: 'head' | 'sub' | 'empty' | 'cut'
  readonly lease: TimelineLease | null
  /** It goes on beyond what is drawn. */
  readonly isOpen: boolean
  readonly bornBy: VacancyBearer | null
  /** Of a cut. */
  readonly continuation?: Continuation
}

/** Everything that is drawn, by its first day. */
export function rowsOf({ heads, subs, empty, cut, to }: Timeline): TimelineRow[] {
  const ofBar = (kind: 'head' | 'sub', bar: Bar): TimelineRow => ({
    kind,
    lease: bar.lease,
    from: bar.from,
    to: bar.to,
    isOpen: bar.lease.endsOn === null,
    bornBy: null,
  })
  return [
    ...heads.map((bar) => ofBar('head', bar)),
    ...subs.map((bar) => ofBar('sub', bar)),
    ...empty.map((gap): TimelineRow => ({ kind: 'empty', lease: null, ...gap, isOpen: gap.to >= to })),
    ...cut.map((gap): TimelineRow => ({
      kind: 'cut',
      lease: null,
      from: gap.from,
      to: gap.to,
      isOpen: gap.to >= to,
      bornBy: null,
      continuation: gap.continuation,
    })),
  ].sort((one, other) => (one.from === other.from ? 0 : one.from < other.from ? -1 : 1))
}

export interface TimelineEvent {
  readonly kind: 'headStarts' | 'subStarts' | 'empty' | 'today' | 'subEnds' | 'subCut' | 'subMayContinue' | 'subIsOpen' | 'headEnds'
  readonly from: Day
  readonly to: Day | null
  readonly name: string
}

const cutEvents = { none: 'subCut', right: 'subMayContinue', open: 'subIsOpen' } as const satisfies Record<
  Continuation,
  TimelineEvent['kind']
>

/** The same told one below the other: for the phone, and as the table beside the drawing. */
export function eventsOf(timeline: Timeline, today: Day): TimelineEvent[] {
  const cuts = new Map(timeline.cut.map(({ leaseId, continuation }) => [leaseId, cutEvents[continuation]]))
  const order: TimelineEvent['kind'][] = [
    'headStarts',
    'subStarts',
    'empty',
    'today',
    'subEnds',
    'subCut',
    'subMayContinue',
    'subIsOpen',
    'headEnds',
  ]
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
    if (lease.endsOn !== null) events.push({ kind: cuts.get(lease.id) ?? 'subEnds', from: lease.endsOn, to: null, name: lease.name })
  }
  return events.sort((left, right) =>
    left.from === right.from ? order.indexOf(left.kind) - order.indexOf(right.kind) : left.from < right.from ? -1 : 1,
  )
}
