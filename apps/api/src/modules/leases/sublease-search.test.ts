import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sublease, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

let world: LeaseWorld
let flat = ''
let head = { id: '', reference: '' }
let household = { id: '', tenant: '' }

beforeAll(async () => {
  ;({ world } = await moduleWorld())
})
beforeEach(async () => {
  flat = await world.addFlat()
  household = await world.addHousehold()
  head = await world.activeHeadLease(flat)
})
const draft = (change: Body = {}) => world.made('/v1/subleases', { ...sublease(head.id, household), ...change })

describe('search', () => {
  test('takes a reference or its beginning as one word: its own, its flat’s, its household’s; what only shares a number stays out', async () => {
    await draft()
    const home = await world.made('/v1/flats', {
      landlordId: world.landlord,
      buildingId: world.building,
      apartment: { letter: 'K', number: '12', splitter: null },
      roomCount: 2,
      squareMetres: 50,
      lift: false,
      maxPersons: 4,
    })
    const { id: personId } = await world.made('/v1/persons', {
      firstNames: 'Aino',
      lastName: 'Haettu',
      migriNumber: 'HAKU1234',
      birthDate: '1990-01-01',
    })
    const people = await world.made('/v1/households', { name: 'Haettu', members: [{ personId, joinedOn: '2026-01-01' }] })
    const own = await world.activeHeadLease(home.id)
    const made = await world.made('/v1/subleases', sublease(own.id, { id: people.id, tenant: personId }))
    const [flatReference, householdReference, reference] = [home, people, made].map((one) => String(one['reference']))
    const found = async (q: string, as?: string) => {
      const { body } = await world.get(`/v1/subleases?q=${encodeURIComponent(q)}`, as)
      return (body as { items: Body[] }).items.map(({ id }) => id)
    }
    const number = String(reference?.split('-')[2])
    for (const q of [reference, flatReference, householdReference, reference?.toLowerCase(), `${flatReference} haettu`, 'K-12 haettu'])
      expect([q, await found(String(q))]).toEqual([q, [made.id]])
    expect(await found('S-2026-')).toContain(made.id)
    expect(await found(number)).toContain(made.id)
    for (const q of [`K-2026-${number}`, `H-2026-${number}`, `X-2026-${number}`, `K-2026-${number} haettu`, 'K-2025'])
      expect([q, await found(q)]).toEqual([q, []])
    const landlord = await world.as('landlord')
    expect(await found(String(flatReference), landlord)).toEqual([made.id])
    expect(await found(String(householdReference), landlord)).toEqual([])
    const heads = await world.get(`/v1/head-leases?q=${flatReference}`)
    expect((heads.body as { items: Body[] }).items.map(({ id }) => id)).toEqual([own.id])
  })
})
