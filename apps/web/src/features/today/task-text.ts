import type { TodayTask } from '@kotoisa/contracts'
import { daysBetween } from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'
import { formatDay, formatNearDay } from '../../lib/format.ts'
import { today } from '../../lib/today.ts'

/** What to do, in plain words. */
export function taskText({ kind, lacks, subject: { resource } }: TodayTask): string {
  const [first] = lacks
  const isHead = resource === 'headLease'
  switch (kind) {
    case 'signature':
    case 'keys':
    case 'leaseEnds':
      return t(`today.task.${kind}.${isHead ? 'head' : 'sub'}`)
    case 'indefiniteByLaw':
    case 'emptyReason':
    case 'emptyLong':
      return t(`today.task.${kind}`)
    default:
      return first === undefined || first === 'notStarted' || first === 'headLeaseNotActive'
        ? t('today.openLease')
        : t(`today.lack.${first}`)
  }
}

/** For whom and where, the parts one after another; names are told in their own direction by whoever shows them. */
export function taskFacts({ subject }: TodayTask): string[] {
  const { household, householdSize, landlord, flat, resource, masked, emptyFrom, emptyBecause } = subject
  const who = masked
    ? t('leases.maskedName')
    : household === null
      ? (landlord?.name ?? '')
      : `${household.name}${householdSize === null || householdSize === 0 ? '' : `, ${t('today.persons', { count: householdSize })}`}`
  const empty = resource === 'flat' && emptyFrom !== null ? t('today.emptySince', { day: formatDay(emptyFrom) }) : ''
  const because = emptyBecause === null ? '' : t(`vocabulary.vacancyReason.${emptyBecause}`)
  return [who, flat?.address ?? '', empty, because].filter((part) => part !== '')
}

/** How the due day reads beside the signal's sign: a late one says so in words too. */
export function dueText({ signal, dueOn }: TodayTask): string {
  if (dueOn === null) return t('today.noDue')
  return signal === 'late' ? t('today.lateBy', { count: daysBetween(dueOn, today()) }) : formatNearDay(dueOn, today())
}
