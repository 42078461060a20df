import type { RecordDisclosure } from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { WriteCtx } from '../../platform/context.ts'
import { lockSublease, saveSublease } from './save.ts'
import { futureFaults } from './terms.ts'

/**
 * What was told under 73 §. It never blocks a lease; telling the landlord opens the tenant's name and phone to it, unless
 * the tenant is protected (domain 3.2). Without a day a wrong record is taken back, and what it opened is closed again.
 */
export async function recordSubleaseDisclosure(
  ctx: WriteCtx,
  id: string,
  ifMatch: string | undefined,
  { to, disclosedOn, channel }: RecordDisclosure,
): Promise<void> {
  const before = await lockSublease(ctx, id, ifMatch)
  DomainError.all(futureFaults(disclosedOn, '/disclosedOn', ctx.today))
  // Nothing taken back is nothing to tell the log of.
  if (disclosedOn === null && (to === 'tenant' ? before.tenantToldOn : before.landlordToldOn) === null)
    throw new DomainError('lease.notTold')
  const by = disclosedOn === null ? null : (channel ?? null)
  await saveSublease(
    ctx,
    before,
    to === 'tenant' ? { tenantToldOn: disclosedOn, tenantToldBy: by } : { landlordToldOn: disclosedOn, landlordToldBy: by },
    { verb: disclosedOn === null ? 'disclosureTakenBack' : 'disclosed' },
  )
}
