import {
  listFlats,
  listHeadLeases,
  listSubleases,
  type FlatView,
  type HeadLeaseView,
  type LandlordSublease,
  type SubleaseView,
} from '@kotoisa/contracts'
import type { Day } from '@kotoisa/domain'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'
import { byAddress } from '../../lib/by-address.ts'
import { everyPage } from '../../lib/every-page.ts'

/** A home of the landlord with the leases that concern it today. */
export interface OwnHome {
  readonly flat: FlatView
  readonly headLease: HeadLeaseView | null
  /** Lived in now, or agreed and still to come. */
  readonly subleases: readonly LandlordSublease[]
  readonly isLivedIn: boolean
}

export const isForLandlord = (lease: SubleaseView): lease is LandlordSublease => 'tenantDisclosure' in lease

export const ownHomesQuery = defineQueryOptions({
  key: ['portal', 'homes'],
  query: async ({ signal }: { signal: AbortSignal }) => {
    const [flats, headLeases, subleases] = await Promise.all([
      everyPage((cursor) => call(listFlats, { query: { sort: 'address', limit: 200, ...cursor }, signal })),
      everyPage((cursor) => call(listHeadLeases, { query: { limit: 200, ...cursor }, signal })),
      everyPage((cursor) => call(listSubleases, { query: { limit: 200, ...cursor }, signal })),
    ])
    return { flats, headLeases, subleases: subleases.filter(isForLandlord) }
  },
})

interface Found {
  readonly flats: readonly FlatView[]
  readonly headLeases: readonly HeadLeaseView[]
  readonly subleases: readonly LandlordSublease[]
}

/** The homes that the city rents, or has rented; a home that was only offered comes last. */
export function ownHomes({ flats, headLeases, subleases }: Found, today: Day): OwnHome[] {
  return [...flats]
    .sort((left, right) => byAddress(left.address, right.address))
    .map((flat) => {
      const heads = headLeases.filter((lease) => lease.flat.id === flat.id)
      const living = subleases.filter((lease) => lease.flat.id === flat.id && (lease.status === 'active' || lease.status === 'signed'))
      return {
        flat,
        headLease:
          heads.find(({ status }) => status === 'active') ??
          heads.find(({ status }) => status === 'signed') ??
          heads.find(({ status }) => status === 'draft') ??
          null,
        subleases: living,
        isLivedIn: living.some(({ status, startsOn }) => status === 'active' && startsOn <= today),
      }
    })
}

export const isRented = ({ headLease }: OwnHome): boolean =>
  headLease !== null && headLease.status !== 'draft' && headLease.status !== 'ended'
