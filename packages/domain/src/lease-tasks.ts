import { addDays, addMonths, type Day } from './day.ts'
import { tenancyAct } from './law.ts'
import {
  missingOnHeadLease,
  missingOnSublease,
  type HeadLeaseFacts,
  type Missing,
  type MissingCode,
  type SubleaseFacts,
} from './lease-missing.ts'
import type { Task, TaskSubject } from './today.ts'
import type { LeaseTerm } from './vocabulary.ts'

/** How long ahead an end is told: a landlord's notice may take as long (52 §). */
export const endsWithinMonths = 6
/** How long ahead keys are made ready. */
export const keysWithinDays = 14

interface Days {
  readonly id: string
  /** Both signed; null while it is a draft. */
  readonly signedOn: Day | null
  readonly term: LeaseTerm
  readonly effectiveTerm: LeaseTerm
  readonly written: boolean
  /** The last day as agreed. */
  readonly endsOn: Day | null
  /** Somebody has said that it ends: what comes after is decided. */
  readonly endIsDecided: boolean
}
export type HeadLeaseTaskFacts = HeadLeaseFacts & Days
export type SubleaseTaskFacts = SubleaseFacts & Days

const disclosures: readonly MissingCode[] = ['tenantDisclosureMissing', 'landlordDisclosureMissing']
/** What a signed lease may still be given: a form of security that was never agreed is no longer to be agreed (terms stand). */
const recorded = (facts: SubleaseTaskFacts | HeadLeaseTaskFacts): readonly MissingCode[] =>
  facts.security.form === null ? ['homeInsuranceMissing'] : ['securityMissing', 'homeInsuranceMissing']

/** What a sublease asks for: one task each of telling (73 §), recording, signing or completing, keys, and its end. */
export function subleaseTasks(facts: SubleaseTaskFacts): Task[] {
  const missing = missingOnSublease(facts)
  return [...tellingTask(facts, missing), ...leaseTasks('sublease', facts, missing)]
}

/** The same of a head lease, and the landlord's permission to sublet (72 §): its subleases wait for that. */
export function headLeaseTasks(facts: HeadLeaseTaskFacts): Task[] {
  const missing = missingOnHeadLease(facts)
  return [...permissionTask(facts, missing), ...leaseTasks('headLease', facts, missing)]
}

/** What 73 § wants told stands in no lease yet: it is told when the lease is signed. */
function tellingTask(facts: SubleaseTaskFacts, missing: readonly Missing[]): Task[] {
  const untold = missing.filter(({ code }) => disclosures.includes(code))
  if (facts.signedOn === null || untold.length === 0) return []
  return [taskOf('disclosure', 'sublease', facts.id, { lacks: untold, dueOn: facts.signedOn, dueFrom: 'signedOn' })]
}

function permissionTask(facts: HeadLeaseTaskFacts, missing: readonly Missing[]): Task[] {
  const lacks = missing.filter(({ code }) => code === 'subletPermissionMissing')
  return lacks.length === 0 ? [] : [taskOf('permission', 'headLease', facts.id, { lacks, dueOn: facts.startsOn, dueFrom: 'startsOn' })]
}

function leaseTasks(resource: TaskSubject, facts: SubleaseTaskFacts | HeadLeaseTaskFacts, missing: readonly Missing[]): Task[] {
  const { id, status, startsOn } = facts
  if (status === 'ended') return []
  const fromStart = { dueOn: startsOn, dueFrom: 'startsOn' } as const
  if (status === 'draft') {
    const lacks = missing.filter(({ blocks }) => blocks === 'sign')
    return [taskOf(lacks.length === 0 ? 'signature' : 'draft', resource, id, { lacks, ...fromStart }), ...endTask(resource, facts)]
  }
  const lacks = missing.filter(({ code }) => recorded(facts).includes(code))
  const forKeys = missing.filter(({ code, blocks }) => blocks === 'activate' && code !== 'notStarted')
  return [
    ...(status === 'signed' && startsOn <= addDays(facts.today, keysWithinDays)
      ? [taskOf('keys', resource, id, { lacks: forKeys, ...fromStart })]
      : []),
    ...(lacks.length > 0 ? [taskOf('missing', resource, id, { lacks, ...fromStart })] : []),
    ...endTask(resource, facts),
  ]
}

/**
 * The last day as agreed comes near: what follows is to be agreed. Where the law knows no such end (a third short term, 4 §;
 * an unwritten one, 5 §), nobody may count on it, and that is told from the draft on.
 */
function endTask(resource: TaskSubject, facts: SubleaseTaskFacts | HeadLeaseTaskFacts): Task[] {
  const { id, status, term, effectiveTerm, written, endsOn, endIsDecided, today } = facts
  if (endsOn === null || endIsDecided || endsOn < today) return []
  const isDraft = status === 'draft'
  if (!isDraft && endsOn > addMonths(today, endsWithinMonths)) return []
  const due = { lacks: [], dueOn: endsOn, dueFrom: 'endsOn' } as const
  if (term === 'fixedTerm' && effectiveTerm === 'indefinite') {
    // Of a draft it can still be changed, before anybody signs.
    const asked = isDraft ? ({ lacks: [], dueOn: facts.startsOn, dueFrom: 'startsOn' } as const) : due
    return [{ ...taskOf('indefiniteByLaw', resource, id, asked), citation: tenancyAct(written ? '4 § 1 mom.' : '5 § 1 mom.') }]
  }
  if (isDraft) return []
  return [{ ...taskOf('leaseEnds', resource, id, due), citation: resource === 'headLease' ? tenancyAct('78 §') : null }]
}

function taskOf(
  kind: Task['kind'],
  resource: TaskSubject,
  id: string,
  about: Pick<Task, 'dueOn' | 'dueFrom'> & { readonly lacks: readonly Missing[] },
): Task {
  const { lacks, dueOn, dueFrom } = about
  return {
    kind,
    subject: { resource, id },
    lacks: lacks.map(({ code }) => code),
    dueOn,
    dueFrom,
    citation: lacks[0]?.citation ?? null,
  }
}
