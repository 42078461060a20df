import type { OwnHomes } from '@kotoisa/contracts'
import { roles } from '@kotoisa/domain'
import { describe, expect, test } from 'vitest'
import { sublease, told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { world } = await moduleWorld()
const path = '/v1/own-homes'
const today = '2026-11-24'

const homesOf = async (landlord = world.landlord) => (await world.get(path, await world.as('landlord', landlord))).body as OwnHomes
const homeOf = async (flat: string) => (await homesOf()).homes.find((home) => home.flat.id === flat)

async function letHome(flat: string, terms: Body = {}) {
  const household = await world.addHousehold()
  const head = await world.activeHeadLease(flat)
  const { id } = await world.made('/v1/subleases', { ...sublease(head.id, household), ...terms })
  await world.done(`/v1/subleases/${id}/sign`, { signedOn: '2026-01-20' })
  return { household, head, id }
}

describe('H1 a landlord’s own homes', () => {
  test('each with its leases as the own lists tell them, past ones and drafts of subleases left out', async () => {
    const flat = await world.addFlat()
    const { head, id: past } = await letHome(flat, { startsOn: '2026-01-01', term: 'fixedTerm', endsOn: '2026-05-31' })
    const made = async (terms: Body) =>
      (await world.made('/v1/subleases', { ...sublease(head.id, await world.addHousehold()), ...terms })).id
    const id = await made({ startsOn: '2026-06-01', term: 'fixedTerm', endsOn: '2027-05-31' })
    await world.done(`/v1/subleases/${id}/sign`, { signedOn: '2026-05-20' })
    const draft = await made({ startsOn: '2027-06-01' })
    const as = await world.as('landlord')
    const home = await homeOf(flat)
    const one = async (url: string) => (await world.get(url, as)).body as Body
    const all = (await one(`/v1/subleases?flatId=${flat}`))['items'] as readonly { readonly id: string }[]
    expect(all.map((lease) => lease.id).toSorted()).toEqual([past, id, draft].toSorted())
    expect(home).toEqual({
      flat: await one(`/v1/flats/${flat}`),
      headLeases: [await one(`/v1/head-leases/${head.id}`)],
      subleases: [await one(`/v1/subleases/${id}`)],
      empty: null,
    })
    expect((await homesOf()).asOf).toBe(today)
  })

  test('an empty home tells since when, why, until when and who pays: as recorded, else as the head lease agrees', async () => {
    const [recorded, unrecorded, never] = [await world.addFlat(), await world.addFlat(), await world.addFlat()]
    await letHome(recorded, { term: 'fixedTerm', endsOn: '2026-10-31' })
    const span = { startsOn: '2026-11-01', endsOn: '2026-12-31' }
    await world.made('/v1/vacancies', { flatId: recorded, ...span, reason: 'repair', bornBy: 'landlord', note: 'Kaupungin oma' })
    await letHome(unrecorded, { term: 'fixedTerm', endsOn: '2026-09-30' })
    await world.activeHeadLease(never, { vacancyBornBy: null })
    expect((await homeOf(recorded))?.empty).toEqual({ ...span, reason: 'repair', bornBy: 'landlord' })
    expect((await homeOf(unrecorded))?.empty).toEqual({ startsOn: '2026-10-01', endsOn: null, reason: null, bornBy: 'municipality' })
    expect((await homeOf(never))?.empty).toEqual({ startsOn: '2026-01-01', endsOn: null, reason: null, bornBy: null })
  })

  test('the tenant of a protected household is never told, and nothing sets the home apart from one not told yet', async () => {
    const [flat, other] = [await world.addFlat(), await world.addFlat()]
    const { id, household } = await letHome(flat)
    await world.done(`/v1/subleases/${id}/disclosures`, { to: 'landlord', disclosedOn: '2026-11-20' })
    const name = (await homeOf(flat))?.subleases[0]?.tenant?.name ?? ''
    expect(name).not.toBe('')
    await letHome(other)
    await world.protect(household.tenant)
    const [hidden, untold] = [(await homeOf(flat))?.subleases[0], (await homeOf(other))?.subleases[0]]
    expect([hidden?.tenant, hidden?.tenantDisclosure]).toEqual([null, 'byCity'])
    expect([untold?.tenant, untold?.tenantDisclosure]).toEqual([null, 'byCity'])
    const answer = JSON.stringify(await homesOf())
    expect(answer).not.toContain(`"name":"${name}"`)
    expect(answer).not.toContain(household.id)
  })

  test('another landlord sees its own alone, and nobody else may ask', async () => {
    const flat = await world.addFlat()
    await letHome(flat)
    expect((await homesOf(await world.addLandlord('Toinen säätiö'))).homes).toEqual([])
    for (const role of roles.filter((one) => one !== 'landlord'))
      expect([role, ...told(await world.get(path, await world.as(role)))]).toEqual([role, 403, 'access.denied'])
    expect(
      told(await world.get(path, await world.asClient(['flats:read', 'head-leases:read', 'subleases:read', 'vacancies:read']))),
    ).toEqual([403, 'access.denied'])
  })
})
