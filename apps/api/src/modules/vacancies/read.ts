import { OwnVacancy, Vacancy, type History, type VacancyView } from '@kotoisa/contracts'
import { and, desc, eq, sql } from 'drizzle-orm'
import { historyOrNull } from '../../platform/audit.ts'
import { landlordOf, type Ctx } from '../../platform/context.ts'
import { prepared, type Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import type { ListSpec } from '../../platform/list.ts'
import { finnishByNumber } from '../../platform/sorting.ts'
import { areas, buildings, flats } from '../homes/table.ts'
import { lastOnTold, standsOn, visibleVacancies } from './policy.ts'
import { readerOf, type Reader } from './readers.ts'
import { vacancies } from './table.ts'

const columns = (reader: Reader) => ({
  id: vacancies.id,
  version: vacancies.version,
  createdAt: vacancies.createdAt,
  updatedAt: vacancies.updatedAt,
  flatId: vacancies.flatId,
  flatReference: flats.reference,
  flatAddress: flats.address,
  flatPostalCode: flats.postalCode,
  flatPostOffice: flats.postOffice,
  areaId: buildings.areaId,
  areaName: areas.name,
  startsOn: vacancies.startsOn,
  endsOn: vacancies.endsOn,
  lastOn: sql<string | null>`(${lastOnTold(reader)})::text`,
  reason: vacancies.reason,
  bornBy: vacancies.bornBy,
  decision: vacancies.decision,
  note: vacancies.note,
})
type Row = Omit<typeof vacancies.$inferSelect, 'municipalityId' | 'span'> & {
  readonly flatReference: string
  readonly flatAddress: string
  readonly flatPostalCode: string
  readonly flatPostOffice: string
  readonly areaId: string
  readonly areaName: string
}

const ofFlat = and(eq(flats.municipalityId, vacancies.municipalityId), eq(flats.id, vacancies.flatId))
const ofBuilding = and(eq(buildings.municipalityId, flats.municipalityId), eq(buildings.id, flats.buildingId))
const ofArea = and(eq(areas.municipalityId, buildings.municipalityId), eq(areas.id, buildings.areaId))
const given = (name: string) => sql.placeholder(name)
const mine = eq(vacancies.municipalityId, given('municipality'))
const valuesOf = ({ actor }: Pick<Ctx, 'actor'>) => ({ municipality: actor.municipalityId, landlord: landlordOf(actor) })

const vacanciesFrom = (db: Db, reader: Reader) =>
  db.select(columns(reader)).from(vacancies).innerJoin(flats, ofFlat).innerJoin(buildings, ofBuilding).innerJoin(areas, ofArea)

export async function readVacancy(ctx: Ctx, id: string): Promise<VacancyView | null> {
  const reader = readerOf(ctx.actor)
  const [row] = await prepared(ctx.db, `vacancy_${reader}`, (db) =>
    vacanciesFrom(db, reader).where(and(mine, eq(vacancies.id, given('id')), visibleVacancies(reader))),
  ).execute({ ...valuesOf(ctx), id })
  return row === undefined ? null : toView(row, reader)
}

/** All of one flat, the latest first. */
export async function vacanciesOfFlat(ctx: Ctx, flatId: string): Promise<VacancyView[]> {
  const reader = readerOf(ctx.actor)
  const rows = await prepared(ctx.db, `vacancies_of_flat_${reader}`, (db) =>
    vacanciesFrom(db, reader)
      .where(and(mine, eq(vacancies.flatId, given('flatId')), visibleVacancies(reader)))
      .orderBy(desc(vacancies.startsOn)),
  ).execute({ ...valuesOf(ctx), flatId })
  return rows.map((row) => toView(row, reader))
}

export async function readVacancyHistory(ctx: Ctx, { id }: { readonly id: string }): Promise<History | null> {
  return historyOrNull(ctx, 'vacancy', id, await readVacancy(ctx, id))
}

export const vacancyList: ListSpec<Row, VacancyView, Reader> = {
  name: 'vacancies',
  readerOf,
  select: (db, reader) => vacanciesFrom(db, reader),
  count: (db) =>
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(vacancies)
      .innerJoin(flats, ofFlat)
      .innerJoin(buildings, ofBuilding),
  visible: (reader) => and(mine, visibleVacancies(reader)),
  id: { by: sql`${vacancies.id}`, type: 'uuid', of: (row) => row.id },
  sorts: (reader) => ({
    startsOn: { by: sql`${vacancies.startsOn}`, type: 'date', of: (row) => row.startsOn },
    effectiveEndsOn: { by: lastOnTold(reader), type: 'date', nullable: true, of: (row) => row.lastOn },
    reason: { by: sql`${vacancies.reason}`, type: 'text', of: (row) => row.reason },
    'flat.address': { by: finnishByNumber(flats.address), type: 'text', of: (row) => row.flatAddress },
    'area.name': { by: finnishByNumber(areas.name), type: 'text', of: (row) => row.areaName },
    createdAt: { by: sql`${vacancies.createdAt}`, type: 'timestamptz', of: (row) => row.createdAt },
    updatedAt: { by: sql`${vacancies.updatedAt}`, type: 'timestamptz', of: (row) => row.updatedAt },
  }),
  defaultSort: '-startsOn',
  filters: (reader) => ({
    flatId: sql`${vacancies.flatId} = ${given('flatId')}::uuid`,
    areaId: sql`${buildings.areaId} = ${given('areaId')}::uuid`,
    landlordId: sql`${flats.landlordId} = ${given('landlordId')}::uuid`,
    reason: sql`${vacancies.reason} = ${given('reason')}`,
    bornBy: sql`${vacancies.bornBy} = ${given('bornBy')}`,
    on: standsOn(reader, sql`${given('on')}`),
    updatedSince: sql`${vacancies.updatedAt} >= ${given('updatedSince')}::timestamptz`,
  }),
  search: () => ({ resource: 'flat', id: sql`${vacancies.flatId}` }),
  values: valuesOf,
  toItem: (row, _ctx, reader) => toView(row, reader),
  itemOf: (reader) => (reader === 'landlord' ? OwnVacancy : Vacancy),
}

const toView = (row: Row, reader: Reader): VacancyView => (reader === 'landlord' ? toOwnVacancy(row) : toVacancy(row))

const toVacancy = (row: Row): Vacancy => withEtag(row.version, { ...ownFields(row), decision: row.decision, note: row.note })

const toOwnVacancy = (row: Row): OwnVacancy => withEtag(row.version, ownFields(row))

function ownFields(row: Row): Omit<OwnVacancy, 'etag'> {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    flat: {
      id: row.flatId,
      reference: row.flatReference,
      address: row.flatAddress,
      postalCode: row.flatPostalCode,
      postOffice: row.flatPostOffice,
    },
    area: { id: row.areaId, name: row.areaName },
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    effectiveEndsOn: row.lastOn,
    reason: row.reason,
    bornBy: row.bornBy,
  }
}
