import type {
  FinanceHousehold,
  FinanceMember,
  Household,
  HouseholdMember,
  HouseholdView,
  MaskedHousehold,
  MaskedMember,
} from '@kotoisa/contracts'
import { and, eq, sql, type Placeholder } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { withEtag } from '../../platform/etag.ts'
import { isMasked, readerOf, unlessMasked, type Reader } from './policy.ts'
import { toMaskedPerson } from './read-persons.ts'
import { households, type householdMembers, type persons } from './table.ts'

type Row = typeof households.$inferSelect
type PersonColumns = Pick<
  typeof persons.$inferSelect,
  'firstNames' | 'lastName' | 'phone' | 'birthDate' | 'languages' | 'interpreterNeeded'
>
type Days = Pick<typeof householdMembers.$inferSelect, 'joinedOn' | 'leftOn'>

type MemberRow = { readonly id: string; readonly version: number; readonly reference: string } & (
  | ({ readonly masked: false } & PersonColumns & Days)
  | { readonly masked: true }
)

/** What a reader gets of a household and its members; masked as persons are. */
export function householdColumns(reader: Reader, today: string | Placeholder) {
  const shown = <C extends (typeof households)[keyof Row]>(column: C) => unlessMasked(reader, households, column)
  const memberMasked = reader === 'full' ? sql`false` : sql`p.protected`
  const livesHere = sql`m.joined_on <= ${today}::date and (m.left_on is null or m.left_on >= ${today}::date)`
  const ofThis = sql`m.municipality_id = households.municipality_id and m.household_id = households.id`
  return {
    id: households.id,
    version: households.version,
    reference: households.reference,
    masked: isMasked(reader, households),
    createdAt: shown(households.createdAt),
    updatedAt: shown(households.updatedAt),
    name: shown(households.name),
    waitingSince: shown(households.waitingSince),
    accessibilityNeeds: shown(households.accessibilityNeeds),
    note: shown(households.note),
    protected: shown(households.protected),
    size: sql<number | null>`case when ${isMasked(reader, households)} then null else (
      select count(*)::int from household_members m where ${ofThis} and ${livesHere}) end`,
    members: sql<MemberRow[] | null>`case when ${isMasked(reader, households)} then null else (
      select coalesce(json_agg(
        case when ${memberMasked} then json_build_object('id', p.id, 'version', p.version, 'reference', p.reference, 'masked', true)
        else json_build_object('id', p.id, 'version', p.version, 'reference', p.reference, 'masked', false,
          'firstNames', p.first_names, 'lastName', p.last_name, 'phone', p.phone, 'birthDate', p.birth_date,
          'languages', p.languages, 'interpreterNeeded', p.interpreter_needed, 'joinedOn', m.joined_on, 'leftOn', m.left_on) end
        order by ${memberMasked}, case when ${memberMasked} then null else m.joined_on end, case when ${memberMasked} then null else p.birth_date end, p.id), '[]')
      from household_members m join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
      where ${ofThis}) end`,
  }
}

type HiddenColumn = 'createdAt' | 'updatedAt' | 'name' | 'waitingSince' | 'accessibilityNeeds' | 'note' | 'protected'
type Always = Pick<Row, 'id' | 'version' | 'reference'>
type OpenRow = Always & Pick<Row, HiddenColumn> & { readonly size: number; readonly members: readonly MemberRow[] }

/** A row of `householdColumns`: everything hidden is null where it is masked. */
export type HouseholdRow = Always & {
  readonly masked: boolean
  readonly size: number | null
  readonly members: readonly MemberRow[] | null
} & {
  readonly [Column in HiddenColumn]: Row[Column] | null
}

export function toHouseholdView(reader: Reader, row: HouseholdRow): HouseholdView {
  if (row.masked) return toMaskedHousehold(row)
  const open = row as OpenRow
  return reader === 'finance' ? toFinanceHousehold(open) : toHousehold(open)
}

export function toMaskedHousehold(row: Always): MaskedHousehold {
  return withEtag(row.version, {
    id: row.id,
    reference: row.reference,
    masked: true as const,
    createdAt: null,
    updatedAt: null,
    name: null,
    size: null,
    waitingSince: null,
    protected: null,
    members: null,
    accessibilityNeeds: null,
    note: null,
  })
}

function toHousehold(row: OpenRow): Household {
  return withEtag(row.version, {
    ...summaryOf(row),
    protected: row.protected,
    members: row.members.map((member) => (member.masked ? toMaskedMember(member) : toMember(member))),
    accessibilityNeeds: row.accessibilityNeeds,
    note: row.note,
  })
}

function toFinanceHousehold(row: OpenRow): FinanceHousehold {
  return withEtag(row.version, {
    ...summaryOf(row),
    members: row.members.map((member) => (member.masked ? toMaskedMember(member) : toFinanceMember(member))),
  })
}

const summaryOf = (row: OpenRow): Omit<FinanceHousehold, 'etag' | 'members'> => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  reference: row.reference,
  masked: false,
  name: row.name,
  size: row.size,
  waitingSince: row.waitingSince,
})

type OpenMember = Extract<MemberRow, { masked: false }>

const whoIs = (member: OpenMember): FinanceMember['person'] => ({
  id: member.id,
  reference: member.reference,
  masked: false,
  name: `${member.firstNames} ${member.lastName}`,
  phone: member.phone,
})

const toFinanceMember = (member: OpenMember): FinanceMember => ({ person: whoIs(member), joinedOn: member.joinedOn, leftOn: member.leftOn })

const toMember = (member: OpenMember): HouseholdMember => ({
  person: { ...whoIs(member), birthDate: member.birthDate, languages: member.languages, interpreterNeeded: member.interpreterNeeded },
  joinedOn: member.joinedOn,
  leftOn: member.leftOn,
})

const toMaskedMember = ({ id, version, reference }: Always): MaskedMember => ({
  person: {
    id,
    etag: toMaskedPerson({ id, version, reference }).etag,
    reference,
    masked: true,
    name: null,
    phone: null,
    birthDate: null,
    languages: null,
    interpreterNeeded: null,
  },
  joinedOn: null,
  leftOn: null,
})

export async function getHousehold(ctx: Ctx, id: string): Promise<HouseholdView | null> {
  const reader = readerOf(ctx.actor)
  const [row] = await prepared(ctx.db, `household_${reader}`, (db) =>
    db
      .select(householdColumns(reader, sql.placeholder('today')))
      .from(households)
      .where(and(eq(households.municipalityId, sql.placeholder('municipality')), eq(households.id, sql.placeholder('id')))),
  ).execute({ municipality: ctx.actor.municipalityId, id, today: ctx.today })
  if (!row) return null
  noteHouseholds(ctx, [row])
  return toHouseholdView(reader, row)
}

/** The reading of a household is kept, and of the persons that it shows (L6). */
export function noteHouseholds(ctx: Ctx, rows: readonly HouseholdRow[]): void {
  const shown = rows.filter(({ masked }) => !masked)
  ctx.noteRead(
    'household',
    shown.map(({ id }) => id),
  )
  ctx.noteRead('person', [...new Set(shown.flatMap(({ members }) => (members ?? []).filter(({ masked }) => !masked).map(({ id }) => id)))])
}
