import { addDays, daysBetween, type Day } from './day.ts'
import type { Task } from './today.ts'
import type { VacancyReason } from './vocabulary.ts'

/** A week to say why a home stands empty; no statute sets it. */
export const reasonWithinDays = 7
/** So long empty that somebody should look at it; no statute sets it. */
export const emptyLongDays = 60

/** A flat that the city holds and nobody lives in today. */
export interface EmptyFlatFacts {
  readonly id: string
  readonly today: Day
  /** First day of the days without a reason up to today; null: one is recorded. */
  readonly unrecordedFrom: Day | null
  /** First day without a household. */
  readonly emptyFrom: Day
  readonly reason: VacancyReason | null
  /** A lease that is to begin, a draft too: the home has its household. */
  readonly isPromised: boolean
}

/** Homes that are being mended cannot be let: what they wait for is not a household. */
const cannotBeLet: readonly (VacancyReason | null)[] = ['repair', 'damage']

export function flatTasks({ id, today, unrecordedFrom, emptyFrom, reason, isPromised }: EmptyFlatFacts): Task[] {
  const task = { subject: { resource: 'flat', id }, lacks: [], citation: null } as const
  if (unrecordedFrom !== null)
    return [{ ...task, kind: 'emptyReason', dueOn: addDays(unrecordedFrom, reasonWithinDays), dueFrom: 'emptyFrom' }]
  if (isPromised || cannotBeLet.includes(reason) || daysBetween(emptyFrom, today) < emptyLongDays) return []
  return [{ ...task, kind: 'emptyLong', dueOn: null, dueFrom: null }]
}
