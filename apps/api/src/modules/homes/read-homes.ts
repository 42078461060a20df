import type { Area, Building, BuildingView, OwnBuilding } from '@kotoisa/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { landlordOf, type Ctx } from '../../platform/context.ts'
import { prepared, type Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import { visibleAreas, visibleBuildings } from './policy.ts'
import { areas, buildings } from './table.ts'

const areaColumns = { id: areas.id, version: areas.version, name: areas.name, createdAt: areas.createdAt, updatedAt: areas.updatedAt }

const buildingColumns = {
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

export type AreaRow = Pick<typeof areas.$inferSelect, keyof typeof areaColumns>
export type BuildingRow = Omit<typeof buildings.$inferSelect, 'municipalityId'> & { readonly areaName: string }

export function toArea(row: AreaRow): Area {
  return withEtag(row.version, {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
  })
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

export const areasFrom = (db: Db) => db.select(areaColumns).from(areas)

export const buildingsFrom = (db: Db) =>
  db
    .select(buildingColumns)
    .from(buildings)
    .innerJoin(areas, and(eq(areas.municipalityId, buildings.municipalityId), eq(areas.id, buildings.areaId)))

const municipality = sql.placeholder('municipality')

export async function getArea(ctx: Ctx, id: string): Promise<Area | null> {
  const landlord = landlordOf(ctx.actor)
  const [row] = await prepared(ctx.db, landlord === null ? 'area' : 'own_area', (db) =>
    areasFrom(db).where(
      and(
        eq(areas.municipalityId, municipality),
        eq(areas.id, sql.placeholder('id')),
        visibleAreas(landlord && sql.placeholder('landlord')),
      ),
    ),
  ).execute({ municipality: ctx.actor.municipalityId, id, landlord })
  return row ? toArea(row) : null
}

export async function getBuilding(ctx: Ctx, id: string): Promise<BuildingView | null> {
  const landlord = landlordOf(ctx.actor)
  const [row] = await prepared(ctx.db, landlord === null ? 'building' : 'own_building', (db) =>
    buildingsFrom(db).where(
      and(
        eq(buildings.municipalityId, municipality),
        eq(buildings.id, sql.placeholder('id')),
        visibleBuildings(landlord && sql.placeholder('landlord')),
      ),
    ),
  ).execute({ municipality: ctx.actor.municipalityId, id, landlord })
  return row ? (landlord === null ? toBuilding(row) : toOwnBuilding(row)) : null
}
