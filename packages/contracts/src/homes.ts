import { buildingTypes } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Id, Note, PostalCode, closed, line, nullable, recordFields } from './fields.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

/** What another record tells of an area or a building. */
export const AreaBrief = closed('AreaBrief', { id: Id, name: line(80) })
export type AreaBrief = Static<typeof AreaBrief>

export const addressFields = { streetAddress: line(160), postalCode: PostalCode, postOffice: line(80) }

export const BuildingBrief = closed('BuildingBrief', { id: Id, name: nullable(line(120)), streetAddress: addressFields.streetAddress })
export type BuildingBrief = Static<typeof BuildingBrief>

// Areas ------------------------------------------------------------------------------------------------------

export const Area = closed('Area', { ...recordFields, name: line(80) })
export type Area = Static<typeof Area>
export const CreateArea = closed('CreateArea', { name: line(80) })
export type CreateArea = Static<typeof CreateArea>
export const UpdateArea = patchOf('UpdateArea', CreateArea)
export type UpdateArea = Static<typeof UpdateArea>
export const AreaQuery = listQuery('AreaQuery', {})
export type AreaQuery = Static<typeof AreaQuery>
export const AreaPage = pageOf('AreaPage', Area)

// Buildings --------------------------------------------------------------------------------------------------

const buildingFields = {
  name: nullable(line(120, 'Name that people use, e.g. Puistolinna.')),
  vtjPrt: nullable(
    Type.String({
      minLength: 10,
      maxLength: 20,
      description: 'Permanent building id (VTJ-PRT, 128/2010 23 §); the check character is checked.',
    }),
  ),
  type: Type.Enum(buildingTypes),
  ...addressFields,
  builtYear: nullable(Type.Integer({ minimum: 1700, maximum: 2200 })),
}
const ownBuilding = { ...recordFields, area: AreaBrief, ...buildingFields }

/** As the city sees it. */
export const Building = closed('Building', { ...ownBuilding, note: nullable(Note) })
export type Building = Static<typeof Building>

/** As a landlord with a flat in it sees it: everything but the city's note. */
export const OwnBuilding = closed('OwnBuilding', ownBuilding)
export type OwnBuilding = Static<typeof OwnBuilding>
export const BuildingView = Type.Union([Building, OwnBuilding])
export type BuildingView = Static<typeof BuildingView>

export const CreateBuilding = closed('CreateBuilding', {
  areaId: Id,
  name: Type.Optional(buildingFields.name),
  vtjPrt: Type.Optional(buildingFields.vtjPrt),
  type: buildingFields.type,
  ...addressFields,
  builtYear: Type.Optional(buildingFields.builtYear),
  note: Type.Optional(nullable(Note)),
})
export type CreateBuilding = Static<typeof CreateBuilding>
export const UpdateBuilding = patchOf('UpdateBuilding', CreateBuilding)
export type UpdateBuilding = Static<typeof UpdateBuilding>
export const BuildingQuery = listQuery('BuildingQuery', { areaId: Type.Optional(Id), type: Type.Optional(Type.Enum(buildingTypes)) })
export type BuildingQuery = Static<typeof BuildingQuery>
export const BuildingPage = pageOf('BuildingPage', BuildingView)

// Endpoints --------------------------------------------------------------------------------------------------

const readerRoles = ['coordinator', 'finance', 'supportWorker', 'landlord', 'admin'] as const
const auditorRoles = ['coordinator', 'admin'] as const
const writerRoles = ['coordinator'] as const

const areaTags = ['areas'] as const
const areaReaders = { roles: readerRoles, scope: 'areas:read' } as const
const areaAuditors = { roles: auditorRoles, scope: 'areas:read' } as const
const areaWriters = { roles: writerRoles, scope: 'areas:write' } as const

export const listAreas = endpoint({
  method: 'GET',
  url: '/v1/areas',
  config: { access: areaReaders, list: true },
  schema: { operationId: 'listAreas', tags: areaTags, summary: 'Areas, page by page', querystring: AreaQuery, response: { 200: AreaPage } },
})
export const getArea = endpoint({
  method: 'GET',
  url: '/v1/areas/:id',
  config: { access: areaReaders },
  schema: { operationId: 'getArea', tags: areaTags, summary: 'One area', params: ById, response: { 200: Area } },
})
export const createArea = endpoint({
  method: 'POST',
  url: '/v1/areas',
  config: { access: areaWriters, effect: 'create' },
  schema: { operationId: 'createArea', tags: areaTags, summary: 'Add an area', body: CreateArea, response: { 201: Area } },
})
export const updateArea = endpoint({
  method: 'PATCH',
  url: '/v1/areas/:id',
  config: { access: areaWriters, effect: 'change' },
  schema: {
    operationId: 'updateArea',
    tags: areaTags,
    summary: 'Change an area (merge patch)',
    params: ById,
    body: UpdateArea,
    response: { 200: Area },
  },
})
export const deleteArea = endpoint({
  method: 'DELETE',
  url: '/v1/areas/:id',
  config: { access: areaWriters, effect: 'change' },
  schema: {
    operationId: 'deleteArea',
    tags: areaTags,
    summary: 'Remove an area without buildings',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getAreaHistory = endpoint({
  method: 'GET',
  url: '/v1/areas/:id/history',
  config: { access: areaAuditors },
  schema: {
    operationId: 'getAreaHistory',
    tags: areaTags,
    summary: 'Who changed what, newest first',
    params: ById,
    response: { 200: History },
  },
})

const buildingTags = ['buildings'] as const
const buildingReaders = { roles: readerRoles, scope: 'buildings:read' } as const
const buildingAuditors = { roles: auditorRoles, scope: 'buildings:read' } as const
const buildingWriters = { roles: writerRoles, scope: 'buildings:write' } as const

export const listBuildings = endpoint({
  method: 'GET',
  url: '/v1/buildings',
  config: { access: buildingReaders, list: true },
  schema: {
    operationId: 'listBuildings',
    tags: buildingTags,
    summary: 'Buildings, page by page',
    querystring: BuildingQuery,
    response: { 200: BuildingPage },
  },
})
export const getBuilding = endpoint({
  method: 'GET',
  url: '/v1/buildings/:id',
  config: { access: buildingReaders },
  schema: { operationId: 'getBuilding', tags: buildingTags, summary: 'One building', params: ById, response: { 200: BuildingView } },
})
export const createBuilding = endpoint({
  method: 'POST',
  url: '/v1/buildings',
  config: { access: buildingWriters, effect: 'create' },
  schema: {
    operationId: 'createBuilding',
    tags: buildingTags,
    summary: 'Add a building',
    body: CreateBuilding,
    response: { 201: Building },
  },
})
export const updateBuilding = endpoint({
  method: 'PATCH',
  url: '/v1/buildings/:id',
  config: { access: buildingWriters, effect: 'change' },
  schema: {
    operationId: 'updateBuilding',
    tags: buildingTags,
    summary: 'Change a building (merge patch)',
    params: ById,
    body: UpdateBuilding,
    response: { 200: Building },
  },
})
export const deleteBuilding = endpoint({
  method: 'DELETE',
  url: '/v1/buildings/:id',
  config: { access: buildingWriters, effect: 'change' },
  schema: {
    operationId: 'deleteBuilding',
    tags: buildingTags,
    summary: 'Remove a building without flats',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getBuildingHistory = endpoint({
  method: 'GET',
  url: '/v1/buildings/:id/history',
  config: { access: buildingAuditors },
  schema: {
    operationId: 'getBuildingHistory',
    tags: buildingTags,
    summary: 'Who changed what, newest first',
    params: ById,
    response: { 200: History },
  },
})
