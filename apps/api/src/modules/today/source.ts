import type { Access, TodaySubject } from '@kotoisa/contracts'
import type { Task, TaskSubject } from '@kotoisa/domain'
import type { Ctx } from '../../platform/context.ts'

/** One noun that things are to be done about. Its tasks are found among all its rows; told of are only those that are shown. */
export interface TaskSource {
  readonly resource: TaskSubject
  /** Of the noun's list: who may not call that, has no tasks of it. */
  readonly access: Access
  tasks(ctx: Ctx): Promise<Task[]>
  /** Who and where, as the noun's list tells it to the same reader. */
  describe(ctx: Ctx, ids: readonly string[]): Promise<TodaySubject[]>
}
