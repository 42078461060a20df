import * as contract from '@kotoisa/contracts'
import { ask, type Routes } from '../../platform/route.ts'
import { rankForNeed } from './rank-homes.ts'

export function registerPlacements(routes: Routes): void {
  ask(routes, contract.rankHomes, rankForNeed)
}
