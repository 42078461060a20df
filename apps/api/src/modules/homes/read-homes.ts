import type { Area, Building, OwnBuilding } from '@kotoisa/contracts'
import { withEtag } from '../../platform/etag.ts'
import { areas, buildings } from './table.ts'

export const areaColumns = { id: areas.id, version: areas.version, name: areas.name, createdAt: areas.createdAt, updatedAt: areas.updatedAt }

export const buildingColumns = {
  id: buildings.id,
  version: buildings.version,
  areaId: buildings.areaId,
  areaName: areas.name,
  name: buildings.name,
  vtjPrt: buildings.vtjPrt,
  type: buildings.type,
  streetAddress: buildings.streetAddress,
  postalCode: buildings.postalCode,
  postOffice: buildings.postOffice,
  builtYear: buildings.builtYear,
  note: buildings.note,
  createdAt: buildings.createdAt,
  updatedAt: buildings.updatedAt,
}

type AreaRow = Pick<typeof areas.$inferSelect, keyof typeof areaColumns>
export type BuildingRow = Omit<typeof buildings.$inferSelect, 'municipalityId'> & { readonly areaName: string }

export function toArea(row: AreaRow): Area {
  return withEtag(row.version, { id: row.id, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(), name: row.name })
}

export function toBuilding(row: BuildingRow): Building {
  return withEtag(row.version, { ...ownBuilding(row), note: row.note })
}

/** A landlord does not see the city's note. */
export function toOwnBuilding(row: BuildingRow): OwnBuilding {
  return withEtag(row.version, ownBuilding(row))
}

function ownBuilding(row: BuildingRow): Omit<OwnBuilding, 'etag'> {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    area: { id: row.areaId, name: row.areaName },
    name: row.name,
    vtjPrt: row.vtjPrt,
    type: row.type,
    streetAddress: row.streetAddress,
    postalCode: row.postalCode,
    postOffice: row.postOffice,
    builtYear: row.builtYear,
  }
}
