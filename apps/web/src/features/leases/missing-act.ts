import { updateHeadLease, updateSublease, type HeadLeaseView, type Sublease } from '@kotoisa/contracts'
import type { LeaseLayer, MissingCode } from '@kotoisa/domain'

/** The one thing to do about what a lease lacks, done in a dialog over the page. */
export type MissingAct =
  | 'nameTenants'
  | 'addRent'
  | 'signHeadLease'
  | 'activateHeadLease'
  | 'recordPermission'
  | 'tellTenant'
  | 'tellLandlord'
  | 'recordSecurity'
  | 'recordInsurance'
/** The same, or what helps against a head lease that runs out. */
export type LeaseAct = MissingAct | 'extendHeadLease'

const acts: Readonly<Record<MissingCode, MissingAct | null>> = {
  tenantMissing: 'nameTenants',
  rentMissing: 'addRent',
  headLeaseNotSigned: 'signHeadLease',
  subletPermissionMissing: 'recordPermission',
  // The day comes by itself.
  notStarted: null,
  headLeaseNotActive: 'activateHeadLease',
  tenantDisclosureMissing: 'tellTenant',
  landlordDisclosureMissing: 'tellLandlord',
  securityMissing: 'recordSecurity',
  homeInsuranceMissing: 'recordInsurance',
}

/** The same without a look at the lease, where it is known that nothing stands in the way. */
export const actOn = (code: MissingCode): MissingAct | null => acts[code]

/** What is settled on the head lease, whichever of the two leases lacks it. */
const ofHeadLease: readonly LeaseAct[] = ['extendHeadLease', 'signHeadLease', 'activateHeadLease', 'recordPermission']
export const isOfHeadLease = (act: LeaseAct): boolean => ofHeadLease.includes(act)

type Lease = Pick<HeadLeaseView | Sublease, 'status' | 'securityForm'> & {
  readonly missing: readonly { readonly code: MissingCode }[]
}

/** null where nothing can be done about it: it comes by itself, or something else comes first. */
export function missingAct(code: MissingCode, lease: Lease): MissingAct | null {
  const act = acts[code]
  if (act === 'activateHeadLease' && lease.missing.some((one) => one.code === 'headLeaseNotSigned')) return null
  // From signed on the terms stand: neither tenants nor the form of a security are agreed by the way.
  if (lease.status !== 'draft' && (act === 'nameTenants' || (act === 'recordSecurity' && lease.securityForm === null))) return null
  return act
}

/** The endpoint that a person must be allowed to call to do it. */
export const endpointOf = (act: MissingAct, layer: LeaseLayer) =>
  layer === 'headLease' || isOfHeadLease(act) ? updateHeadLease : updateSublease
