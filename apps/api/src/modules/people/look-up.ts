import type { PersonLookup } from '@kotoisa/contracts'
import { DomainError, checkIdentifier } from '@kotoisa/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { isOpen, readerOf } from './policy.ts'
import { personColumns, toPersonView } from './read-persons.ts'
import { identityCodeIndex, type PeopleKeys } from './sealing.ts'
import { persons } from './table.ts'

/** The person who has an identity code. A protected one is found by who may see it; for the others nobody has the code. */
export async function lookUpPerson(ctx: Ctx, keys: PeopleKeys, identityCode: string): Promise<PersonLookup> {
  const check = checkIdentifier('personalIdentityCode', identityCode)
  if (!check.valid) throw new DomainError(`identifier.${check.reason}`, {}, { pointer: '/identityCode' })
  const { municipalityId } = ctx.actor
  const reader = readerOf(ctx.actor)
  const rows = await ctx.db
    .select(personColumns(reader, ctx.today))
    .from(persons)
    .where(
      and(
        eq(persons.municipalityId, municipalityId),
        eq(persons.identityCodeIndex, identityCodeIndex(keys, municipalityId, check.normalised)),
        isOpen(reader, persons),
      ),
    )
  ctx.noteRead(
    'person',
    rows.map(({ id }) => id),
  )
  const items = rows.map((row) => toPersonView(reader, keys, row)).filter((view) => 'identityCode' in view && !view.masked)
  return { items }
}
