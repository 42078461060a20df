import {
  createSublease,
  getToday,
  listAuditEntries,
  listFlats,
  listHeadLeases,
  listHouseholds,
  listLandlords,
  type Endpoint,
  type SignedInUser,
} from '@kotoisa/contracts'
import type { MessageKey } from '../i18n/index.ts'

export interface Place {
  readonly to: string
  readonly label: MessageKey
  readonly icon: string
  /** Who may call it sees the place; the API goes by the same list. */
  readonly endpoint: Pick<Endpoint, 'config'>
}

/** The staff's places, in the order of the sidebar; the phone's bar shows the first four that the person may see. */
export const places: readonly Place[] = [
  { to: '/today', label: 'app.nav.today', icon: 'i-lucide-square-check-big', endpoint: getToday },
  { to: '/placements', label: 'app.nav.placements', icon: 'i-lucide-house-plus', endpoint: createSublease },
  { to: '/leases', label: 'app.nav.leases', icon: 'i-lucide-file-text', endpoint: listHeadLeases },
  { to: '/homes', label: 'app.nav.homes', icon: 'i-lucide-house', endpoint: listFlats },
  { to: '/households', label: 'app.nav.households', icon: 'i-lucide-users', endpoint: listHouseholds },
  { to: '/landlords', label: 'app.nav.landlords', icon: 'i-lucide-building-2', endpoint: listLandlords },
  { to: '/admin', label: 'app.nav.admin', icon: 'i-lucide-settings', endpoint: listAuditEntries },
]

/** Where a person's work begins. */
export function homeOf({ roles }: Pick<SignedInUser, 'roles'>): string {
  if (roles.includes('landlord')) return '/portal'
  if (roles.includes('coordinator')) return '/today'
  if (roles.includes('finance')) return '/leases'
  if (roles.includes('supportWorker')) return '/homes'
  return '/admin'
}
