import type { CurrentHousehold, FinancePerson, MaskedPerson, Person, PersonView } from '@kotoisa/contracts'
import { and, eq, sql, type Placeholder } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import { isMasked, readerOf, unlessMasked, type Reader } from './policy.ts'
import { openContactAddress, type PeopleKeys } from './sealing.ts'
import { persons } from './table.ts'

type Row = typeof persons.$inferSelect

/** What a reader gets of a person: the masks are in the statement, so that nothing hidden leaves the database. */
export function personColumns(reader: Reader, today: string | Placeholder) {
  const shown = <C extends (typeof persons)[keyof Row]>(column: C) => unlessMasked(reader, persons, column)
  return {
    municipalityId: persons.municipalityId,
    id: persons.id,
    version: persons.version,
    reference: persons.reference,
    masked: isMasked(reader, persons),
    createdAt: shown(persons.createdAt),
    updatedAt: shown(persons.updatedAt),
    firstNames: shown(persons.firstNames),
    lastName: shown(persons.lastName),
    phone: shown(persons.phone),
    email: shown(persons.email),
    contactAddressSealed: shown(persons.contactAddressSealed),
    household: sql<CurrentHousehold | null>`case when ${isMasked(reader, persons)} then null else (
      select json_build_object('id', h.id, 'reference', h.reference)
      from household_members m join households h on h.municipality_id = m.municipality_id and h.id = m.household_id
      where m.municipality_id = persons.municipality_id and m.person_id = persons.id
        and m.joined_on <= ${today}::date and (m.left_on is null or m.left_on >= ${today}::date)) end`,
    identityCodeShown: shown(persons.identityCodeShown),
    migriNumberShown: shown(persons.migriNumberShown),
    birthDate: shown(persons.birthDate),
    languages: shown(persons.languages),
    interpreterNeeded: shown(persons.interpreterNeeded),
    residenceGround: shown(persons.residenceGround),
    protectionGrantedOn: shown(persons.protectionGrantedOn),
    protectionEndsOn: shown(persons.protectionEndsOn),
    protectionEndedAt: shown(persons.protectionEndedAt),
  }
}

type HiddenColumn = Exclude<
  keyof ReturnType<typeof personColumns>,
  'municipalityId' | 'id' | 'version' | 'reference' | 'masked' | 'household'
>
type Always = Pick<Row, 'municipalityId' | 'id' | 'version' | 'reference'> & { readonly household: CurrentHousehold | null }
type OpenRow = Always & Pick<Row, HiddenColumn>

/** A row of `personColumns`: everything hidden is null where it is masked. */
export type PersonRow = Always & { readonly masked: boolean } & { readonly [Column in HiddenColumn]: Row[Column] | null }

export function toPersonView(reader: Reader, keys: PeopleKeys, row: PersonRow): PersonView {
  if (row.masked) return toMaskedPerson(row)
  const open = row as OpenRow
  return reader === 'finance' ? toFinancePerson(keys, open) : toPerson(keys, open)
}

export function toMaskedPerson(row: Pick<Row, 'id' | 'version' | 'reference'>): MaskedPerson {
  return withEtag(row.version, {
    id: row.id,
    reference: row.reference,
    masked: true as const,
    createdAt: null,
    updatedAt: null,
    firstNames: null,
    lastName: null,
    phone: null,
    email: null,
    contactAddress: null,
    household: null,
    identityCode: null,
    migriNumber: null,
    birthDate: null,
    languages: null,
    interpreterNeeded: null,
    residenceGround: null,
    addressProtection: null,
  })
}

function toFinancePerson(keys: PeopleKeys, row: OpenRow): FinancePerson {
  return withEtag(row.version, contactsOf(keys, row))
}

function toPerson(keys: PeopleKeys, row: OpenRow): Person {
  const isUnderOrder = row.protectionGrantedOn !== null && row.protectionEndedAt === null
  return withEtag(row.version, {
    ...contactsOf(keys, row),
    identityCode: row.identityCodeShown,
    migriNumber: row.migriNumberShown,
    birthDate: row.birthDate,
    languages: row.languages,
    interpreterNeeded: row.interpreterNeeded,
    residenceGround: row.residenceGround,
    addressProtection: isUnderOrder ? { grantedOn: row.protectionGrantedOn as string, endsOn: row.protectionEndsOn } : null,
  })
}

function contactsOf(keys: PeopleKeys, row: OpenRow): Omit<FinancePerson, 'etag'> {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    reference: row.reference,
    masked: false,
    firstNames: row.firstNames,
    lastName: row.lastName,
    phone: row.phone,
    email: row.email,
    contactAddress: openContactAddress(keys, row, row.contactAddressSealed),
    household: row.household,
  }
}

/** The reading of a person who is shown is kept (L6). */
export async function getPerson(ctx: Ctx, keys: PeopleKeys, id: string): Promise<PersonView | null> {
  const reader = readerOf(ctx.actor)
  const [row] = await prepared(ctx.db, `person_${reader}`, (db) =>
    db
      .select(personColumns(reader, sql.placeholder('today')))
      .from(persons)
      .where(and(eq(persons.municipalityId, sql.placeholder('municipality')), eq(persons.id, sql.placeholder('id')))),
  ).execute({ municipality: ctx.actor.municipalityId, id, today: ctx.today })
  if (!row) return null
  if (!row.masked) ctx.noteRead('person', [id])
  return toPersonView(reader, keys, row)
}
