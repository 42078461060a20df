import {
  createArea,
  createBuilding,
  createFlat,
  createHeadLease,
  createHousehold,
  createLandlord,
  createPerson,
  createSublease,
  listAreas,
  listBuildings,
  listHeadLeases,
  listPersons,
} from '@kotoisa/contracts'
import { places, type Place } from '../../layouts/navigation.ts'

/** A page, or something to be made. */
export type Command = Place

const pagesWithin: readonly Command[] = [
  { to: '/leases/head', label: 'leases.head.title', icon: 'i-lucide-file-text', endpoint: listHeadLeases },
  { to: '/homes/buildings', label: 'homes.buildings.title', icon: 'i-lucide-building', endpoint: listBuildings },
  { to: '/homes/areas', label: 'homes.areas.title', icon: 'i-lucide-map', endpoint: listAreas },
  { to: '/households/persons', label: 'households.persons.title', icon: 'i-lucide-user', endpoint: listPersons },
]

const actions: readonly Command[] = [
  { to: '/placements', label: 'palette.place', icon: 'i-lucide-house-plus', endpoint: createSublease },
  { to: '/leases/new', label: 'leases.sub.new', icon: 'i-lucide-plus', endpoint: createSublease },
  { to: '/leases/head/new', label: 'leases.head.new', icon: 'i-lucide-plus', endpoint: createHeadLease },
  { to: '/homes/new', label: 'homes.add', icon: 'i-lucide-plus', endpoint: createFlat },
  { to: '/homes/buildings/new', label: 'homes.buildings.add', icon: 'i-lucide-plus', endpoint: createBuilding },
  { to: '/homes/areas/new', label: 'homes.areas.add', icon: 'i-lucide-plus', endpoint: createArea },
  { to: '/households/new', label: 'households.add', icon: 'i-lucide-plus', endpoint: createHousehold },
  { to: '/households/persons/new', label: 'households.persons.add', icon: 'i-lucide-plus', endpoint: createPerson },
  { to: '/landlords/new', label: 'landlords.add', icon: 'i-lucide-plus', endpoint: createLandlord },
]

/** Pages first, then what may be begun. */
export const commands: readonly Command[] = [...places, ...pagesWithin, ...actions]

/** What `n` begins on a page: the same kind of record as the page shows. */
export function newFrom(path: string): Command | undefined {
  const making = actions.filter(({ to }) => to.endsWith('/new') && path.startsWith(to.slice(0, -'/new'.length)))
  return making.toSorted((one, other) => other.to.length - one.to.length)[0]
}
