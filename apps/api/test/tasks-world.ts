import type { Today, TodayTask } from '@kotoisa/contracts'
import { sublease, type As, type Body, type LeaseWorld } from './lease-world.ts'

/** A Tuesday; the world of tests stands still on it. */
export const today = '2026-11-24'

interface Home {
  readonly flat: string
  readonly head: { readonly id: string; readonly reference: string }
  readonly household: { readonly id: string; readonly tenant: string }
  readonly lease: { readonly id: string; readonly reference: string }
}

/** Homes with leases for the first screen, and what it says of them. */
export function tasksWorld(world: LeaseWorld) {
  /** A home whose sublease lacks nothing but what is said. */
  async function home(values: Body = {}, { head = {}, told = true }: { head?: Body; told?: boolean } = {}): Promise<Home> {
    const flat = await world.addFlat()
    const household = await world.addHousehold('Esimerkki', 1)
    const above = await world.activeHeadLease(flat, head)
    const lease = await world.made('/v1/subleases', {
      ...sublease(above.id, household),
      securityForm: 'none',
      homeInsuranceShownOn: today,
      ...values,
    })
    if (told) for (const to of ['tenant', 'landlord']) await world.done(`/v1/subleases/${lease.id}/disclosures`, { to, disclosedOn: today })
    return { flat, head: above, household, lease: { id: lease.id, reference: lease['reference'] as string } }
  }
  const sign = ({ lease }: Home, signedOn = '2026-11-20') => world.done(`/v1/subleases/${lease.id}/sign`, { signedOn })
  const activate = ({ lease }: Home, activeOn = today) => world.done(`/v1/subleases/${lease.id}/activate`, { activeOn })
  async function lived(values: Body = {}, options: { head?: Body; told?: boolean } = {}): Promise<Home> {
    const made = await home(values, options)
    await sign(made)
    await activate(made)
    return made
  }

  const ask = async (query = '', as?: As): Promise<Today> => (await world.get(`/v1/today${query}`, as)).body as Today
  const about = ({ items }: Today, ...ids: string[]): TodayTask[] => items.filter(({ subject }) => ids.includes(subject.id))
  const tasksOf = async (...ids: string[]) => about(await ask('?limit=200'), ...ids)
  const short = (tasks: readonly TodayTask[]) => tasks.map(({ kind, signal, dueOn, lacks }) => [kind, signal, dueOn, ...lacks])
  return { home, sign, activate, lived, ask, about, tasksOf, short }
}
