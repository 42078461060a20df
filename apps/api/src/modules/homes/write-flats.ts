import { CreateFlat, type ApartmentId, type UpdateFlat } from '@kotoisa/contracts'
import { DomainError, type Fault } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { wholePatch } from '../../platform/merge-patch.ts'
import { enqueue } from '../../platform/outbox.ts'
import { landlords } from '../landlords/table.ts'
import { buildings, flats } from './table.ts'

const resource = 'flat'
type Row = typeof flats.$inferSelect

export async function createFlat(ctx: WriteCtx, body: CreateFlat): Promise<string> {
  const building = await refuseBad(ctx, body)
  const id = newId(ctx.now)
  const [row] = await ctx.db
    .insert(flats)
    .values({
      municipalityId: ctx.actor.municipalityId,
      id,
      reference: sql`next_reference('flat', 'K', ${Number(ctx.today.slice(0, 4))})`,
      landlordId: body.landlordId,
      buildingId: body.buildingId,
      streetAddress: (body.streetAddress ?? building.streetAddress).trim(),
      postalCode: body.postalCode ?? building.postalCode,
      postOffice: (body.postOffice ?? building.postOffice).trim(),
      ...apartmentColumns(body.apartment ?? null),
      roomCount: body.roomCount,
      squareMetres: body.squareMetres,
      floor: body.floor ?? null,
      lift: body.lift,
      accessibility: body.accessibility ?? [],
      features: body.features ?? [],
      maxPersons: body.maxPersons,
      subsidisedRentRule: body.subsidisedRentRule ?? 'none',
      note: body.note ?? null,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })
    .returning()
  await audit(ctx, { action: 'flat.created', resource, recordId: id, changes: changesBetween(null, row ?? null) })
  await enqueue(ctx, { type: 'flat.created', resource, recordId: id })
  return id
}

export async function updateFlat(ctx: WriteCtx, id: string, ifMatch: string | undefined, patch: UpdateFlat): Promise<void> {
  const before = await lockFlat(ctx, id, ifMatch)
  const body = wholePatch(CreateFlat, { apartment: apartmentOf(before) }, patch)
  await refuseBad(ctx, {
    landlordId: body.landlordId ?? before.landlordId,
    buildingId: body.buildingId ?? before.buildingId,
    apartment: body.apartment,
  })
  const [after] = await ctx.db
    .update(flats)
    .set({
      landlordId: body.landlordId ?? before.landlordId,
      buildingId: body.buildingId ?? before.buildingId,
      streetAddress: (body.streetAddress ?? before.streetAddress).trim(),
      postalCode: body.postalCode ?? before.postalCode,
      postOffice: (body.postOffice ?? before.postOffice).trim(),
      ...(body.apartment === undefined ? {} : apartmentColumns(body.apartment)),
      roomCount: body.roomCount ?? before.roomCount,
      squareMetres: body.squareMetres ?? before.squareMetres,
      ...(body.floor === undefined ? {} : { floor: body.floor }),
      lift: body.lift ?? before.lift,
      accessibility: body.accessibility ?? before.accessibility,
      features: body.features ?? before.features,
      maxPersons: body.maxPersons ?? before.maxPersons,
      subsidisedRentRule: body.subsidisedRentRule ?? before.subsidisedRentRule,
      ...(body.note === undefined ? {} : { note: body.note }),
      updatedAt: ctx.now,
    })
    .where(mine(ctx, id))
    .returning()
  await audit(ctx, { action: 'flat.updated', resource, recordId: id, changes: changesBetween(before, after ?? null) })
  await enqueue(ctx, { type: 'flat.updated', resource, recordId: id })
}

/** Rooms and leases that refer to the flat keep it: 409 `record.inUse`. */
export async function deleteFlat(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockFlat(ctx, id, ifMatch)
  await ctx.db.delete(flats).where(mine(ctx, id))
  await audit(ctx, { action: 'flat.deleted', resource, recordId: id, changes: changesBetween(before, null) })
  await enqueue(ctx, { type: 'flat.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(flats.municipalityId, ctx.actor.municipalityId), eq(flats.id, id))

async function lockFlat(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const [row] = await ctx.db.select().from(flats).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}

/** The apartment's parts as a body has them; null: the flat is the whole building. */
const apartmentOf = (row: Pick<Row, 'apartmentLetter' | 'apartmentNumber' | 'apartmentSplitter'>): ApartmentId | null =>
  row.apartmentLetter === null && row.apartmentNumber === null
    ? null
    : { letter: row.apartmentLetter, number: row.apartmentNumber, splitter: row.apartmentSplitter }

const apartmentColumns = (apartment: ApartmentId | null) => ({
  apartmentLetter: apartment?.letter ?? null,
  apartmentNumber: apartment?.number ?? null,
  apartmentSplitter: apartment?.splitter ?? null,
})

interface Places {
  readonly landlordId: string
  readonly buildingId: string
  readonly apartment?: ApartmentId | null | undefined
}

/** The building, whose address a new flat takes; what is not there and a flat id without its parts are told together. */
async function refuseBad(ctx: WriteCtx, { landlordId, buildingId, apartment }: Places): Promise<typeof buildings.$inferSelect> {
  const { municipalityId } = ctx.actor
  const [landlord] = await ctx.db
    .select({ id: landlords.id })
    .from(landlords)
    .where(and(eq(landlords.municipalityId, municipalityId), eq(landlords.id, landlordId)))
    .for('key share')
  const [building] = await ctx.db
    .select()
    .from(buildings)
    .where(and(eq(buildings.municipalityId, municipalityId), eq(buildings.id, buildingId)))
    .for('key share')
  const faults: Fault[] = []
  if (!landlord) faults.push({ code: 'reference.notFound', pointer: '/landlordId' })
  if (!building) faults.push({ code: 'reference.notFound', pointer: '/buildingId' })
  // Letter or number may be missing, never both; a splitter stands behind a number (128/2010 26 §).
  if (apartment && ((apartment.letter === null && apartment.number === null) || (apartment.splitter !== null && apartment.number === null)))
    faults.push({ code: 'flat.apartmentIncomplete', pointer: '/apartment' })
  DomainError.all(faults)
  if (!building) throw new DomainError('reference.notFound')
  return building
}
