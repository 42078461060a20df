import type { HeadLeaseTaskFacts } from '@kotoisa/domain'
import { sql, type SQL } from 'drizzle-orm'
import { statusOf } from './lease-view.ts'
import type { headLeases, subleases } from './table.ts'

type Table = typeof headLeases | typeof subleases

/** What both leases are looked at by for tasks; nothing of the home or the people. */
export const taskColumns = <T extends Table>(table: T) => ({
  id: table.id,
  status: table.status,
  startsOn: table.startsOn,
  endsOn: table.endsOn,
  endReason: table.endReason,
  lastOn: table.lastOn,
  term: table.term,
  effectiveTerm: table.effectiveTerm,
  written: table.written,
  securityForm: table.securityForm,
  securityLodgedOn: table.securityLodgedOn,
  signedOn: table.signedOn,
})
type Row = Pick<typeof headLeases.$inferSelect, keyof ReturnType<typeof taskColumns>>

const today = sql`${sql.placeholder('today')}::date`

/** Not over yet, and by its own columns something may be asked for: signing, keys, security, its end. The rule decides. */
export const mayAsk = (table: Table, also: SQL): SQL => sql`(${table.status} <> 'active'
  or ${table.securityLodgedOn} is null and ${table.securityForm} <> 'none'
  or ${table.endsOn} <= ${today} + interval '6 months'
  or ${also}) and (${table.status} = 'draft' or ${table.lastOn} is null or ${table.lastOn} >= ${today})`

/** More leases than any city has open at once: a bound, not a page. */
export const factsAtMost = 20_000

/** What the rules of both leases go by. */
export const commonFacts = (row: Row, day: string): Omit<HeadLeaseTaskFacts, 'hasRent' | 'subletPermission'> => ({
  id: row.id,
  status: statusOf(row, day),
  startsOn: row.startsOn,
  today: day,
  security: { form: row.securityForm, lodged: row.securityLodgedOn !== null },
  signedOn: row.signedOn,
  term: row.term,
  effectiveTerm: row.effectiveTerm,
  written: row.written,
  endsOn: row.endsOn,
  // A last day that was corrected is an agreed one again.
  endIsDecided: row.endReason !== null && row.endReason !== 'corrected',
})
