import type { FindDuplicates, Person, PersonDuplicates } from '@kotoisa/contracts'
import { personLikeness, personLikenesses } from '@kotoisa/domain'
import { and, eq, or, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { isOpen, readerOf } from './policy.ts'
import { personColumns, toPersonView } from './read-persons.ts'
import type { PeopleKeys } from './sealing.ts'
import { persons } from './table.ts'

/** Born in one year, or of one name: more than so many are not compared. */
const mostCompared = 2000
const mostTold = 10

/**
 * Who may be the person that is about to be added. Whoever is masked for the caller is not found: by a name typed and an answer
 * given somebody would be found who may be found by reference alone.
 */
export async function findDuplicatePersons(ctx: Ctx, keys: PeopleKeys, typed: FindDuplicates): Promise<PersonDuplicates> {
  const { municipalityId } = ctx.actor
  const reader = readerOf(ctx.actor)
  const birthDate = typed.birthDate ?? null
  const year = birthDate?.slice(0, 4)
  const ofThatName = sql`${persons.id} in (
    select w.record_id from search_words w
    where w.municipality_id = ${municipalityId} and w.resource = 'person' and w.word in (select search_words_of(${typed.lastName})))`
  const rows = await ctx.db
    .select(personColumns(reader, ctx.today))
    .from(persons)
    .where(
      and(
        eq(persons.municipalityId, municipalityId),
        isOpen(reader, persons),
        or(
          ofThatName,
          year === undefined ? undefined : sql`${persons.birthDate} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`,
        ),
      ),
    )
    .limit(mostCompared)
  const alike = rows
    .flatMap((row) => {
      const { firstNames, lastName } = row
      if (firstNames === null || lastName === null) return []
      const likeness = personLikeness({ ...typed, birthDate }, { firstNames, lastName, birthDate: row.birthDate })
      return likeness === null ? [] : [{ likeness, row }]
    })
    .toSorted((a, b) => personLikenesses.indexOf(a.likeness) - personLikenesses.indexOf(b.likeness))
    .slice(0, mostTold)
  ctx.noteRead(
    'person',
    alike.map(({ row }) => row.id),
  )
  return { items: alike.map(({ likeness, row }) => ({ likeness, person: toPersonView(reader, keys, row) as Person })) }
}
