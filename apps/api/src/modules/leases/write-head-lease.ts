import { CreateHeadLease, type UpdateHeadLease } from '@kotoisa/contracts'
import { DomainError, requireTransition, termFaults, type SubsidisedRentRule } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { WriteCtx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { wholePatch } from '../../platform/merge-patch.ts'
import { refuseSignedTerms } from './draft.ts'
import { findHeadLease, namingOverlap, overlapPointer } from './overlap.ts'
import { addRent, lockFlats, lockHeadLease, logged, removeRent, rentOfLease, saveHeadLease, tell, type HeadLeaseRecord } from './save.ts'
import { headLeaseRentParts, headLeases } from './table.ts'
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

type Permission = CreateHeadLease['subletPermission']
const permissionColumns = (permission: Permission) => ({
  subletPermissionSource: permission?.source ?? null,
  subletPermissionOn: permission?.grantedOn ?? null,
})

export async function createHeadLease(ctx: WriteCtx, body: CreateHeadLease): Promise<string> {
  const id = newId(ctx.now)
  const terms = newTerms(body)
  const rent = (body.rentParts ?? []).map((part) => toRent(part, terms.startsOn))
  const [flat] = await lockFlats(ctx, body.flatId)
  refuseBad(ctx, terms, rent, flat, body)
  if (flat === undefined) throw new DomainError('reference.notFound', {}, { pointer: '/flatId' })
  const row = await namingOverlap(
    ctx,
    '/startsOn',
    async () => {
      const [written] = await ctx.db
        .insert(headLeases)
        .values({
          municipalityId: ctx.actor.municipalityId,
          id,
          reference: sql`next_reference('headLease', 'E', ${Number(ctx.today.slice(0, 4))})`,
          flatId: flat.id,
          landlordId: flat.landlordId,
          ...terms,
          ...permissionColumns(body.subletPermission),
          vacancyBornBy: body.vacancyBornBy ?? null,
          createdAt: ctx.now,
          updatedAt: ctx.now,
        })
        .returning()
      return written as HeadLeaseRecord
    },
    () => findHeadLease(ctx, id, flat.id, daysOf(terms)),
  )
  await addRent(ctx, headLeaseRentParts, id, rent)
  await tell(ctx, 'headLease', id, { verb: 'created' }, null, { ...logged(row), rentParts: rent })
  return id
}

/** Terms change while the lease is a draft; whom to call, the note and what came in later change always. */
export async function updateHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined, patch: UpdateHeadLease): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  const known = await rentOfLease(ctx, headLeaseRentParts, id)
  const permission =
    before.subletPermissionSource === null || before.subletPermissionOn === null
      ? null
      : { source: before.subletPermissionSource, grantedOn: before.subletPermissionOn }
  const body = wholePatch(CreateHeadLease, { cityContact: before.cityContact, subletPermission: permission }, patch)
  const terms = patchTerms(before, body)
  const rent = patchRent(known, body.rentParts, { before: before.startsOn, after: terms.startsOn })
  refuseSignedTerms(
    before,
    { ...before, subletPermission: permission, rentParts: toRents(known) },
    { ...body, rentParts: body.rentParts && toRents(rent) },
    permission === null ? ['subletPermission'] : [],
  )

  const granted = body.subletPermission === undefined ? {} : permissionColumns(body.subletPermission)
  if (before.status !== 'draft') {
    DomainError.all(futureFaults(body.securityLodgedOn, '/securityLodgedOn', ctx.today))
    const { cityContact, note, paperLocation, securityLodgedOn } = terms
    return saveHeadLease(ctx, before, { cityContact, note, paperLocation, securityLodgedOn, ...granted }, { verb: 'updated' })
  }

  const [flat] = await lockFlats(ctx, body.flatId ?? before.flatId)
  refuseBad(ctx, terms, rent, flat, body)
  if (flat === undefined) throw new DomainError('reference.notFound', {}, { pointer: '/flatId' })
  const movesDays = terms.startsOn !== before.startsOn || terms.agreedEndsOn !== before.agreedEndsOn
  await namingOverlap(
    ctx,
    overlapPointer(patch),
    () =>
      saveHeadLease(
        ctx,
        before,
        {
          flatId: flat.id,
          landlordId: flat.landlordId,
          ...terms,
          ...(movesDays ? { earlierEnds: [] } : {}),
          ...granted,
          ...(body.vacancyBornBy === undefined ? {} : { vacancyBornBy: body.vacancyBornBy }),
        },
        { verb: 'updated', before: { rentParts: toRents(known) }, after: { rentParts: rent } },
      ),
    () => findHeadLease(ctx, id, flat.id, daysOf(terms)),
  )
  if (body.rentParts || terms.startsOn !== before.startsOn) {
    await removeRent(
      ctx,
      headLeaseRentParts,
      known.map((part) => part.id),
    )
    await addRent(ctx, headLeaseRentParts, id, rent)
  }
}

/** Withdraws a draft and frees its days; one that is let on stays (409 `headLease.inUse`). */
export async function deleteHeadLease(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockHeadLease(ctx, id, ifMatch)
  requireTransition('withdraw', before.status)
  await ctx.db.delete(headLeases).where(and(eq(headLeases.municipalityId, ctx.actor.municipalityId), eq(headLeases.id, id)))
  await tell(ctx, 'headLease', id, { verb: 'deleted' }, logged(before), null)
}

const daysOf = (terms: Terms) => ({ startsOn: terms.startsOn, lastOn: terms.written ? terms.agreedEndsOn : null })

function refuseBad(
  ctx: WriteCtx,
  terms: Terms,
  rent: readonly Rent[],
  flat: { readonly subsidisedRentRule: SubsidisedRentRule } | undefined,
  body: Partial<CreateHeadLease>,
): void {
  const security = securityFaults(terms, rent)
  DomainError.all(
    [
      ...(flat === undefined ? [{ code: 'reference.notFound' as const, pointer: '/flatId' }] : []),
      ...termFaults({ ...terms, endsOn: terms.agreedEndsOn }),
      ...rentFaults(rent, { startsOn: terms.startsOn, lastOn: terms.agreedEndsOn }, flat?.subsidisedRentRule ?? 'none'),
      ...security.faults,
      ...futureFaults(body.securityLodgedOn, '/securityLodgedOn', ctx.today),
    ],
    security.citations,
  )
}
