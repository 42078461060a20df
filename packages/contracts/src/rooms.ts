import { roomKinds } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, Id, closed, recordFields } from './fields.ts'
import { FlatBrief, RoomBrief } from './flats.ts'
import { History, listQuery, pageOf } from './list.ts'
import { patchOf } from './patch.ts'

const { name, kind, squareMetres, places } = RoomBrief.properties
const roomFields = { name, kind, squareMetres, places }

export const Room = closed('Room', { ...recordFields, flat: FlatBrief, ...roomFields })
export type Room = Static<typeof Room>
export const CreateRoom = closed('CreateRoom', {
  flatId: Id,
  name: roomFields.name,
  kind: roomFields.kind,
  squareMetres: Type.Optional(roomFields.squareMetres),
  places: Type.Optional(roomFields.places),
})
export type CreateRoom = Static<typeof CreateRoom>
/** A room stays in its flat. */
export const UpdateRoom = patchOf('UpdateRoom', Type.Omit(CreateRoom, ['flatId']))
export type UpdateRoom = Static<typeof UpdateRoom>
export const RoomQuery = listQuery('RoomQuery', {
  flatId: Type.Optional(Id),
  kind: Type.Optional(Type.Enum(roomKinds)),
  freeOn: Type.Optional(
    Type.String({
      format: 'civil-day',
      maxLength: 10,
      description:
        'Can be let by itself on this day, or a place in it, whoever lives in other rooms of the flat. Told by all leases: 403 `addressProtection.noRight` for whoever may not join protected persons and homes.',
    }),
  ),
})
export type RoomQuery = Static<typeof RoomQuery>
export const RoomPage = pageOf('RoomPage', Room)

// Endpoints --------------------------------------------------------------------------------------------------

const tags = ['rooms'] as const
const readers = { roles: ['coordinator', 'finance', 'supportWorker', 'landlord', 'admin'], scope: 'rooms:read' } as const
const auditors = { roles: ['coordinator', 'admin'], scope: 'rooms:read' } as const
const writers = { roles: ['coordinator'], scope: 'rooms:write' } as const

export const listRooms = endpoint({
  method: 'GET',
  url: '/v1/rooms',
  config: { access: readers, list: true },
  schema: { operationId: 'listRooms', tags, summary: 'Rooms, page by page', querystring: RoomQuery, response: { 200: RoomPage } },
})
export const getRoom = endpoint({
  method: 'GET',
  url: '/v1/rooms/:id',
  config: { access: readers },
  schema: { operationId: 'getRoom', tags, summary: 'One room', params: ById, response: { 200: Room } },
})
export const createRoom = endpoint({
  method: 'POST',
  url: '/v1/rooms',
  config: { access: writers, effect: 'create' },
  schema: { operationId: 'createRoom', tags, summary: 'Add a room to a flat', body: CreateRoom, response: { 201: Room } },
})
export const updateRoom = endpoint({
  method: 'PATCH',
  url: '/v1/rooms/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'updateRoom',
    tags,
    summary: 'Change a room (merge patch)',
    params: ById,
    body: UpdateRoom,
    response: { 200: Room },
  },
})
export const deleteRoom = endpoint({
  method: 'DELETE',
  url: '/v1/rooms/:id',
  config: { access: writers, effect: 'change' },
  schema: {
    operationId: 'deleteRoom',
    tags,
    summary: 'Remove a room that nothing refers to',
    params: ById,
    response: { 204: Type.Null() },
  },
})
export const getRoomHistory = endpoint({
  method: 'GET',
  url: '/v1/rooms/:id/history',
  config: { access: auditors },
  schema: {
    operationId: 'getRoomHistory',
    tags,
    summary: 'Who changed what, newest first',
    params: ById,
    response: { 200: History },
  },
})
