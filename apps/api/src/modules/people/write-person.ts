import { CreatePerson, type ContactAddress, type UpdatePerson } from '@kotoisa/contracts'
import { DomainError, settlePersonIdentity, type Fault, type PersonIdentity } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { wholePatch } from '../../platform/merge-patch.ts'
import { enqueue } from '../../platform/outbox.ts'
import { personChanges } from './person-changes.ts'
import { refuseMasked } from './policy.ts'
import { identityColumns, openContactAddress, openIdentity, sealContactAddress, type PeopleKeys } from './sealing.ts'
import { persons } from './table.ts'

/** What keeping persons needs beside the database. */
export interface PeopleDeps extends PeopleKeys {
  /** Demo and test data only: identity codes 900-999, which belong to nobody (IN-10). */
  readonly artificialCodes: boolean
}

const resource = 'person'

export async function createPerson(ctx: WriteCtx, deps: PeopleDeps, body: CreatePerson): Promise<string> {
  const { identity, faults } = settlePersonIdentity(
    { identityCode: body.identityCode ?? null, migriNumber: body.migriNumber ?? null, birthDate: body.birthDate ?? null },
    { today: ctx.today, artificialAllowed: deps.artificialCodes },
  )
  const birthDate = settled(identity, faults)
  const owner = { municipalityId: ctx.actor.municipalityId, id: newId(ctx.now) }
  const [row] = await ctx.db
    .insert(persons)
    .values({
      ...owner,
      reference: sql`next_reference('person', 'P', ${Number(ctx.today.slice(0, 4))})`,
      firstNames: body.firstNames.trim(),
      lastName: body.lastName.trim(),
      ...identityColumns(deps, owner, identity),
      birthDate,
      languages: body.languages ?? [],
      interpreterNeeded: body.interpreterNeeded ?? false,
      residenceGround: body.residenceGround ?? null,
      phone: body.phone ?? null,
      email: body.email ?? null,
      contactAddressSealed: sealContactAddress(deps, owner, body.contactAddress ?? null),
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })
    .returning()
  await audit(ctx, { action: 'person.created', resource, recordId: owner.id, changes: personChanges(null, row ?? null) })
  await enqueue(ctx, { type: 'person.created', resource, recordId: owner.id })
  return owner.id
}

export async function updatePerson(
  ctx: WriteCtx,
  deps: PeopleDeps,
  id: string,
  ifMatch: string | undefined,
  patch: UpdatePerson,
): Promise<void> {
  const before = await lockPerson(ctx, id, ifMatch)
  const address = openContactAddress(deps, before, before.contactAddressSealed)
  const body = wholePatch(CreatePerson, { contactAddress: address }, patch)
  const identity = identityAfter(ctx, deps, before, body)
  const [after] = await ctx.db
    .update(persons)
    .set({
      firstNames: (body.firstNames ?? before.firstNames).trim(),
      lastName: (body.lastName ?? before.lastName).trim(),
      ...identity,
      languages: body.languages ?? before.languages,
      interpreterNeeded: body.interpreterNeeded ?? before.interpreterNeeded,
      ...(body.residenceGround === undefined ? {} : { residenceGround: body.residenceGround }),
      ...(body.phone === undefined ? {} : { phone: body.phone }),
      ...(body.email === undefined ? {} : { email: body.email }),
      // Sealed anew only when it is another: each sealing gives other bytes.
      ...(body.contactAddress === undefined || isSame(address, body.contactAddress)
        ? {}
        : { contactAddressSealed: sealContactAddress(deps, before, body.contactAddress) }),
      updatedAt: ctx.now,
    })
    .where(mine(ctx, id))
    .returning()
  await audit(ctx, { action: 'person.updated', resource, recordId: id, changes: personChanges(before, after ?? null) })
  await enqueue(ctx, { type: 'person.updated', resource, recordId: id })
}

/** Households and leases that refer to the person keep it: 409 `record.inUse`. */
export async function deletePerson(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const before = await lockPerson(ctx, id, ifMatch)
  await ctx.db.delete(persons).where(mine(ctx, id))
  await audit(ctx, { action: 'person.deleted', resource, recordId: id, changes: personChanges(before, null) })
  await enqueue(ctx, { type: 'person.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(persons.municipalityId, ctx.actor.municipalityId), eq(persons.id, id))

/** The person's row, held until the end of the transaction; refused where the caller may not see it or saw another version. */
export async function lockPerson(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<typeof persons.$inferSelect> {
  const [row] = await ctx.db.select().from(persons).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  refuseMasked(ctx.actor, row)
  requireMatch(ifMatch, row.version)
  return row
}

function settled(identity: PersonIdentity, faults: readonly Fault[]): string {
  DomainError.all(faults)
  if (identity.birthDate === null) throw new DomainError('person.birthDateMissing')
  return identity.birthDate
}

/** A new code brings its own birth date: the one before may have been the 1 January that stands for "unknown" (domain 3.1). */
function identityAfter(ctx: WriteCtx, deps: PeopleDeps, before: typeof persons.$inferSelect, body: UpdatePerson) {
  if (body.identityCode === undefined && body.migriNumber === undefined && body.birthDate === undefined) return {}
  const known = openIdentity(deps, before)
  const isNewCode = typeof body.identityCode === 'string'
  const { identity, faults } = settlePersonIdentity(
    {
      identityCode: body.identityCode === undefined ? known.identityCode : body.identityCode,
      migriNumber: body.migriNumber === undefined ? known.migriNumber : body.migriNumber,
      birthDate: body.birthDate === undefined ? (isNewCode ? null : before.birthDate) : body.birthDate,
    },
    { today: ctx.today, artificialAllowed: deps.artificialCodes || !isNewCode },
  )
  const birthDate = settled(identity, faults)
  const isChanged = identity.identityCode !== known.identityCode || identity.migriNumber !== known.migriNumber
  return { birthDate, ...(isChanged ? identityColumns(deps, before, identity) : {}) }
}

const isSame = (one: ContactAddress | null, other: ContactAddress | null): boolean =>
  one?.streetAddress === other?.streetAddress && one?.postalCode === other?.postalCode && one?.postOffice === other?.postOffice
