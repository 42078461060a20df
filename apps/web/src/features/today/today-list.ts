import { listHeadLeases, listSubleases, type HeadLeaseView, type SubleaseView } from '@kotoisa/contracts'
import { addDays, daysBetween, type Day } from '@kotoisa/domain'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'
import { isOpen } from '../leases/lease-view.ts'

export type Signal = 'late' | 'today' | 'soon'

/** One thing to do, read off a lease: hand over keys, sign a draft, agree on what comes after an end. */
export interface Task {
  readonly id: string
  readonly kind: 'handKeys' | 'signDraft' | 'subleaseEnds' | 'headLeaseEnds'
  readonly signal: Signal
  readonly dueOn: Day
  readonly name: string
  readonly address: string
  readonly reference: string
  readonly to: string
}

/** How far ahead the ends of leases are told. */
const subleaseDays = 60
const headLeaseDays = 180

export const todayQuery = defineQueryOptions((today: Day) => ({
  key: ['today', today],
  query: async ({ signal }: { signal: AbortSignal }) => {
    const [started, drafts, endingSubs, endingHeads] = await Promise.all([
      call(listSubleases, { query: { status: 'signed', sort: 'startsOn', limit: 50 }, signal }),
      call(listSubleases, { query: { status: 'draft', sort: 'startsOn', limit: 50 }, signal }),
      call(listSubleases, {
        query: { status: 'signed,active', endsBefore: addDays(today, subleaseDays), sort: 'endsOn', limit: 50 },
        signal,
      }),
      call(listHeadLeases, {
        query: { status: 'signed,active', endsBefore: addDays(today, headLeaseDays), sort: 'endsOn', limit: 50 },
        signal,
      }),
    ])
    return { started: started.items, drafts: drafts.items, endingSubs: endingSubs.items, endingHeads: endingHeads.items }
  },
}))

interface Found {
  readonly started: readonly SubleaseView[]
  readonly drafts: readonly SubleaseView[]
  readonly endingSubs: readonly SubleaseView[]
  readonly endingHeads: readonly HeadLeaseView[]
}

const signalOf = (dueOn: Day, today: Day): Signal => (dueOn < today ? 'late' : dueOn === today ? 'today' : 'soon')

export function tasksOf({ started, drafts, endingSubs, endingHeads }: Found, today: Day): Task[] {
  const ofSublease =
    (kind: Task['kind'], dueOn: (lease: SubleaseView) => Day | null) =>
    (lease: SubleaseView): Task[] => {
      const due = dueOn(lease)
      if (due === null || !isOpen(lease)) return []
      return [
        {
          id: `${kind}-${lease.id}`,
          kind,
          signal: signalOf(due, today),
          dueOn: due,
          name: lease.household.name,
          address: lease.flat.address,
          reference: lease.reference,
          to: `/leases/${lease.id}`,
        },
      ]
    }
  const near = (lease: SubleaseView): boolean => daysBetween(today, lease.startsOn) <= 14
  return [
    ...started.filter(near).flatMap(ofSublease('handKeys', ({ startsOn }) => startsOn)),
    ...drafts.flatMap(ofSublease('signDraft', ({ startsOn }) => startsOn)),
    ...endingSubs.flatMap(ofSublease('subleaseEnds', ({ endsOn }) => endsOn)),
    ...endingHeads.flatMap((lease): Task[] =>
      lease.endsOn === null
        ? []
        : [
            {
              id: `headLeaseEnds-${lease.id}`,
              kind: 'headLeaseEnds',
              signal: signalOf(lease.endsOn, today),
              dueOn: lease.endsOn,
              name: lease.landlord.name,
              address: lease.flat.address,
              reference: lease.reference,
              to: `/leases/head/${lease.id}`,
            },
          ],
    ),
  ].sort((left, right) => (left.dueOn === right.dueOn ? 0 : left.dueOn < right.dueOn ? -1 : 1))
}
