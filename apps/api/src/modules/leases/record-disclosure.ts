import type { RecordDisclosure } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { lockSublease, saveSublease } from './save.ts'
import { futureFaults } from './terms.ts'

/**
 * What was told under 73 §. It never blocks a lease; telling the landlord opens the tenant's name and phone to it, unless
 * the tenant is protected (domain 3.2).
 */
export async function recordSubleaseDisclosure(
  ctx: WriteCtx,
  id: string,
  ifMatch: string | undefined,
  { to, disclosedOn, channel }: RecordDisclosure,
): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  DomainError.all(futureFaults(disclosedOn, '/disclosedOn', ctx.today))
  const by = channel ?? null
  await saveSublease(
    ctx,
    before,
    to === 'tenant' ? { tenantToldOn: disclosedOn, tenantToldBy: by } : { landlordToldOn: disclosedOn, landlordToldBy: by },
    { verb: 'disclosed' },
  )
}
