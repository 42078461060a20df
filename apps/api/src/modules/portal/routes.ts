import { getOwnHomes } from '@kotoisa/contracts'
import { ask, type Routes } from '../../platform/route.ts'
import { readOwnHomes } from './own-homes.ts'

export function registerPortal(routes: Routes): void {
  ask(routes, getOwnHomes, readOwnHomes)
}
