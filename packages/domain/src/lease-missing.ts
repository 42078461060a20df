import type { Day } from './day.ts'
import type { Citation } from './explain.ts'
import { productChoice, tenancyAct } from './law.ts'
import { DomainError, type ProblemCode } from './problems.ts'
import type { LeaseStatus, SecurityForm } from './vocabulary.ts'

/** What a lease may lack; the order is the order in which it is shown. */
export const missingCodes = [
  'tenantMissing',
  'rentMissing',
  'headLeaseNotSigned',
  'subletPermissionMissing',
  'notStarted',
  'headLeaseNotActive',
  'tenantDisclosureMissing',
  'landlordDisclosureMissing',
  'securityMissing',
  'homeInsuranceMissing',
] as const
export type MissingCode = (typeof missingCodes)[number]

export const blockedCommands = ['sign', 'activate'] as const
export type BlockedCommand = (typeof blockedCommands)[number]

export interface Missing {
  readonly code: MissingCode
  /** The command that it stops; null where it only shows. */
  readonly blocks: BlockedCommand | null
  readonly citation: Citation
}

/** `form` null = not agreed yet; `none` = agreed that there is none. */
export interface SecurityFact {
  readonly form: SecurityForm | null
  readonly lodged: boolean
}

interface LeaseFacts {
  /** As stored; an ended lease lacks nothing any more. */
  readonly status: LeaseStatus
  readonly startsOn: Day
  readonly today: Day
  readonly hasRent: boolean
  readonly subletPermission: boolean
  readonly security: SecurityFact
}

export interface SubleaseFacts extends LeaseFacts {
  /** Named tenants of the lease. */
  readonly tenantCount: number
  readonly headLeaseStatus: LeaseStatus
  /** The head-lease terms and the landlord told to the subtenant; the sublease and the subtenant told to the landlord. */
  readonly tenantDisclosed: boolean
  readonly landlordDisclosed: boolean
  readonly homeInsurance: boolean
}

export type HeadLeaseFacts = LeaseFacts

const citations: Readonly<Record<MissingCode, Citation>> = {
  tenantMissing: tenancyAct('1 § 1 mom., 5 § 1 mom.'),
  rentMissing: tenancyAct('27 § 1 mom.'),
  headLeaseNotSigned: tenancyAct('72 § 1 mom.'),
  subletPermissionMissing: tenancyAct('72 § 1 mom.'),
  notStarted: productChoice('keys are handed over from the first day on'),
  headLeaseNotActive: tenancyAct('37 §'),
  tenantDisclosureMissing: tenancyAct('73 § 1 mom.'),
  landlordDisclosureMissing: tenancyAct('73 § 1 mom.'),
  securityMissing: tenancyAct('8 §'),
  homeInsuranceMissing: productChoice('home insurance as the lease agrees'),
}

const securityLacks = ({ form, lodged }: SecurityFact): boolean => form === null || (form !== 'none' && !lodged)

/** Keeps what holds, in the order of `missingCodes`. */
function collect(holds: Partial<Record<MissingCode, boolean>>, blocks: Partial<Record<MissingCode, BlockedCommand>>): Missing[] {
  return missingCodes
    .filter((code) => holds[code] === true)
    .map((code) => ({ code, blocks: blocks[code] ?? null, citation: citations[code] }))
}

/**
 * What a sublease still lacks. Signing is stopped without a named tenant, rent, a signed head lease and a sublet permission
 * (72 §); handing over the keys before the first day or without an active head lease. Disclosures of 73 §, security and
 * insurance never stop anything: they show.
 */
export function missingOnSublease(facts: SubleaseFacts): Missing[] {
  if (facts.status === 'ended') return []
  const beforeKeys = facts.status !== 'active'
  return collect(
    {
      tenantMissing: facts.tenantCount < 1,
      rentMissing: !facts.hasRent,
      headLeaseNotSigned: facts.headLeaseStatus !== 'signed' && facts.headLeaseStatus !== 'active',
      subletPermissionMissing: !facts.subletPermission,
      notStarted: beforeKeys && facts.today < facts.startsOn,
      headLeaseNotActive: beforeKeys && facts.headLeaseStatus !== 'active',
      tenantDisclosureMissing: !facts.tenantDisclosed,
      landlordDisclosureMissing: !facts.landlordDisclosed,
      securityMissing: securityLacks(facts.security),
      homeInsuranceMissing: !facts.homeInsurance,
    },
    {
      tenantMissing: 'sign',
      rentMissing: 'sign',
      headLeaseNotSigned: 'sign',
      subletPermissionMissing: 'sign',
      notStarted: 'activate',
      headLeaseNotActive: 'activate',
    },
  )
}

/**
 * What a head lease still lacks. Signing is stopped without rent, taking the keys before the first day. A missing sublet
 * permission only shows here: it stops the sublease (72 §).
 */
export function missingOnHeadLease(facts: HeadLeaseFacts): Missing[] {
  if (facts.status === 'ended') return []
  return collect(
    {
      rentMissing: !facts.hasRent,
      subletPermissionMissing: !facts.subletPermission,
      notStarted: facts.status !== 'active' && facts.today < facts.startsOn,
      securityMissing: securityLacks(facts.security),
    },
    { rentMissing: 'sign', notStarted: 'activate' },
  )
}

const problemCodes = {
  tenantMissing: 'lease.tenantMissing',
  rentMissing: 'lease.rentMissing',
  headLeaseNotSigned: 'lease.headLeaseNotSigned',
  subletPermissionMissing: 'lease.subletPermissionMissing',
  notStarted: 'lease.notStarted',
  headLeaseNotActive: 'lease.headLeaseNotActive',
} as const satisfies Partial<Record<MissingCode, ProblemCode>>

/** Refuses a command (409) with every missing thing that stops it, each with its citation. */
export function requireNothingMissing(missing: readonly Missing[], command: BlockedCommand): void {
  const codes: Partial<Record<MissingCode, ProblemCode>> = problemCodes
  const stopping = missing.filter(({ blocks }) => blocks === command)
  DomainError.all(
    stopping.flatMap(({ code }) => {
      const problem = codes[code]
      return problem === undefined ? [] : [{ code: problem }]
    }),
    stopping.map(({ citation }) => citation),
  )
}
