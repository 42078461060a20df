import type { CreateLandlord, UpdateLandlord } from '@kotoisa/contracts'
import { checkIdentifier, DomainError, type Fault, type IdentifierKind } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { landlords } from './table.ts'

type Row = typeof landlords.$inferSelect
type Values = Omit<Row, 'municipalityId' | 'id' | 'version' | 'reference' | 'createdAt' | 'updatedAt'>

const resource = 'landlord'

export async function createLandlord(ctx: WriteCtx, body: CreateLandlord): Promise<string> {
  const id = newId(ctx.now)
  const values = checked({
    name: body.name.trim(),
    businessId: body.businessId,
    nonprofit: body.nonprofit,
    nonprofitGround: body.nonprofitGround ?? null,
    iban: body.iban ?? null,
    streetAddress: body.streetAddress ?? null,
    postalCode: body.postalCode ?? null,
    postOffice: body.postOffice ?? null,
    contacts: body.contacts ?? [],
    note: body.note ?? null,
  })
  await ctx.db.insert(landlords).values({
    municipalityId: ctx.actor.municipalityId,
    id,
    reference: sql`next_reference('landlord', 'V', ${Number(ctx.today.slice(0, 4))})`,
    ...values,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  })
  await audit(ctx, { action: 'landlord.created', resource, recordId: id, changes: changesBetween(null, values) })
  await enqueue(ctx, { type: 'landlord.created', resource, recordId: id })
  return id
}

export async function updateLandlord(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateLandlord): Promise<void> {
  const row = await lockLandlord(ctx, id, ifMatch)
  const before = valuesOf(row)
  const values = checked({ ...before, ...body, name: (body.name ?? before.name).trim() })
  await ctx.db
    .update(landlords)
    .set({ ...values, updatedAt: ctx.now })
    .where(mine(ctx, id))
  await audit(ctx, { action: 'landlord.updated', resource, recordId: id, changes: changesBetween(before, values) })
  await enqueue(ctx, { type: 'landlord.updated', resource, recordId: id })
}

/** What refers to it keeps it: 409 `record.inUse`. */
export async function deleteLandlord(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const row = await lockLandlord(ctx, id, ifMatch)
  await ctx.db.delete(landlords).where(mine(ctx, id))
  await audit(ctx, { action: 'landlord.deleted', resource, recordId: id, changes: changesBetween(valuesOf(row), null) })
  await enqueue(ctx, { type: 'landlord.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(landlords.municipalityId, ctx.actor.municipalityId), eq(landlords.id, id))

async function lockLandlord(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<Row> {
  const [row] = await ctx.db.select().from(landlords).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  requireMatch(ifMatch, row.version)
  return row
}

function valuesOf(row: Row): Values {
  const { name, businessId, nonprofit, nonprofitGround, iban, streetAddress, postalCode, postOffice, contacts, note } = row
  return { name, businessId, nonprofit, nonprofitGround, iban, streetAddress, postalCode, postOffice, contacts, note }
}

/** Identifiers with their check digits, contacts' days in order, a ground only for a nonprofit; all faults at once. */
function checked(values: Values): Values {
  const faults: Fault[] = []
  const normalised = (kind: IdentifierKind, value: string, pointer: string): string => {
    const answer = checkIdentifier(kind, value)
    if (answer.valid) return answer.normalised
    faults.push({
      code: answer.reason === 'checkDigit' ? 'identifier.checkDigit' : answer.reason === 'date' ? 'identifier.date' : 'identifier.format',
      pointer,
    })
    return value
  }
  const businessId = normalised('businessId', values.businessId, '/businessId')
  const iban = values.iban === null ? null : normalised('iban', values.iban, '/iban')
  if (!values.nonprofit && values.nonprofitGround !== null)
    faults.push({ code: 'landlord.groundWithoutNonprofit', pointer: '/nonprofitGround' })
  values.contacts.forEach(({ startsOn, endsOn }, index) => {
    if (endsOn !== null && endsOn < startsOn) faults.push({ code: 'date.reversed', pointer: `/contacts/${index}/endsOn` })
  })
  DomainError.all(faults)
  return { ...values, businessId, iban }
}
