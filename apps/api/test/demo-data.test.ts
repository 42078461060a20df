import { beforeAll, expect, test } from 'vitest'
import { demoPassword } from '../src/demo/cast.ts'
import { seed } from '../src/seed.ts'
import { startApp, type AccessApp } from './access-app.ts'

let kotoisa: AccessApp
beforeAll(async () => {
  kotoisa = await startApp({ config: { demoData: true } })
  await seed({ ...kotoisa.deps, ownerUrl: kotoisa.database.ownerUrl })
}, 120_000)

type Item = Record<string, unknown>
async function read(email: string): Promise<(path: string) => Promise<{ items: Item[]; totalCount: number }>> {
  const { body } = await kotoisa.signIn(email, demoPassword)
  return async (path) => {
    const answer = await kotoisa.app.inject({ url: path, headers: { authorization: `Bearer ${body.accessToken as string}` } })
    expect([path, answer.statusCode]).toEqual([path, 200])
    return answer.json()
  }
}

test('M5 the demo has homes and leases in every state, 40 of them active, made by commands up to the day of seeding', async () => {
  const get = await read('koordinaattori@jyvaskyla.example')
  const count = async (path: string) => (await get(`/v1/${path}${path.includes('?') ? '&' : '?'}count=true&limit=1`)).totalCount
  expect([await count('landlords'), await count('areas'), await count('flats')]).toEqual([3, 12, 60])
  expect(await count('subleases')).toBeGreaterThanOrEqual(60)
  expect(await count('subleases?status=active')).toBe(40)
  for (const status of ['draft', 'signed', 'ended']) expect([status, await count(`subleases?status=${status}`)]).not.toEqual([status, 0])
  const { items } = await get('/v1/subleases?sort=-startsOn&limit=200')
  expect(items.some(({ startsOn }) => String(startsOn) >= '2026-11-01')).toBe(true)
  expect(items.some(({ startsOn }) => String(startsOn) <= '2025-12-31')).toBe(true)
  expect((await get('/v1/landlords')).items.every(({ nonprofit }) => nonprofit === true)).toBe(true)
})

test('M5, M7 a household in it is protected, and the second municipality sees nothing of the first', async () => {
  const asFinance = await read('talous@jyvaskyla.example')
  expect((await asFinance('/v1/subleases?limit=200')).items.filter(({ masked }) => masked === true).length).toBeGreaterThan(0)
  const elsewhere = await read('koordinaattori@tampere.example')
  for (const noun of ['flats', 'subleases', 'head-leases', 'households', 'persons'])
    expect((await elsewhere(`/v1/${noun}`)).items).toEqual([])
  expect((await elsewhere('/v1/landlords')).items).toMatchObject([{ name: 'Tampereen Esimerkkikodit' }])
})
