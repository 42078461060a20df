import type { Today, TodayQuery, TodaySubject } from '@kotoisa/contracts'
import { rankTasks, taskKinds, taskSignals, type RankedTask, type TaskKind, type TaskSignal } from '@kotoisa/domain'
import { mayCall, type Ctx } from '../../platform/context.ts'
import { headLeaseTaskSource } from '../leases/head-lease-tasks.ts'
import { subleaseTaskSource } from '../leases/sublease-tasks.ts'
import { flatTaskSource } from '../vacancies/flat-tasks.ts'
import type { TaskSource } from './source.ts'

const sources: readonly TaskSource[] = [subleaseTaskSource, headLeaseTaskSource, flatTaskSource]

/** All tasks are found and counted, the first of the filter told of: two statements a source, however long the list is. */
export async function readToday(ctx: Ctx, { kind, limit = 100 }: TodayQuery): Promise<Today> {
  const open = sources.filter(({ access }) => mayCall(ctx.actor, access))
  const all = rankTasks((await Promise.all(open.map((source) => source.tasks(ctx)))).flat(), ctx.today)
  const asked = kind === undefined ? null : new Set(kind.split(','))
  const held = asked === null ? all : all.filter((task) => asked.has(task.kind))
  const shown = held.slice(0, limit)
  const subjects = await describe(ctx, open, shown)
  return {
    asOf: ctx.today,
    items: shown.flatMap((task) => {
      const subject = subjects.get(keyOf(task.subject))
      return subject === undefined ? [] : [toTodayTask(task, subject)]
    }),
    total: held.length,
    signals: countBySignal(held),
    kinds: countByKind(all),
  }
}

const keyOf = ({ resource, id }: RankedTask['subject']): string => `${resource}:${id}`

async function describe(ctx: Ctx, open: readonly TaskSource[], shown: readonly RankedTask[]): Promise<Map<string, TodaySubject>> {
  const told = await Promise.all(
    open.map((source) => {
      const ids = new Set(shown.filter(({ subject }) => subject.resource === source.resource).map(({ subject }) => subject.id))
      return ids.size === 0 ? [] : source.describe(ctx, [...ids])
    }),
  )
  return new Map(told.flat().map((subject) => [keyOf(subject), subject]))
}

const toTodayTask = (
  { kind, signal, dueOn, dueFrom, lacks, citation, points, parts }: RankedTask,
  subject: TodaySubject,
): Today['items'][number] => ({
  id: `${kind}:${subject.id}`,
  kind,
  signal,
  dueOn,
  dueFrom,
  lacks: [...lacks],
  citation,
  points,
  parts: parts.map((part) => ({ code: part.code, points: part.points, days: part.days })),
  subject,
})

function countBySignal(tasks: readonly RankedTask[]): Today['signals'] {
  const counts = new Map<TaskSignal, number>(taskSignals.map((signal) => [signal, 0]))
  for (const { signal } of tasks) counts.set(signal, (counts.get(signal) ?? 0) + 1)
  const of = (signal: TaskSignal): number => counts.get(signal) ?? 0
  return { late: of('late'), today: of('today'), thisWeek: of('thisWeek'), coming: of('coming') }
}

function countByKind(tasks: readonly RankedTask[]): Today['kinds'] {
  const counts = new Map<TaskKind, number>()
  for (const { kind } of tasks) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return taskKinds.flatMap((kind) => {
    const count = counts.get(kind)
    return count === undefined ? [] : [{ kind, count }]
  })
}
