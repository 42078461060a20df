import { addDays, compareDays, daysBetween, weekday, type Day } from './day.ts'
import type { Citation } from './explain.ts'
import type { MissingCode } from './lease-missing.ts'

/** What asks for something today; a new source of tasks brings its kinds with it. */
export const taskKinds = [
  'disclosure',
  'permission',
  'draft',
  'signature',
  'keys',
  'missing',
  'leaseEnds',
  'indefiniteByLaw',
  'emptyReason',
  'emptyLong',
] as const
export type TaskKind = (typeof taskKinds)[number]

/** In the order of the list. `coming` has a later day, or none. */
export const taskSignals = ['late', 'today', 'thisWeek', 'coming'] as const
export type TaskSignal = (typeof taskSignals)[number]

/** Which day of the subject the due day is read off. */
export const taskDueSources = ['startsOn', 'signedOn', 'endsOn', 'emptyFrom'] as const
export type TaskDueSource = (typeof taskDueSources)[number]

export const taskSubjects = ['sublease', 'headLease', 'flat'] as const
export type TaskSubject = (typeof taskSubjects)[number]

/** What moves a task up: the signal, the law, that a household waits, that the city pays for nothing, how late or how near it is. */
export const taskReasons = ['late', 'today', 'thisWeek', 'coming', 'law', 'holdsUpMove', 'cityPays', 'daysLate', 'near'] as const
export type TaskReason = (typeof taskReasons)[number]

/** Something to do to a subject, as its source has it. Of one subject and kind there is one. */
export interface Task {
  readonly kind: TaskKind
  readonly subject: { readonly resource: TaskSubject; readonly id: string }
  /** What lacks, the one that the task is about first. */
  readonly lacks: readonly MissingCode[]
  /** Null: no day asks for it. */
  readonly dueOn: Day | null
  readonly dueFrom: TaskDueSource | null
  readonly citation: Citation | null
}

export interface TaskPart {
  readonly code: TaskReason
  readonly points: number
  /** How many days late, or to go. */
  readonly days: number | null
}

export interface RankedTask extends Task {
  readonly signal: TaskSignal
  /** The sum of the parts; the most stands first. */
  readonly points: number
  readonly parts: readonly TaskPart[]
}

/** A step of the signal outweighs all else together, so that the list never leaves the order of its groups. */
const signalPoints: Readonly<Record<TaskSignal, number>> = { late: 300, today: 200, thisWeek: 100, coming: 0 }
const lawPoints = 40
const movePoints = 20
const cityPaysPoints = 10
const daysAtMost = 29

/** A duty by statute (73 §), a condition (72 §), what a statute makes of a term (4, 5 §); a paragraph that only explains weighs nothing. */
const byLaw: ReadonlySet<TaskKind> = new Set(['disclosure', 'permission', 'indefiniteByLaw'])
const holdsUpMove: ReadonlySet<TaskKind> = new Set(['permission', 'draft', 'signature', 'keys'])
const cityPays: ReadonlySet<TaskKind> = new Set(['emptyReason', 'emptyLong'])

/** The week ends on Sunday. */
export function taskSignal(dueOn: Day | null, today: Day): TaskSignal {
  if (dueOn === null) return 'coming'
  if (dueOn < today) return 'late'
  if (dueOn === today) return 'today'
  return dueOn <= addDays(today, 7 - weekday(today)) ? 'thisWeek' : 'coming'
}

export function rankTask(task: Task, today: Day): RankedTask {
  const { kind, dueOn } = task
  const signal = taskSignal(dueOn, today)
  const days = dueOn === null ? null : Math.abs(daysBetween(today, dueOn))
  const parts: TaskPart[] = [{ code: signal, points: signalPoints[signal], days }]
  if (byLaw.has(kind)) parts.push({ code: 'law', points: lawPoints, days: null })
  if (holdsUpMove.has(kind)) parts.push({ code: 'holdsUpMove', points: movePoints, days: null })
  if (cityPays.has(kind)) parts.push({ code: 'cityPays', points: cityPaysPoints, days: null })
  if (signal === 'late' && days !== null) parts.push({ code: 'daysLate', points: Math.min(days, daysAtMost), days })
  if ((signal === 'thisWeek' || signal === 'coming') && days !== null && days <= daysAtMost)
    parts.push({ code: 'near', points: daysAtMost - days, days })
  return { ...task, signal, points: parts.reduce((sum, part) => sum + part.points, 0), parts }
}

/** One order for any number of sources: by points, then the earlier day, then by kind and subject, so that it never jumps. */
export function rankTasks(tasks: readonly Task[], today: Day): RankedTask[] {
  return tasks.map((task) => rankTask(task, today)).sort(inOrder)
}

function inOrder(one: RankedTask, other: RankedTask): number {
  if (one.points !== other.points) return other.points - one.points
  if (one.dueOn !== other.dueOn) {
    if (one.dueOn === null) return 1
    return other.dueOn === null ? -1 : compareDays(one.dueOn, other.dueOn)
  }
  const kinds = taskKinds.indexOf(one.kind) - taskKinds.indexOf(other.kind)
  if (kinds !== 0) return kinds
  return one.subject.id < other.subject.id ? -1 : one.subject.id > other.subject.id ? 1 : 0
}
