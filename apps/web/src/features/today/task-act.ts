import type { TodayTask } from '@kotoisa/contracts'
import type { MissingCode } from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'
import { today } from '../../lib/today.ts'
import { actOn, type MissingAct } from '../leases/missing-act.ts'

/** The one thing that a row's button does: in a dialog over the list, or where a review is needed on its page. */
export type TaskAct =
  | { readonly in: 'dialog'; readonly does: 'sign' | 'activate' | 'extend' | 'recordReason' }
  | { readonly in: 'dialog'; readonly does: 'settle'; readonly act: MissingAct }
  | { readonly in: 'page'; readonly to: string; readonly does: 'open' | 'place' }

export type DialogAct = Extract<TaskAct, { readonly in: 'dialog' }>

/** Where the subject has its page. */
export function pageOf({ subject: { resource, id } }: TodayTask): string {
  return { sublease: `/leases/${id}`, headLease: `/leases/head/${id}`, flat: `/homes/${id}` }[resource]
}

export function actOf(task: TodayTask): TaskAct {
  const open: TaskAct = { in: 'page', does: 'open', to: pageOf(task) }
  if (task.subject.masked) return open
  switch (task.kind) {
    case 'signature':
      return { in: 'dialog', does: 'sign' }
    case 'keys':
      // Made ready ahead, handed over from the first day on.
      if (task.dueOn !== null && task.dueOn > today()) return open
      return task.lacks[0] === undefined ? { in: 'dialog', does: 'activate' } : settling(task.lacks[0], open)
    case 'leaseEnds':
      return { in: 'dialog', does: 'extend' }
    case 'emptyReason':
      return { in: 'dialog', does: 'recordReason' }
    case 'emptyLong':
      return { in: 'page', does: 'place', to: '/placements' }
    // What the law makes of a lease is to be read before anything is agreed.
    case 'indefiniteByLaw':
      return open
    default:
      return settling(task.lacks[0], open)
  }
}

function settling(lack: MissingCode | undefined, open: TaskAct): TaskAct {
  const act = lack === undefined ? null : actOn(lack)
  return act === null ? open : { in: 'dialog', does: 'settle', act }
}

/** What the button says. */
export function actText(task: TodayTask, act: TaskAct): string {
  const isHead = task.subject.resource === 'headLease'
  switch (act.does) {
    case 'settle':
      return t(`leases.missingAct.${act.act}`)
    case 'sign':
      return t('leases.sign.action')
    case 'activate':
      return t(isHead ? 'leases.missingAct.activateHeadLease' : 'leases.activate.action')
    case 'extend':
      return t('leases.extend.action')
    case 'recordReason':
      return t('vacancies.record')
    case 'place':
      return t('leases.place')
    case 'open':
      return t('today.openLease')
  }
}
