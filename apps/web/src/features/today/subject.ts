import type { EmptyTime, HeadLeaseView, Sublease, TodayTask } from '@kotoisa/contracts'
import { useQueryCache } from '@pinia/colada'
import { ApiProblem } from '../../lib/problem.ts'
import { isOpen } from '../leases/lease-view.ts'
import { isOfHeadLease } from '../leases/missing-act.ts'
import { headLeaseQuery, subleaseQuery } from '../leases/queries.ts'
import { emptyTimesQuery } from '../vacancies/queries.ts'
import type { DialogAct } from './task-act.ts'

/** What a dialog works on, as it stands now. */
export type Subject =
  | { readonly layer: 'sublease'; readonly lease: Sublease }
  | { readonly layer: 'headLease'; readonly lease: HeadLeaseView }
  | { readonly layer: 'flat'; readonly flatId: string; readonly empty: EmptyTime }

/** Reads the record before its dialog opens, so that the dialog has all it shows, and a failure is told on the page. Null: gone meanwhile. */
export function useSubject() {
  const queries = useQueryCache()

  async function headLease(id: string): Promise<Subject | null> {
    const { data } = await queries.refresh(queries.ensure(headLeaseQuery(id)))
    return data === undefined ? null : { layer: 'headLease', lease: data }
  }

  async function sublease(id: string, act: DialogAct): Promise<Subject | null> {
    const { data } = await queries.refresh(queries.ensure(subleaseQuery(id)))
    if (data === undefined || !isOpen(data)) return null
    return act.does === 'settle' && isOfHeadLease(act.act) ? headLease(data.headLease.id) : { layer: 'sublease', lease: data }
  }

  async function flat(id: string): Promise<Subject | null> {
    const { data } = await queries.refresh(queries.ensure(emptyTimesQuery(id)))
    const empty = data?.unrecorded.find(({ endsOn }) => endsOn === null)
    return empty === undefined ? null : { layer: 'flat', flatId: id, empty }
  }

  return async ({ subject: { resource, id } }: TodayTask, act: DialogAct): Promise<Subject | null> => {
    try {
      return await (resource === 'flat' ? flat(id) : resource === 'headLease' ? headLease(id) : sublease(id, act))
    } catch (error) {
      // A record that is gone asks for nothing any more.
      if (error instanceof ApiProblem && error.status === 404) return null
      throw error
    }
  }
}
