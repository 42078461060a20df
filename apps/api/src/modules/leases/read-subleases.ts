import type { Disclosure, HouseholdBrief, LandlordSublease, MaskedSublease, Sublease, SubleaseView } from '@kotoisa/contracts'
import { DomainError, missingOnSublease, rentOn, subleaseWarnings, type Day } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import { shownDay, statusOf, toRentParts, toTerms } from './lease-view.ts'
import { readerOf, valuesOf, visibleLeases, type Reader } from './policy.ts'
import {
  selectLandlordSubleases,
  selectSubleases,
  type CityReader,
  type LandlordRow,
  type Open,
  type SubleaseRow,
  type TenantRow,
} from './sublease-columns.ts'
import { subleases } from './table.ts'

const oneSublease = (reader: Reader) =>
  and(
    eq(subleases.municipalityId, sql.placeholder('municipality')),
    eq(subleases.id, sql.placeholder('id')),
    visibleLeases(reader, subleases),
  )

async function findRow(ctx: Ctx, id: string, reader: CityReader): Promise<SubleaseRow | undefined> {
  const [row] = await prepared(ctx.db, `sublease_${reader}`, (db) => selectSubleases(db, reader).where(oneSublease(reader))).execute({
    ...valuesOf(ctx.actor, ctx.today),
    id,
  })
  return row
}

/** A sublease whose row the caller holds and may change, with what it lacks. */
export async function requireSublease(ctx: Ctx, id: string): Promise<Sublease> {
  const row = await findRow(ctx, id, 'full')
  if (row === undefined) throw new DomainError('record.notFound')
  return toSublease(row as SubleaseRow & Open, ctx.today)
}

export async function readSublease(ctx: Ctx, id: string): Promise<SubleaseView | null> {
  const reader = readerOf(ctx.actor)
  if (reader === 'landlord') {
    const [row] = await prepared(ctx.db, 'sublease_landlord', (db) => selectLandlordSubleases(db).where(oneSublease(reader))).execute({
      ...valuesOf(ctx.actor, ctx.today),
      id,
    })
    return row === undefined ? null : toLandlordSublease(row, ctx.today)
  }
  const row = await findRow(ctx, id, reader)
  if (row === undefined) return null
  noteProtected(ctx, [row])
  return toSubleaseView(row, ctx.today)
}

/** Each reading of a protected person's home by whoever may is kept (domain 3.2). */
export function noteProtected(ctx: Ctx, rows: readonly Pick<SubleaseRow, 'id' | 'protected' | 'masked'>[]): void {
  ctx.noteRead(
    'sublease',
    rows.filter((row) => row.protected && !row.masked).map(({ id }) => id),
  )
}

export const toSubleaseView = (row: SubleaseRow, day: Day): Sublease | MaskedSublease =>
  row.masked ? toMaskedSublease(row, day) : toSublease(row as SubleaseRow & Open, day)

export function toSublease(row: SubleaseRow & Open, day: Day): Sublease {
  const household: HouseholdBrief = { id: row.householdId, reference: row.householdReference, name: row.householdName }
  return withEtag(row.version, {
    ...subleaseTerms(row, day),
    masked: false as const,
    headLease: { id: row.headLeaseId, reference: row.headLeaseReference },
    flat: {
      id: row.flatId,
      reference: row.flatReference,
      address: row.flatAddress,
      postalCode: row.flatPostalCode,
      postOffice: row.flatPostOffice,
    },
    roomId: row.roomId,
    roomName: row.roomName,
    place: row.place === '' ? null : row.place,
    landlord: { id: row.landlordId, name: row.landlordName },
    household,
    tenants: inOrder(row.tenants).map(({ id, reference, firstNames, lastName, phone }) => ({
      id,
      reference,
      name: `${firstNames} ${lastName}`,
      phone,
    })),
    householdSize: row.householdSize,
    cityContact: row.cityContact,
    note: row.note,
    paperLocation: row.paperLocation,
  })
}

/** Of the head lease, days, state and permission would tell which one it is: the terms are told as if it did not matter. */
export const unseenHeadLease = { headLeaseStatus: 'active', headLeaseLastOn: null, subletPermissionOn: '1900-01-01' } as const

export function toMaskedSublease(row: SubleaseRow, day: Day): MaskedSublease {
  return withEtag(row.version, {
    ...subleaseTerms({ ...row, ...unseenHeadLease, headLeaseStartsOn: row.startsOn }, day),
    effectiveEndsOn: row.endsOn,
    masked: true as const,
    headLease: null,
    flat: null,
    roomId: null,
    roomName: null,
    place: null,
    landlord: null,
    household: null,
    tenants: null,
    householdSize: null,
    cityContact: null,
    note: null,
    paperLocation: null,
  })
}

const inOrder = (tenants: readonly TenantRow[]): TenantRow[] => [...tenants].sort((one, other) => one.position - other.position)

const disclosure = (disclosedOn: Day | null, channel: Disclosure['channel']): Disclosure | null =>
  disclosedOn === null ? null : { disclosedOn, channel }

/** What is told of a masked lease too: its terms, neither the home nor the people. */
function subleaseTerms(row: SubleaseRow, day: Day) {
  const status = statusOf(row, day)
  const head = { status: row.headLeaseStatus, startsOn: row.headLeaseStartsOn, lastOn: row.headLeaseLastOn }
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    reference: row.reference,
    status,
    scope: row.scope,
    term: row.term,
    effectiveTerm: row.effectiveTerm,
    written: row.written,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    effectiveEndsOn: row.lastOn,
    terms: toTerms(row),
    rentCents: rentOn(row.rentParts, shownDay(row, day)),
    rentParts: toRentParts(row.rentParts),
    dueDay: row.dueDay,
    securityCents: row.securityCents,
    securityForm: row.securityForm,
    securityLodgedOn: row.securityLodgedOn,
    homeInsuranceShownOn: row.homeInsuranceShownOn,
    disclosures: { tenant: disclosure(row.tenantToldOn, row.tenantToldBy), landlord: disclosure(row.landlordToldOn, row.landlordToldBy) },
    signedOn: row.signedOn,
    activeOn: row.activeOn,
    endReason: row.endReason,
    missing: missingOnSublease({
      status,
      startsOn: row.startsOn,
      today: day,
      hasRent: row.rentParts.length > 0,
      subletPermission: row.subletPermissionOn !== null,
      security: { form: row.securityForm, lodged: row.securityLodgedOn !== null },
      tenantCount: row.tenants?.length ?? row.tenantCount,
      headLeaseStatus: statusOf(head, day),
      tenantDisclosed: row.tenantToldOn !== null,
      landlordDisclosed: row.landlordToldOn !== null,
      homeInsurance: row.homeInsuranceShownOn !== null,
    }),
    warnings: subleaseWarnings(row, { term: row.headLeaseTerm, endsOn: head.lastOn, endReason: row.headLeaseEndReason }),
  }
}

export function toLandlordSublease(row: LandlordRow, day: Day): LandlordSublease {
  const told = row.tenants !== null && row.tenants.length > 0
  return withEtag(row.version, {
    id: row.id,
    reference: row.reference,
    status: statusOf(row, day),
    scope: row.scope,
    flat: {
      id: row.flatId,
      reference: row.flatReference,
      address: row.flatAddress,
      postalCode: row.flatPostalCode,
      postOffice: row.flatPostOffice,
    },
    headLease: { id: row.headLeaseId, reference: row.headLeaseReference },
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    term: row.term,
    householdSize: row.householdSize,
    tenant: told
      ? {
          name: inOrder(row.tenants)
            .map(({ firstNames, lastName }) => `${firstNames} ${lastName}`)
            .join(', '),
          phone: inOrder(row.tenants).find(({ phone }) => phone !== null)?.phone ?? null,
        }
      : null,
    tenantDisclosure: told ? ('told' as const) : ('byCity' as const),
    cityContact: row.cityContact,
  })
}
