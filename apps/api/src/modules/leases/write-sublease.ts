import { CreateSublease, type UpdateSublease } from '@kotoisa/contracts'
import { DomainError, requireTransition, subleaseDayFaults, termFaults, type Fault } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { WriteCtx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { wholePatch } from '../../platform/merge-patch.ts'
import { rooms } from '../homes/table.ts'
import { refuseSignedTerms } from './draft.ts'
import { findSublease, namingOverlap, overlapPointer, type Let } from './overlap.ts'
import { refuseMasked } from './policy.ts'
import {
  addRent,
  lockFlats,
  lockSublease,
  logged,
  removeRent,
  rentOfLease,
  saveSublease,
  setTenants,
  tell,
  tenantsOf,
  type SubleaseRecord,
} from './save.ts'
import { headLeases, subleaseRentParts, subleases } from './table.ts'
import {
  futureFaults,
  newTerms,
  patchRent,
  patchTerms,
  rentFaults,
  securityFaults,
  toRent,
  toRents,
  type Rent,
  type Terms,
} from './terms.ts'

/** The home and the people of a sublease, as a body has them. */
interface Parties {
  readonly headLeaseId: string
  readonly scope: 'wholeFlat' | 'partOfFlat'
  readonly roomId: string | null
  readonly place: string | null
  readonly householdId: string
  readonly tenantIds: readonly string[]
}

export async function createSublease(ctx: WriteCtx, body: CreateSublease): Promise<string> {
  const id = newId(ctx.now)
  const terms = newTerms(body)
  const parties: Parties = { ...body, roomId: body.roomId ?? null, place: body.place ?? null, tenantIds: body.tenantIds ?? [] }
  const rent = (body.rentParts ?? []).map((part) => toRent(part, terms.startsOn))
  const home = await refuseBad(ctx, parties, terms, rent, body)
  const row = await namingOverlap(
    ctx,
    '/startsOn',
    async () => {
      const [written] = await ctx.db
        .insert(subleases)
        .values({
          municipalityId: ctx.actor.municipalityId,
          id,
          reference: sql`next_reference('sublease', 'S', ${Number(ctx.today.slice(0, 4))})`,
          ...columnsOf(parties, home),
          ...terms,
          homeInsuranceShownOn: body.homeInsuranceShownOn ?? null,
          createdAt: ctx.now,
          updatedAt: ctx.now,
        })
        .returning()
      return written as SubleaseRecord
    },
    () => findSublease(ctx, id, letOf(parties, home, terms)),
  )
  await Promise.all([addRent(ctx, subleaseRentParts, id, rent), setTenants(ctx, id, [], parties.tenantIds)])
  await tell(ctx, 'sublease', id, { verb: 'created' }, null, { ...logged(row), rentParts: rent, tenantIds: parties.tenantIds })
  return id
}

/** Terms and parties change while the lease is a draft; whom to call, the note and what came in later change always. */
export async function updateSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined, patch: UpdateSublease): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  const [known, tenantIds] = await Promise.all([rentOfLease(ctx, subleaseRentParts, id), tenantsOf(ctx, id)])
  const body = wholePatch(CreateSublease, { cityContact: before.cityContact }, patch)
  const terms = patchTerms(before, body)
  const rent = patchRent(known, body.rentParts, { before: before.startsOn, after: terms.startsOn })
  const shown = { ...before, place: before.place === '' ? null : before.place, tenantIds, rentParts: toRents(known) }
  refuseSignedTerms(before, shown, { ...body, rentParts: body.rentParts && toRents(rent) }, ['homeInsuranceShownOn'])
  const insurance = body.homeInsuranceShownOn === undefined ? before.homeInsuranceShownOn : body.homeInsuranceShownOn
  if (before.status !== 'draft') {
    DomainError.all([
      ...futureFaults(body.securityLodgedOn, '/securityLodgedOn', ctx.today),
      ...futureFaults(insurance, '/homeInsuranceShownOn', ctx.today),
    ])
    const { cityContact, note, paperLocation, securityLodgedOn } = terms
    return saveSublease(
      ctx,
      before,
      { cityContact, note, paperLocation, securityLodgedOn, homeInsuranceShownOn: insurance },
      { verb: 'updated' },
    )
  }

  const parties: Parties = {
    headLeaseId: body.headLeaseId ?? before.headLeaseId,
    scope: body.scope ?? before.scope,
    roomId: body.roomId === undefined ? before.roomId : body.roomId,
    place: body.place === undefined ? shown.place : body.place,
    householdId: body.householdId ?? before.householdId,
    tenantIds: body.tenantIds ?? tenantIds,
  }
  const home = await refuseBad(ctx, parties, terms, rent, body)
  const movesDays = terms.startsOn !== before.startsOn || terms.agreedEndsOn !== before.agreedEndsOn
  await namingOverlap(
    ctx,
    overlapPointer(patch),
    () =>
      saveSublease(
        ctx,
        before,
        { ...columnsOf(parties, home), ...terms, ...(movesDays ? { earlierEnds: [] } : {}), homeInsuranceShownOn: insurance },
        { verb: 'updated', before: { rentParts: toRents(known), tenantIds }, after: { rentParts: rent, tenantIds: parties.tenantIds } },
      ),
    () => findSublease(ctx, id, letOf(parties, home, terms)),
  )
  if (body.rentParts || terms.startsOn !== before.startsOn) {
    await removeRent(
      ctx,
      subleaseRentParts,
      known.map((part) => part.id),
    )
    await addRent(ctx, subleaseRentParts, id, rent)
  }
  if (body.tenantIds) await setTenants(ctx, id, tenantIds, body.tenantIds)
}

/** Withdraws a draft and frees its days. */
export async function deleteSublease(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  requireTransition('withdraw', before.status)
  await ctx.db.delete(subleases).where(and(eq(subleases.municipalityId, ctx.actor.municipalityId), eq(subleases.id, id)))
  await tell(ctx, 'sublease', id, { verb: 'deleted' }, logged(before), null)
}

interface Home {
  readonly flatId: string
  readonly landlordId: string
}

const columnsOf = ({ headLeaseId, scope, roomId, place, householdId }: Parties, { flatId, landlordId }: Home) => ({
  headLeaseId,
  flatId,
  landlordId,
  scope,
  roomId,
  place: place ?? '',
  householdId,
})

const letOf = ({ scope, roomId, place }: Parties, { flatId }: Home, terms: Terms): Let => ({
  flatId,
  scope,
  roomId,
  place: place ?? '',
  startsOn: terms.startsOn,
  lastOn: terms.written ? terms.agreedEndsOn : null,
})

/** Holds the flat, and refuses with all faults at once: references, days, scope, tenants, rent, security. */
async function refuseBad(
  ctx: WriteCtx,
  parties: Parties,
  terms: Terms,
  rent: readonly Rent[],
  body: Partial<CreateSublease>,
): Promise<Home> {
  const { municipalityId } = ctx.actor
  const [wanted] = await ctx.db
    .select({ flatId: headLeases.flatId })
    .from(headLeases)
    .where(and(eq(headLeases.municipalityId, municipalityId), eq(headLeases.id, parties.headLeaseId)))
  const [flat] = wanted === undefined ? [] : await lockFlats(ctx, wanted.flatId)
  // After the flat is held nobody changes the head lease's days.
  const [[head], people] = await Promise.all([
    ctx.db
      .select({ flatId: headLeases.flatId, landlordId: headLeases.landlordId, startsOn: headLeases.startsOn, lastOn: headLeases.lastOn })
      .from(headLeases)
      .where(and(eq(headLeases.municipalityId, municipalityId), eq(headLeases.id, parties.headLeaseId))),
    householdOf(ctx, parties),
  ])
  if (people !== undefined) refuseMasked(ctx.actor, people)
  const days = { ...terms, endsOn: terms.agreedEndsOn }
  const security = securityFaults(terms, rent)
  const faults: Fault[] = [
    ...(head === undefined
      ? [{ code: 'reference.notFound' as const, pointer: '/headLeaseId' }, ...termFaults(days)]
      : subleaseDayFaults(days, { startsOn: head.startsOn, endsOn: head.lastOn })),
    ...(await scopeFaults(ctx, parties, head?.flatId)),
    ...peopleFaults(parties, people, terms.startsOn),
    ...rentFaults(rent, { startsOn: terms.startsOn, lastOn: terms.agreedEndsOn }, flat?.subsidisedRentRule ?? 'none'),
    ...security.faults,
    ...futureFaults(body.securityLodgedOn, '/securityLodgedOn', ctx.today),
    ...futureFaults(body.homeInsuranceShownOn, '/homeInsuranceShownOn', ctx.today),
  ]
  DomainError.all(faults, security.citations)
  return head as Home
}

/** A part of a flat names one of its rooms, and a place that the room has; a whole flat names none. */
async function scopeFaults(ctx: WriteCtx, { scope, roomId, place }: Parties, flatId: string | undefined): Promise<Fault[]> {
  if (scope === 'wholeFlat') {
    return [
      ...(roomId === null ? [] : [{ code: 'lease.roomNotAllowed' as const, pointer: '/roomId' }]),
      ...(place === null ? [] : [{ code: 'lease.roomNotAllowed' as const, pointer: '/place' }]),
    ]
  }
  if (roomId === null) return [{ code: 'lease.roomMissing', pointer: '/roomId' }]
  if (flatId === undefined) return []
  const [room] = await ctx.db
    .select({ places: rooms.places })
    .from(rooms)
    .where(and(eq(rooms.municipalityId, ctx.actor.municipalityId), eq(rooms.id, roomId), eq(rooms.flatId, flatId)))
  if (room === undefined) return [{ code: 'reference.notFound', pointer: '/roomId' }]
  return place === null || room.places.includes(place) ? [] : [{ code: 'lease.placeUnknown', pointer: '/place' }]
}

interface People {
  readonly protected: boolean
  /** Last days of the members, by person; null: lives there on. */
  readonly members: Readonly<Record<string, string | null>>
  readonly persons: readonly string[]
}

async function householdOf(ctx: WriteCtx, { householdId, tenantIds }: Parties): Promise<People | undefined> {
  const { rows } = await ctx.db.execute<{ protected: boolean; members: Record<string, string | null> | null; persons: string[] }>(sql`
    select is_lease_protected(h.municipality_id, h.id, null) as protected,
      (select json_object_agg(m.person_id, nullif(m.last_on, 'infinity'))
         from (select person_id, max(coalesce(left_on, 'infinity')) as last_on
                 from household_members where municipality_id = h.municipality_id and household_id = h.id group by person_id) m) as members,
      array(select p.id from persons p where p.municipality_id = h.municipality_id and p.id = any (${sql.param([...tenantIds])}::uuid[])) as persons
    from households h where h.municipality_id = ${ctx.actor.municipalityId} and h.id = ${householdId}`)
  const [row] = rows
  return row === undefined ? undefined : { ...row, members: row.members ?? {} }
}

/** Named tenants are members of the household who have not left before the lease begins. */
function peopleFaults({ tenantIds }: Parties, people: People | undefined, startsOn: string): Fault[] {
  if (people === undefined) return [{ code: 'reference.notFound', pointer: '/householdId' }]
  return tenantIds.flatMap((id, index): Fault[] => {
    const pointer = `/tenantIds/${index}`
    if (!people.persons.includes(id)) return [{ code: 'reference.notFound', pointer }]
    const leftOn = people.members[id]
    return leftOn === undefined || (leftOn !== null && leftOn < startsOn) ? [{ code: 'lease.tenantNotMember', pointer }] : []
  })
}
