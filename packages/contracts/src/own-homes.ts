import { vacancyBearers, vacancyReasons } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Day, closed, nullable } from './fields.ts'
import { OwnFlat } from './flats.ts'
import { OwnHeadLease } from './head-leases.ts'
import { LandlordSublease } from './subleases.ts'

/** The city holds the home and nobody lives in it today. */
export const EmptyNow = closed('EmptyNow', {
  startsOn: Type.String({ format: 'civil-day', maxLength: 10, description: 'First day without a household.' }),
  endsOn: nullable(
    Type.String({ format: 'civil-day', maxLength: 10, description: 'Last empty day, where it is recorded; null: nobody knows yet.' }),
  ),
  reason: nullable(Type.Enum(vacancyReasons, { description: 'null: nobody has said why.' })),
  bornBy: nullable(
    Type.Enum(vacancyBearers, { description: 'Of the recorded vacancy, else as the head lease agrees; null: nothing was agreed.' }),
  ),
})
export type EmptyNow = Static<typeof EmptyNow>

/** A home of the landlord with what holds of it today or is to come. */
export const OwnHome = closed('OwnHome', {
  flat: OwnFlat,
  headLeases: Type.Array(OwnHeadLease, { maxItems: 20, description: 'Drafts too, past ones not; the earliest first.' }),
  subleases: Type.Array(LandlordSublease, { maxItems: 100, description: 'Signed or active, past ones not; the earliest first.' }),
  empty: nullable(EmptyNow),
})
export type OwnHome = Static<typeof OwnHome>

export const OwnHomes = closed('OwnHomes', { asOf: Day, homes: Type.Array(OwnHome, { maxItems: 5_000 }) })
export type OwnHomes = Static<typeof OwnHomes>

export const getOwnHomes = endpoint({
  method: 'GET',
  url: '/v1/own-homes',
  config: { access: { roles: ['landlord'] } },
  schema: {
    operationId: 'getOwnHomes',
    tags: ['flats'],
    summary: 'A landlord’s homes with their leases and empty times of today',
    description: 'For the landlord’s first page. Programs read flats, head leases, subleases and vacancies by their own scopes.',
    response: { 200: OwnHomes },
  },
})
