import type { HeadLease, HeadLeaseView, OwnHeadLease } from '@kotoisa/contracts'
import { DomainError, missingOnHeadLease, rentOn, subleaseWarnings, type Day } from '@kotoisa/domain'
import { and, eq, sql, type Subquery } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared, type Db } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import { flats } from '../homes/table.ts'
import { landlords } from '../landlords/table.ts'
import { headLeaseRent, shownDay, statusOf, toRentParts, toTerms } from './lease-view.ts'
import { readerOf, valuesOf, visibleLeases, type Reader } from './policy.ts'
import { headLeases, type RentPartRow } from './table.ts'

export const headLeaseColumns = {
  id: headLeases.id,
  version: headLeases.version,
  createdAt: headLeases.createdAt,
  updatedAt: headLeases.updatedAt,
  reference: headLeases.reference,
  status: headLeases.status,
  flatId: headLeases.flatId,
  flatReference: flats.reference,
  flatAddress: flats.address,
  flatPostalCode: flats.postalCode,
  flatPostOffice: flats.postOffice,
  landlordId: headLeases.landlordId,
  landlordName: landlords.name,
  term: headLeases.term,
  written: headLeases.written,
  startsOn: headLeases.startsOn,
  endsOn: headLeases.endsOn,
  endedOn: headLeases.endedOn,
  endReason: headLeases.endReason,
  lastOn: headLeases.lastOn,
  earlierEnds: headLeases.earlierEnds,
  effectiveTerm: headLeases.effectiveTerm,
  dueDay: headLeases.dueDay,
  securityCents: headLeases.securityCents,
  securityForm: headLeases.securityForm,
  securityLodgedOn: headLeases.securityLodgedOn,
  subletPermissionSource: headLeases.subletPermissionSource,
  subletPermissionOn: headLeases.subletPermissionOn,
  vacancyBornBy: headLeases.vacancyBornBy,
  cityContact: headLeases.cityContact,
  note: headLeases.note,
  paperLocation: headLeases.paperLocation,
  signedOn: headLeases.signedOn,
  activeOn: headLeases.activeOn,
  rentParts: headLeaseRent,
}

type Hidden = 'municipalityId' | 'shortRun' | 'span' | 'agreedEndsOn' | 'steps'
export type HeadLeaseRow = Omit<typeof headLeases.$inferSelect, Hidden> & {
  readonly flatReference: string
  readonly flatAddress: string
  readonly flatPostalCode: string
  readonly flatPostOffice: string
  readonly landlordName: string
  readonly rentParts: readonly RentPartRow[]
}

/** `page` is a page of the table, with its name and columns. */
export const selectHeadLeases = (db: Db, page?: Subquery) =>
  db
    .select(headLeaseColumns)
    .from((page ?? headLeases) as typeof headLeases)
    .innerJoin(flats, and(eq(flats.municipalityId, headLeases.municipalityId), eq(flats.id, headLeases.flatId)))
    .innerJoin(landlords, and(eq(landlords.municipalityId, headLeases.municipalityId), eq(landlords.id, headLeases.landlordId)))

async function findRow(ctx: Ctx, id: string, reader: Reader): Promise<HeadLeaseRow | undefined> {
  const [row] = await prepared(ctx.db, `head_lease_${reader}`, (db) =>
    selectHeadLeases(db).where(
      and(
        eq(headLeases.municipalityId, sql.placeholder('municipality')),
        eq(headLeases.id, sql.placeholder('id')),
        visibleLeases(reader, headLeases),
      ),
    ),
  ).execute({ ...valuesOf(ctx.actor, ctx.today), id })
  return row
}

export async function readHeadLease(ctx: Ctx, id: string): Promise<HeadLeaseView | null> {
  const reader = readerOf(ctx.actor)
  const row = await findRow(ctx, id, reader)
  return row === undefined ? null : toHeadLeaseView(reader, row, ctx.today)
}

/** A head lease whose row the caller holds, with what it lacks. */
export async function requireHeadLease(ctx: Ctx, id: string): Promise<HeadLease> {
  const row = await findRow(ctx, id, 'full')
  if (row === undefined) throw new DomainError('record.notFound')
  return toHeadLease(row, ctx.today)
}

export const toHeadLeaseView = (reader: Reader, row: HeadLeaseRow, today: Day): HeadLeaseView =>
  reader === 'landlord' ? toOwnHeadLease(row, today) : toHeadLease(row, today)

export function toHeadLease(row: HeadLeaseRow, today: Day): HeadLease {
  return withEtag(row.version, { ...ownHeadLease(row, today), note: row.note, paperLocation: row.paperLocation })
}

/** A landlord does not see the city's note, nor where its papers are. */
export function toOwnHeadLease(row: HeadLeaseRow, today: Day): OwnHeadLease {
  return withEtag(row.version, ownHeadLease(row, today))
}

function ownHeadLease(row: HeadLeaseRow, today: Day): Omit<OwnHeadLease, 'etag'> {
  const status = statusOf(row, today)
  const { subletPermissionSource: source, subletPermissionOn: grantedOn } = row
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    reference: row.reference,
    status,
    flat: {
      id: row.flatId,
      reference: row.flatReference,
      address: row.flatAddress,
      postalCode: row.flatPostalCode,
      postOffice: row.flatPostOffice,
    },
    landlord: { id: row.landlordId, name: row.landlordName },
    term: row.term,
    effectiveTerm: row.effectiveTerm,
    written: row.written,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    effectiveEndsOn: row.lastOn,
    terms: toTerms(row),
    rentCents: rentOn(row.rentParts, shownDay(row, today)),
    rentParts: toRentParts(row.rentParts),
    dueDay: row.dueDay,
    securityCents: row.securityCents,
    securityForm: row.securityForm,
    securityLodgedOn: row.securityLodgedOn,
    subletPermission: source === null || grantedOn === null ? null : { source, grantedOn },
    vacancyBornBy: row.vacancyBornBy,
    signedOn: row.signedOn,
    activeOn: row.activeOn,
    endReason: row.endReason,
    missing: missingOnHeadLease({
      status,
      startsOn: row.startsOn,
      today,
      hasRent: row.rentParts.length > 0,
      subletPermission: grantedOn !== null,
      security: { form: row.securityForm, lodged: row.securityLodgedOn !== null },
    }),
    // Nothing stands above a head lease: what warns is the law's own term.
    warnings: subleaseWarnings({ ...row, scope: 'wholeFlat' }, null),
    cityContact: row.cityContact,
  }
}
