import {
  activateHeadLease,
  activateSublease,
  addHeadLeaseRentPart,
  addSubleaseRentPart,
  endHeadLease,
  endSublease,
  extendHeadLease,
  extendSublease,
  recordSubleaseDisclosure,
  revertHeadLease,
  revertSublease,
  signHeadLease,
  signSublease,
  updateHeadLease,
  updateSublease,
  type ActivateLease,
  type AddRentPart,
  type EndLease,
  type ExtendLease,
  type HeadLease,
  type RecordDisclosure,
  type RevertLease,
  type SignLease,
  type Sublease,
  type UpdateHeadLease,
  type UpdateSublease,
} from '@kotoisa/contracts'
import type { LeaseLayer } from '@kotoisa/domain'
import { call } from '../../lib/api.ts'

/** A command on its way: which lease as it was read, with what, and under which key. */
export interface Sent<B> {
  readonly params: { readonly id: string }
  readonly body: B
  readonly ifMatch: string
  readonly idempotencyKey: string
}

type Saved = HeadLease | Sublease

export interface Commands {
  readonly sign: (sent: Sent<SignLease>) => Promise<Saved>
  readonly activate: (sent: Sent<ActivateLease>) => Promise<Saved>
  readonly end: (sent: Sent<EndLease>) => Promise<Saved>
  readonly extend: (sent: Sent<ExtendLease>) => Promise<Saved>
  readonly revert: (sent: Sent<RevertLease>) => Promise<Saved>
  readonly addRentPart: (sent: Sent<AddRentPart>) => Promise<Saved>
}

/** The commands on both leases, one endpoint each. */
export const commandsOf: Readonly<Record<LeaseLayer, Commands>> = {
  headLease: {
    sign: (sent) => call(signHeadLease, sent),
    activate: (sent) => call(activateHeadLease, sent),
    end: (sent) => call(endHeadLease, sent),
    extend: (sent) => call(extendHeadLease, sent),
    revert: (sent) => call(revertHeadLease, sent),
    addRentPart: (sent) => call(addHeadLeaseRentPart, sent),
  },
  sublease: {
    sign: (sent) => call(signSublease, sent),
    activate: (sent) => call(activateSublease, sent),
    end: (sent) => call(endSublease, sent),
    extend: (sent) => call(extendSublease, sent),
    revert: (sent) => call(revertSublease, sent),
    addRentPart: (sent) => call(addSubleaseRentPart, sent),
  },
}

export const recordDisclosure = (sent: Sent<RecordDisclosure>): Promise<Sublease> => call(recordSubleaseDisclosure, sent)

/** A change of some fields beside the forms: what came in after the lease was made. */
export const patchSublease = ({ params, body, ifMatch }: Sent<UpdateSublease>): Promise<Sublease> =>
  call(updateSublease, { params, body, ifMatch })
export const patchHeadLease = ({ params, body, ifMatch }: Sent<UpdateHeadLease>): Promise<HeadLease> =>
  call(updateHeadLease, { params, body, ifMatch })
