import * as contract from '@kotoisa/contracts'
import { list } from '../../platform/list.ts'
import type { ConstraintProblems } from '../../platform/problem.ts'
import { ask, change, create, read, type Routes } from '../../platform/route.ts'
import { landlordList, readLandlord, readLandlordHistory } from './read.ts'
import { createLandlord, deleteLandlord, updateLandlord } from './write.ts'

export const landlordConstraints: ConstraintProblems = {
  landlords_business_id_unique: { code: 'identifier.taken', pointer: '/businessId' },
  landlords_nonprofit_ground: { code: 'landlord.groundWithoutNonprofit', pointer: '/nonprofitGround' },
}

export function registerLandlords(routes: Routes): void {
  list(routes, contract.listLandlords, landlordList)
  read(routes, contract.getLandlord, readLandlord)
  create(routes, contract.createLandlord, createLandlord, readLandlord)
  change(routes, contract.updateLandlord, updateLandlord, readLandlord)
  change(routes, contract.deleteLandlord, deleteLandlord)
  ask(routes, contract.getLandlordHistory, (ctx, { id }) => readLandlordHistory(ctx, id))
}
