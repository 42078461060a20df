import type { Reveal, RevealPerson } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { audit, auditEntries } from '../../platform/audit.ts'
import type { WriteCtx } from '../../platform/context.ts'
import { openIdentity, type PeopleKeys } from './sealing.ts'
import { persons } from './table.ts'

const action = 'person.revealed'
const atMost = 10
const windowSeconds = 60

/** Codes whole, one person at a time, each for a reason that stands in the log (AZ-14). */
export async function revealPerson(ctx: WriteCtx, keys: PeopleKeys, id: string, { fields, reason }: RevealPerson): Promise<Reveal> {
  const { municipalityId } = ctx.actor
  const [row] = await ctx.db
    .select({
      municipalityId: persons.municipalityId,
      id: persons.id,
      identityCodeSealed: persons.identityCodeSealed,
      migriNumberSealed: persons.migriNumberSealed,
    })
    .from(persons)
    .where(and(eq(persons.municipalityId, municipalityId), eq(persons.id, id)))
  if (!row) throw new DomainError('record.notFound')
  await refuseTooMany(ctx)
  await audit(ctx, {
    action,
    resource: 'person',
    recordId: id,
    reason,
    changes: fields.map((field) => ({ field, before: null, after: null })),
  })
  const whole = openIdentity(keys, row)
  return {
    ...(fields.includes('identityCode') ? { identityCode: whole.identityCode } : {}),
    ...(fields.includes('migriNumber') ? { migriNumber: whole.migriNumber } : {}),
  }
}

/** Counted in the log itself, so for all processes together; the lock makes reveals of one principal wait for one another. */
async function refuseTooMany(ctx: WriteCtx): Promise<void> {
  const { actor } = ctx
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reveal ${actor.municipalityId} ${actor.id}`}, 0))`)
  const since = new Date(ctx.now.getTime() - windowSeconds * 1000)
  const recent = await ctx.db
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.municipalityId, actor.municipalityId),
        eq(auditEntries.actorId, actor.id),
        eq(auditEntries.action, action),
        gt(auditEntries.at, since),
      ),
    )
    .orderBy(desc(auditEntries.at))
    .limit(atMost)
  const oldest = recent[atMost - 1]
  if (!oldest) return
  const freeAt = oldest.at.getTime() + windowSeconds * 1000
  throw new DomainError('reveal.tooMany', { atMost, retryAfterSeconds: Math.max(1, Math.ceil((freeAt - ctx.now.getTime()) / 1000)) })
}
