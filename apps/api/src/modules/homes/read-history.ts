import type { History } from '@kotoisa/contracts'
import { historyOrNull } from '../../platform/audit.ts'
import type { Ctx } from '../../platform/context.ts'
import { getFlat, getRoom } from './read-flats.ts'
import { getArea, getBuilding } from './read-homes.ts'

const historyFor =
  (resource: string, get: (ctx: Ctx, id: string) => Promise<unknown>) =>
  async (ctx: Ctx, id: string): Promise<History | null> =>
    historyOrNull(ctx, resource, id, await get(ctx, id))

export const getAreaHistory = historyFor('area', getArea)
export const getBuildingHistory = historyFor('building', getBuilding)
export const getFlatHistory = historyFor('flat', getFlat)
export const getRoomHistory = historyFor('room', getRoom)
