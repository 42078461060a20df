import { listSubleases, type Access, type TodaySubject } from '@kotoisa/contracts'
import { subleaseTasks, type Task } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import type { TaskSource } from '../today/source.ts'
import { commonFacts, factsAtMost, mayAsk, taskColumns } from './lease-task-facts.ts'
import { statusOf } from './lease-view.ts'
import { isMasked, readerOf, valuesOf, type Reader } from './policy.ts'
import { noteProtected, toSubleaseView, unseenHeadLease } from './read-subleases.ts'
import { selectSubleases, type CityReader } from './sublease-columns.ts'
import { headLeases, subleases } from './table.ts'

const mine = eq(subleases.municipalityId, sql.placeholder('municipality'))

/** Of a landlord's subleases nothing is the landlord's to do here. */
const cityReader = (reader: Reader): CityReader | null => (reader === 'landlord' ? null : reader)

/** What 73 § wants told, and what a tenant shows: kept in columns of subleases alone. */
const lacksItsOwn = sql`${subleases.homeInsuranceShownOn} is null or ${subleases.tenantToldOn} is null or ${subleases.landlordToldOn} is null`

async function tasks(ctx: Ctx): Promise<Task[]> {
  const reader = cityReader(readerOf(ctx.actor))
  if (reader === null) return []
  const rows = await prepared(ctx.db, `sublease_tasks_${reader}`, (db) =>
    db
      .select({
        ...taskColumns(subleases),
        masked: isMasked(reader),
        homeInsuranceShownOn: subleases.homeInsuranceShownOn,
        tenantToldOn: subleases.tenantToldOn,
        landlordToldOn: subleases.landlordToldOn,
        // Of a signed one both are there.
        hasRent: sql<boolean>`${subleases.status} <> 'draft' or exists (
          select from sublease_rent_parts p where p.municipality_id = ${subleases.municipalityId} and p.sublease_id = ${subleases.id})`,
        hasTenant: sql<boolean>`${subleases.status} <> 'draft' or exists (
          select from sublease_tenants t where t.municipality_id = ${subleases.municipalityId} and t.sublease_id = ${subleases.id})`,
        headLeaseStatus: headLeases.status,
        headLeaseStartsOn: headLeases.startsOn,
        headLeaseLastOn: headLeases.lastOn,
        subletPermissionOn: headLeases.subletPermissionOn,
      })
      .from(subleases)
      .innerJoin(headLeases, and(eq(headLeases.municipalityId, subleases.municipalityId), eq(headLeases.id, subleases.headLeaseId)))
      .where(and(mine, mayAsk(subleases, lacksItsOwn)))
      .limit(factsAtMost),
  ).execute(valuesOf(ctx.actor, ctx.today))
  return rows.flatMap((row) => {
    const head = row.masked ? { ...row, ...unseenHeadLease, headLeaseStartsOn: row.startsOn } : row
    return subleaseTasks({
      ...commonFacts(row, ctx.today),
      hasRent: row.hasRent,
      tenantCount: row.hasTenant ? 1 : 0,
      subletPermission: head.subletPermissionOn !== null,
      headLeaseStatus: statusOf(
        { status: head.headLeaseStatus, startsOn: head.headLeaseStartsOn, lastOn: head.headLeaseLastOn },
        ctx.today,
      ),
      tenantDisclosed: row.tenantToldOn !== null,
      landlordDisclosed: row.landlordToldOn !== null,
      homeInsurance: row.homeInsuranceShownOn !== null,
    })
  })
}

/** Read and told as the list does, so that what the list masks is masked here. */
async function describe(ctx: Ctx, ids: readonly string[]): Promise<TodaySubject[]> {
  const reader = cityReader(readerOf(ctx.actor))
  if (reader === null) return []
  const rows = await prepared(ctx.db, `sublease_task_subjects_${reader}`, (db) =>
    selectSubleases(db, reader).where(and(mine, sql`${subleases.id} = any (${sql.placeholder('ids')}::uuid[])`)),
  ).execute({ ...valuesOf(ctx.actor, ctx.today), ids: [...ids] })
  noteProtected(ctx, rows)
  return rows.map((row) => {
    const { id, reference, status, masked, household, householdSize, flat, landlord } = toSubleaseView(row, ctx.today)
    return {
      resource: 'sublease',
      id,
      reference,
      status,
      masked,
      household,
      householdSize,
      flat,
      landlord,
      emptyFrom: null,
      emptyBecause: null,
    }
  })
}

const access: Access = listSubleases.config.access
export const subleaseTaskSource: TaskSource = { resource: 'sublease', access, tasks, describe }
