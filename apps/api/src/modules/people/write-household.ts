import type { CreateHousehold, NewMember, UpdateHousehold } from '@kotoisa/contracts'
import { DomainError, type Fault } from '@kotoisa/domain'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { audit, changesBetween } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { requireMatch } from '../../platform/etag.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/outbox.ts'
import { refuseMasked } from './policy.ts'
import { householdMembers, households, persons } from './table.ts'

const resource = 'household'

export async function createHousehold(ctx: WriteCtx, body: CreateHousehold): Promise<string> {
  const id = newId(ctx.now)
  const members = body.members.map(toMembership)
  await refuseBadMembers(ctx, id, members)
  const values = {
    name: body.name.trim(),
    waitingSince: body.waitingSince ?? null,
    accessibilityNeeds: body.accessibilityNeeds ?? [],
    note: body.note ?? null,
  }
  await ctx.db.insert(households).values({
    municipalityId: ctx.actor.municipalityId,
    id,
    reference: sql`next_reference('household', 'H', ${Number(ctx.today.slice(0, 4))})`,
    ...values,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  })
  await changeMembers(ctx, id, [], members)
  await audit(ctx, { action: 'household.created', resource, recordId: id, changes: changesBetween(null, { ...values, members }) })
  await enqueue(ctx, { type: 'household.created', resource, recordId: id })
  return id
}

export async function updateHousehold(ctx: WriteCtx, id: string, ifMatch: string | undefined, body: UpdateHousehold): Promise<void> {
  const before = await lockHousehold(ctx, id, ifMatch)
  const known = await membersOf(ctx, id)
  const members = body.members?.map(toMembership) ?? known
  if (body.members) await refuseBadMembers(ctx, id, members)
  const values = {
    name: (body.name ?? before.name).trim(),
    waitingSince: body.waitingSince === undefined ? before.waitingSince : body.waitingSince,
    accessibilityNeeds: body.accessibilityNeeds ?? before.accessibilityNeeds,
    note: body.note === undefined ? before.note : body.note,
  }
  await ctx.db
    .update(households)
    .set({ ...values, updatedAt: ctx.now })
    .where(mine(ctx, id))
  await changeMembers(ctx, id, known, members)
  const logged = { name: before.name, waitingSince: before.waitingSince, accessibilityNeeds: before.accessibilityNeeds, note: before.note }
  await audit(ctx, {
    action: 'household.updated',
    resource,
    recordId: id,
    changes: changesBetween({ ...logged, members: known }, { ...values, members }),
  })
  await enqueue(ctx, { type: 'household.updated', resource, recordId: id })
}

/** Leases that refer to the household keep it: 409 `record.inUse`. */
export async function deleteHousehold(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<void> {
  const { name } = await lockHousehold(ctx, id, ifMatch)
  const members = await membersOf(ctx, id)
  await ctx.db.delete(households).where(mine(ctx, id))
  await audit(ctx, { action: 'household.deleted', resource, recordId: id, changes: changesBetween({ name, members }, null) })
  await enqueue(ctx, { type: 'household.deleted', resource, recordId: id })
}

const mine = (ctx: WriteCtx, id: string) => and(eq(households.municipalityId, ctx.actor.municipalityId), eq(households.id, id))

async function lockHousehold(ctx: WriteCtx, id: string, ifMatch: string | undefined): Promise<typeof households.$inferSelect> {
  const [row] = await ctx.db.select().from(households).where(mine(ctx, id)).for('update')
  if (!row) throw new DomainError('record.notFound')
  refuseMasked(ctx.actor, row)
  requireMatch(ifMatch, row.version)
  return row
}

interface Membership {
  readonly personId: string
  readonly joinedOn: string
  readonly leftOn: string | null
}

const toMembership = ({ personId, joinedOn, leftOn }: NewMember): Membership => ({ personId, joinedOn, leftOn: leftOn ?? null })

const ofHousehold = (ctx: WriteCtx, id: string) =>
  and(eq(householdMembers.municipalityId, ctx.actor.municipalityId), eq(householdMembers.householdId, id))

const membersOf = (ctx: WriteCtx, id: string): Promise<Membership[]> =>
  ctx.db
    .select({ personId: householdMembers.personId, joinedOn: householdMembers.joinedOn, leftOn: householdMembers.leftOn })
    .from(householdMembers)
    .where(ofHousehold(ctx, id))
    .orderBy(householdMembers.joinedOn, householdMembers.personId)

/** Days in order, persons that are there and that the caller may see, nobody in two households on one day. */
async function refuseBadMembers(ctx: WriteCtx, householdId: string, members: readonly Membership[]): Promise<void> {
  const { municipalityId } = ctx.actor
  const personIds = members.map(({ personId }) => personId)
  const known = await ctx.db
    .select({ id: persons.id, protected: persons.protected })
    .from(persons)
    .where(and(eq(persons.municipalityId, municipalityId), inArray(persons.id, personIds)))
  refuseMasked(ctx.actor, ...known)
  const elsewhere = await ctx.db
    .select({ personId: householdMembers.personId, joinedOn: householdMembers.joinedOn, leftOn: householdMembers.leftOn })
    .from(householdMembers)
    .where(
      and(
        eq(householdMembers.municipalityId, municipalityId),
        inArray(householdMembers.personId, personIds),
        sql`${householdMembers.householdId} <> ${householdId}`,
      ),
    )
  const faults: Fault[] = []
  members.forEach((member, index) => {
    const pointer = `/members/${index}`
    if (!known.some(({ id }) => id === member.personId)) faults.push({ code: 'reference.notFound', pointer: `${pointer}/personId` })
    if (member.leftOn !== null && member.leftOn < member.joinedOn) faults.push({ code: 'date.reversed', pointer: `${pointer}/leftOn` })
    else if ([...elsewhere, ...members.slice(0, index)].some((other) => overlap(member, other)))
      faults.push({ code: 'household.memberOverlap', pointer })
  })
  DomainError.all(faults)
}

const overlap = (one: Membership, other: Membership): boolean =>
  one.personId === other.personId &&
  (other.leftOn === null || one.joinedOn <= other.leftOn) &&
  (one.leftOn === null || other.joinedOn <= one.leftOn)

const isSamePeriod = (one: Membership, other: Membership): boolean => one.personId === other.personId && one.joinedOn === other.joinedOn

/** Rows that stay are left alone: a member taken out and put in again would lift a mask for a moment. */
async function changeMembers(
  ctx: WriteCtx,
  householdId: string,
  before: readonly Membership[],
  after: readonly Membership[],
): Promise<void> {
  const row = (member: Membership) =>
    and(ofHousehold(ctx, householdId), eq(householdMembers.personId, member.personId), eq(householdMembers.joinedOn, member.joinedOn))
  for (const member of before) if (!after.some((one) => isSamePeriod(one, member))) await ctx.db.delete(householdMembers).where(row(member))
  for (const member of after) {
    const old = before.find((one) => isSamePeriod(one, member))
    if (old && old.leftOn !== member.leftOn) await ctx.db.update(householdMembers).set({ leftOn: member.leftOn }).where(row(member))
    if (!old)
      await ctx.db.insert(householdMembers).values({ municipalityId: ctx.actor.municipalityId, id: newId(ctx.now), householdId, ...member })
  }
}
