import { deleteVacancy, type HeadLease, type Sublease, type VacancyView } from '@kotoisa/contracts'
import { t } from '../../i18n/index.ts'
import { call } from '../../lib/api.ts'
import { commandsOf, patchHeadLease, patchSublease, recordDisclosure, type Sent } from '../leases/commands.ts'
import type { MissingAct } from '../leases/missing-act.ts'
import type { Subject } from './subject.ts'
import type { DialogAct } from './task-act.ts'

type Lease = Sublease | HeadLease
type Undo = () => Promise<unknown>

/** On the record as it was saved: whoever has changed it since is not overwritten. */
const on = <B>({ id, etag }: { readonly id: string; readonly etag: string }, body: B): Sent<B> => ({
  params: { id },
  body,
  ifMatch: etag,
  idempotencyKey: crypto.randomUUID(),
})

/** How what a dialog has just done is taken back; null where it cannot be. */
export function undoOf(act: DialogAct, before: Subject, saved: unknown): Undo | null {
  if (before.layer === 'flat') {
    const { id, etag } = saved as VacancyView
    return () => call(deleteVacancy, { params: { id }, ifMatch: etag })
  }
  const { layer } = before
  const lease = saved as Lease
  switch (act.does) {
    case 'sign':
    case 'activate':
    case 'extend':
      return () => commandsOf[layer].revert(on(lease, { reason: t('today.undoReason') }))
    case 'settle':
      return settledBack(act.act, before, lease)
    case 'recordReason':
      return null
  }
}

/** What was there before is there again: a list that did not do need not have been empty. */
function settledBack(act: MissingAct, before: Exclude<Subject, { readonly layer: 'flat' }>, lease: Lease): Undo | null {
  const { layer } = before
  const patch = layer === 'headLease' ? patchHeadLease : patchSublease
  switch (act) {
    case 'nameTenants': {
      const tenantIds = before.layer === 'sublease' ? before.lease.tenants.map(({ id }) => id) : []
      return () => patchSublease(on(lease, { tenantIds }))
    }
    case 'addRent': {
      const rentParts = before.lease.rentParts.map(({ id: _id, ...part }) => part)
      return () => patch(on(lease, { rentParts }))
    }
    case 'signHeadLease':
    case 'activateHeadLease':
      return () => commandsOf.headLease.revert(on(lease, { reason: t('today.undoReason') }))
    // From signed on a permission stands: subleases are signed upon it (72 §).
    case 'recordPermission':
      return lease.status === 'draft' ? () => patchHeadLease(on(lease, { subletPermission: null })) : null
    case 'tellTenant':
      return () => recordDisclosure(on(lease, { to: 'tenant' as const, disclosedOn: null }))
    case 'tellLandlord':
      return () => recordDisclosure(on(lease, { to: 'landlord' as const, disclosedOn: null }))
    case 'recordSecurity':
      return () => patch(on(lease, { securityLodgedOn: null }))
    case 'recordInsurance':
      return () => patchSublease(on(lease, { homeInsuranceShownOn: null }))
  }
}
