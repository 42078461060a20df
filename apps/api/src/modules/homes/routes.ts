import * as contract from '@kotoisa/contracts'
import type { ConstraintProblems } from '../../platform/problem.ts'
import { list } from '../../platform/list.ts'
import { ask, change, create, read, type Routes } from '../../platform/route.ts'
import { areaList, buildingList, flatList, roomList } from './lists.ts'
import { getFlat, getRoom } from './read-flats.ts'
import { getAreaHistory, getBuildingHistory, getFlatHistory, getRoomHistory } from './read-history.ts'
import { getArea, getBuilding } from './read-homes.ts'
import { createArea, deleteArea, updateArea } from './write-areas.ts'
import { createBuilding, deleteBuilding, updateBuilding } from './write-buildings.ts'
import { createFlat, deleteFlat, updateFlat } from './write-flats.ts'
import { createRoom, deleteRoom, updateRoom } from './write-rooms.ts'

export const homesConstraints: ConstraintProblems = {
  areas_name_unique: { code: 'area.nameTaken', pointer: '/name' },
  buildings_vtj_prt_unique: { code: 'identifier.taken', pointer: '/vtjPrt' },
  flats_apartment_unique: { code: 'flat.apartmentTaken', pointer: '/apartment' },
  rooms_name_unique: { code: 'room.nameTaken', pointer: '/name' },
}

export function registerHomes(routes: Routes): void {
  list(routes, contract.listAreas, areaList)
  read(routes, contract.getArea, getArea)
  create(routes, contract.createArea, createArea, getArea)
  change(routes, contract.updateArea, updateArea, getArea)
  change(routes, contract.deleteArea, deleteArea)
  ask(routes, contract.getAreaHistory, (ctx, { id }) => getAreaHistory(ctx, id))

  list(routes, contract.listBuildings, buildingList)
  read(routes, contract.getBuilding, getBuilding)
  create(routes, contract.createBuilding, createBuilding, getBuilding)
  change(routes, contract.updateBuilding, updateBuilding, getBuilding)
  change(routes, contract.deleteBuilding, deleteBuilding)
  ask(routes, contract.getBuildingHistory, (ctx, { id }) => getBuildingHistory(ctx, id))

  list(routes, contract.listFlats, flatList)
  read(routes, contract.getFlat, getFlat)
  create(routes, contract.createFlat, createFlat, getFlat)
  change(routes, contract.updateFlat, updateFlat, getFlat)
  change(routes, contract.deleteFlat, deleteFlat)
  ask(routes, contract.getFlatHistory, (ctx, { id }) => getFlatHistory(ctx, id))

  list(routes, contract.listRooms, roomList)
  read(routes, contract.getRoom, getRoom)
  create(routes, contract.createRoom, createRoom, getRoom)
  change(routes, contract.updateRoom, updateRoom, getRoom)
  change(routes, contract.deleteRoom, deleteRoom)
  ask(routes, contract.getRoomHistory, (ctx, { id }) => getRoomHistory(ctx, id))
}
