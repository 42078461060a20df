import type { ConstraintProblems } from '../../platform/problem.ts'

/** What the rules and constraints of migrations/0005_leases.sql say when they refuse what no command foresaw. */
export const leaseConstraints: ConstraintProblems = {
  head_leases_overlap: 'lease.overlap',
  subleases_overlap_scope: 'lease.overlap',
  subleases_overlap_flat: 'lease.overlap',
  subleases_overlap_place: 'lease.overlap',
  subleases_overlap_room: 'lease.overlap',
  head_leases_sublease_lives_on: 'headLease.subleaseLivesOn',
  head_leases_in_use: 'headLease.inUse',
  subleases_head_lease: 'headLease.inUse',
  subleases_inside_head_lease: 'date.outsideHeadLease',
  subleases_sublet_permission: 'lease.subletPermissionMissing',
  subleases_head_lease_signed: 'lease.headLeaseNotSigned',
  subleases_head_lease_active: 'lease.headLeaseNotActive',
  head_leases_step: 'lease.wrongState',
  subleases_step: 'lease.wrongState',
  head_leases_draft: 'lease.notDraft',
  subleases_draft: 'lease.notDraft',
  head_leases_security_cap: 'security.tooHigh',
  subleases_security_cap: 'security.tooHigh',
  head_lease_rent_parts_overlap: 'rentPart.overlap',
  sublease_rent_parts_overlap: 'rentPart.overlap',
}
