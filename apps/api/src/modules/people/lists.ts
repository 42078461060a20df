import { FinanceHousehold, FinancePerson, Household, Person, type HouseholdView, type PersonView } from '@kotoisa/contracts'
import { eq, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Actor } from '../../platform/context.ts'
import type { ListSpec } from '../../platform/list.ts'
import type { SortKey } from '../../platform/sorting.ts'
import { isOpen, readerOf, unlessMasked, type Reader } from './policy.ts'
import { householdColumns, noteHouseholds, toHouseholdView, type HouseholdRow } from './read-households.ts'
import { personColumns, toPersonView, type PersonRow } from './read-persons.ts'
import type { PeopleKeys } from './sealing.ts'
import { households, persons } from './table.ts'

const today = sql.placeholder('today')
const municipality = sql.placeholder('municipality')
const counted = { count: sql<number>`count(*)::int` }
const values = ({ actor, today }: { readonly actor: Actor; readonly today: string }) => ({ municipality: actor.municipalityId, today })

type Keys<Row> = Record<string, SortKey<Row>>

/** Sorting sees what the reader sees: a masked row sorts as null, whatever is in it. */
function sorting<Row>(reader: Reader, table: typeof persons | typeof households) {
  const nullable = reader === 'full' ? {} : { nullable: true as const }
  const shown = (column: AnyPgColumn): SQL => unlessMasked(reader, table, column)
  return {
    text: (column: AnyPgColumn, of: SortKey<Row>['of']): SortKey<Row> => ({
      by: sql`(${shown(column)}) collate "fi-FI-x-icu"`,
      type: 'text',
      ...nullable,
      of,
    }),
    instant: (column: AnyPgColumn, of: SortKey<Row>['of']): SortKey<Row> => ({ by: shown(column), type: 'timestamptz', ...nullable, of }),
    day: (column: AnyPgColumn, of: SortKey<Row>['of']): SortKey<Row> => ({ by: shown(column), type: 'date', nullable: true, of }),
  }
}

/** A filter on what is hidden finds no masked row, by when it was changed neither: an order changes person, home and lease at one instant. */
const open = (reader: Reader, table: typeof persons | typeof households, condition: SQL): SQL => {
  const unmasked = isOpen(reader, table)
  return unmasked === undefined ? condition : sql`(${unmasked} and ${condition})`
}

export const personList = (keys: PeopleKeys): ListSpec<PersonRow, PersonView, Reader> => ({
  name: 'persons',
  readerOf,
  values,
  select: (db, reader) => db.select(personColumns(reader, today)).from(persons),
  count: (db) => db.select(counted).from(persons),
  visible: () => eq(persons.municipalityId, municipality),
  id: { by: sql`${persons.id}`, type: 'uuid', of: (row) => row.id },
  sorts: (reader) => {
    const by = sorting<PersonRow>(reader, persons)
    return {
      lastName: by.text(persons.lastName, (row) => row.lastName),
      firstNames: by.text(persons.firstNames, (row) => row.firstNames),
      reference: { by: sql`${persons.reference}`, type: 'text', of: (row) => row.reference },
      createdAt: by.instant(persons.createdAt, (row) => row.createdAt),
      updatedAt: by.instant(persons.updatedAt, (row) => row.updatedAt),
    } satisfies Keys<PersonRow>
  },
  defaultSort: 'lastName,firstNames',
  filters: (reader) => ({
    householdId: open(
      reader,
      persons,
      sql`exists (select from household_members m where m.municipality_id = ${persons.municipalityId} and m.person_id = ${persons.id}
        and m.household_id = ${sql.placeholder('householdId')})`,
    ),
    updatedSince: open(reader, persons, sql`${persons.updatedAt} >= ${sql.placeholder('updatedSince')}::timestamptz`),
  }),
  search: (reader) => ({ resource: 'person', id: sql`${persons.id}`, ...mayFindHidden(reader, persons) }),
  toItem: (row, _ctx, reader) => toPersonView(reader, keys, row),
  itemOf: (reader) => (reader === 'finance' ? FinancePerson : Person),
  noteReads: (ctx, rows) =>
    ctx.noteRead(
      'person',
      rows.filter(({ masked }) => !masked).map(({ id }) => id),
    ),
})

export const householdList: ListSpec<HouseholdRow, HouseholdView, Reader> = {
  name: 'households',
  readerOf,
  values,
  select: (db, reader) => db.select(householdColumns(reader, today)).from(households),
  count: (db) => db.select(counted).from(households),
  visible: () => eq(households.municipalityId, municipality),
  id: { by: sql`${households.id}`, type: 'uuid', of: (row) => row.id },
  sorts: (reader) => {
    const by = sorting<HouseholdRow>(reader, households)
    return {
      name: by.text(households.name, (row) => row.name),
      reference: { by: sql`${households.reference}`, type: 'text', of: (row) => row.reference },
      waitingSince: by.day(households.waitingSince, (row) => row.waitingSince),
      createdAt: by.instant(households.createdAt, (row) => row.createdAt),
      updatedAt: by.instant(households.updatedAt, (row) => row.updatedAt),
    } satisfies Keys<HouseholdRow>
  },
  defaultSort: 'name',
  filters: (reader) => ({
    waiting: open(reader, households, sql`(${households.waitingSince} is not null) = ${sql.placeholder('waiting')}`),
    personId: open(
      reader,
      households,
      sql`exists (select from household_members m join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
        where m.municipality_id = ${households.municipalityId} and m.household_id = ${households.id}
        and m.person_id = ${sql.placeholder('personId')}${reader === 'full' ? sql`` : sql` and not p.protected`})`,
    ),
    updatedSince: open(reader, households, sql`${households.updatedAt} >= ${sql.placeholder('updatedSince')}::timestamptz`),
  }),
  search: (reader) => ({ resource: 'household', id: sql`${households.id}`, ...mayFindHidden(reader, households) }),
  toItem: (row, _ctx, reader) => toHouseholdView(reader, row),
  itemOf: (reader) => (reader === 'finance' ? FinanceHousehold : Household),
  noteReads: noteHouseholds,
}

function mayFindHidden(reader: Reader, table: typeof persons | typeof households): { readonly mayFindHidden?: SQL } {
  const unmasked = isOpen(reader, table)
  return unmasked === undefined ? {} : { mayFindHidden: unmasked }
}
