import type { FindDuplicates, Person, PersonDuplicates } from '@kotoisa/contracts'
import { nameKey, nameKeys, personLikeness, personLikenesses } from '@kotoisa/domain'
import { and, desc, eq, or, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { isOpen, readerOf } from './policy.ts'
import { personColumns, toPersonView } from './read-persons.ts'
import type { PeopleKeys } from './sealing.ts'
import { persons } from './table.ts'

/** A bound, not a cut: whoever is compared has the name already, and the likeliest come first. */
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
  const names = `${typed.firstNames} ${typed.lastName}`
  const ofAllNames = sql`${persons.id} in (
    select w.record_id from search_words w
    where w.municipality_id = ${municipalityId} and w.resource = 'person' and w.word in (select search_words_of(${names}))
    group by w.record_id having count(distinct w.word) = (select count(*) from search_words_of(${names})))`
  // The last name in another spelling, or one of the first names where the two were swapped.
  const likeKeys = [nameKey(typed.lastName), ...nameKeys(typed.firstNames)]
  const alikeOfThatYear =
    birthDate === null
      ? undefined
      : sql`(person_name_key(${persons.lastName}) = any (${sql.param(likeKeys)}::text[])
          and date_trunc('year', ${persons.birthDate}) = date_trunc('year', ${birthDate}::date))`
  const rows = await ctx.db
    .select(personColumns(reader, ctx.today))
    .from(persons)
    .where(and(eq(persons.municipalityId, municipalityId), isOpen(reader, persons), or(ofAllNames, alikeOfThatYear)))
    .orderBy(desc(ofAllNames), sql`${persons.birthDate} is not distinct from ${birthDate}::date desc`, persons.id)
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
