import type { AddressProtection } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import { audit } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { enqueue } from '../../platform/outbox.ts'
import { personChanges } from './person-changes.ts'
import { persons } from './table.ts'
import { lockPerson } from './write-person.ts'

/**
 * Records an order (661/2009 36 §), or the next one. Triggers mask the person, the household, its other members and its
 * leases in this transaction and bump the versions of all of them. Nothing here ends an order: past its last day it masks on.
 */
export async function setAddressProtection(
  ctx: WriteCtx,
  id: string,
  ifMatch: string | undefined,
  { grantedOn, endsOn }: AddressProtection,
): Promise<void> {
  const before = await lockPerson(ctx, id, ifMatch)
  if (endsOn !== null && endsOn < grantedOn) throw new DomainError('date.reversed', {}, { pointer: '/endsOn' })
  const [after] = await ctx.db
    .update(persons)
    .set({ protectionGrantedOn: grantedOn, protectionEndsOn: endsOn, protectionEndedAt: null, updatedAt: ctx.now })
    .where(and(eq(persons.municipalityId, ctx.actor.municipalityId), eq(persons.id, id)))
    .returning()
  await audit(ctx, {
    action: 'person.addressProtectionSet',
    resource: 'person',
    recordId: id,
    changes: personChanges(before, after ?? null),
  })
  await enqueue(ctx, { type: 'person.updated', resource: 'person', recordId: id })
}
