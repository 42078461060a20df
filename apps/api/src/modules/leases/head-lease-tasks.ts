import { listHeadLeases, type Access, type TodaySubject } from '@kotoisa/contracts'
import { headLeaseTasks, type Task } from '@kotoisa/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../platform/context.ts'
import { prepared } from '../../platform/database.ts'
import { flats } from '../homes/table.ts'
import { landlords } from '../landlords/table.ts'
import type { TaskSource } from '../today/source.ts'
import { commonFacts, factsAtMost, mayAsk, taskColumns } from './lease-task-facts.ts'
import { statusOf } from './lease-view.ts'
import { headLeases } from './table.ts'

const mine = eq(headLeases.municipalityId, sql.placeholder('municipality'))
const values = ({ actor, today }: Ctx) => ({ municipality: actor.municipalityId, today })

async function tasks(ctx: Ctx): Promise<Task[]> {
  const rows = await prepared(ctx.db, 'head_lease_tasks', (db) =>
    db
      .select({
        ...taskColumns(headLeases),
        subletPermissionOn: headLeases.subletPermissionOn,
        // Of a signed one rent is there. The columns are named whole: alone in a statement they would be the part's own.
        hasRent: sql<boolean>`${headLeases.status} <> 'draft' or exists (
          select from head_lease_rent_parts p where p.municipality_id = head_leases.municipality_id and p.head_lease_id = head_leases.id)`,
      })
      .from(headLeases)
      .where(and(mine, mayAsk(headLeases, sql`${headLeases.subletPermissionOn} is null`)))
      .limit(factsAtMost),
  ).execute(values(ctx))
  return rows.flatMap((row) =>
    headLeaseTasks({ ...commonFacts(row, ctx.today), hasRent: row.hasRent, subletPermission: row.subletPermissionOn !== null }),
  )
}

async function describe(ctx: Ctx, ids: readonly string[]): Promise<TodaySubject[]> {
  const rows = await prepared(ctx.db, 'head_lease_task_subjects', (db) =>
    db
      .select({
        id: headLeases.id,
        reference: headLeases.reference,
        status: headLeases.status,
        startsOn: headLeases.startsOn,
        lastOn: headLeases.lastOn,
        flatId: flats.id,
        flatReference: flats.reference,
        flatAddress: flats.address,
        flatPostalCode: flats.postalCode,
        flatPostOffice: flats.postOffice,
        landlordId: landlords.id,
        landlordName: landlords.name,
      })
      .from(headLeases)
      .innerJoin(flats, and(eq(flats.municipalityId, headLeases.municipalityId), eq(flats.id, headLeases.flatId)))
      .innerJoin(landlords, and(eq(landlords.municipalityId, headLeases.municipalityId), eq(landlords.id, headLeases.landlordId)))
      .where(and(mine, sql`${headLeases.id} = any (${sql.placeholder('ids')}::uuid[])`)),
  ).execute({ ...values(ctx), ids: [...ids] })
  return rows.map((row) => ({
    resource: 'headLease',
    id: row.id,
    reference: row.reference,
    status: statusOf(row, ctx.today),
    masked: false,
    household: null,
    householdSize: null,
    flat: {
      id: row.flatId,
      reference: row.flatReference,
      address: row.flatAddress,
      postalCode: row.flatPostalCode,
      postOffice: row.flatPostOffice,
    },
    landlord: { id: row.landlordId, name: row.landlordName },
    emptyFrom: null,
    emptyBecause: null,
  }))
}

const access: Access = listHeadLeases.config.access
export const headLeaseTaskSource: TaskSource = { resource: 'headLease', access, tasks, describe }
