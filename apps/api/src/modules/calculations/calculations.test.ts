import { calculationNames } from '@kotoisa/domain'
import { readFileSync } from 'node:fs'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApp, type AccessApp } from '../../../test/access-app.ts'
import { told } from '../../../test/lease-world.ts'

interface Case {
  readonly calculation: string
  readonly title: string
  readonly input: Record<string, unknown>
  readonly expect: Record<string, unknown>
}
const cases = JSON.parse(readFileSync(new URL('../../../../../packages/domain/test/cases/rules.json', import.meta.url), 'utf8')) as Case[]
let kotoisa: AccessApp
let authorization = ''
beforeAll(async () => {
  kotoisa = await startApp()
  const { email } = await kotoisa.person('laskija@kunta.example', { roles: ['auditor'] })
  authorization = `Bearer ${(await kotoisa.signIn(email)).body.accessToken as string}`
})
const ask = (calculation: string, input: unknown) =>
  request(kotoisa.server)
    .post(`/v1/calculations/${calculation}`)
    .set({ authorization })
    .send(input as object)

describe('the worked cases over HTTP', () => {
  test.each(cases)('$calculation: $title', async ({ calculation, input, expect: expected }) => {
    const { status, body } = await ask(calculation, input)
    expect(status).toBe(200)
    const answer = body as { result: object; steps: object[]; citations: object[]; checkedOn: string }
    expect(answer.result).toMatchObject(expected)
    expect(answer.steps[0]).toMatchObject({
      rule: expect.any(String),
      inputs: expect.any(Object),
      citation: { statute: expect.any(String), section: expect.any(String), checkedOn: expect.any(String) },
    })
    expect(answer.citations.length).toBeGreaterThan(0)
    expect(answer.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  test('cover every calculation that there is', () => {
    expect([...new Set(cases.map(({ calculation }) => calculation))].toSorted()).toEqual([...calculationNames].toSorted())
  })
})

test('a malformed input is 400 with its place, an unanswerable one 422 with a code, an unknown calculation 404; nothing is stored', async () => {
  const told = async (calculation: string, input: unknown) => {
    const { status, body } = await ask(calculation, input)
    return [status, (body as { code: string }).code]
  }
  expect(await told('rent-due', { month: '2024-13', agreedDay: null })).toEqual([400, 'request.malformed'])
  expect(await told('notice-end', {})).toEqual([400, 'request.malformed'])
  expect(await told('default-interest', { principalCents: 100, dueOn: '2026-06-30', paidOn: '2027-01-15', debtor: 'commercial' })).toEqual([
    422,
    'calculation.rateUnknown',
  ])
  expect(await told('state-reimbursement', { ground: 'temporaryProtection', ageAtStart: 30, homeMunicipalityFrom: '2025-03-15' })).toEqual([
    422,
    'calculation.ruleUnknown',
  ])
  expect(await told('prorated-rent', { monthlyRentCents: 100, fromOn: '2025-01-30', toOn: '2025-02-02' })).toEqual([
    422,
    'calculation.notOneMonth',
  ])
  expect(await told('guess', {})).toEqual([404, 'route.notFound'])
  const { rows } = await kotoisa.owner.query<{ n: string }>("select count(*) as n from audit_entries where action like 'calculation%'")
  expect(rows[0]?.n).toBe('0')
})

test('the last month of the calendar has its day', async () => {
  const { status, body } = await ask('rent-due', { month: '2200-12', agreedDay: 31 })
  expect([status, (body as { result: unknown }).result]).toEqual([200, expect.objectContaining({ dueOn: '2200-12-31' })])
  expect((await ask('rent-due', { month: '2201-01', agreedDay: 1 })).status).toBe(400)
})

test('terms that meet are no chain: each later one is told', async () => {
  const terms = [
    { startsOn: '2025-03-01', endsOn: '2025-05-31', written: true },
    { startsOn: '2025-01-01', endsOn: '2025-03-01', written: true },
    { startsOn: '2025-06-01', endsOn: null, written: true },
    { startsOn: '2025-06-01', endsOn: '2025-08-31', written: true },
  ]
  const answer = await ask('term-chain', { terms })
  expect(told(answer)).toEqual([
    422,
    'request.invalid',
    '/terms/0/startsOn calculation.termsOverlap',
    '/terms/3/startsOn calculation.termsOverlap',
  ])
  expect(told(await ask('term-chain', { terms: terms.slice(0, 2) }))).toEqual([
    422,
    'calculation.termsOverlap',
    '/terms/0/startsOn calculation.termsOverlap',
  ])
})

test('every code has a label in the language asked for, and a description that says more', async () => {
  const get = async (language: string) =>
    (await request(kotoisa.server).get('/v1/code-lists').set({ authorization, 'accept-language': language })).body as {
      items: { code: string; values: { value: string; label: string; description: string }[] }[]
    }
  const label = async (language: string) =>
    (await get(language)).items.find(({ code }) => code === 'leaseStatus')?.values.find(({ value }) => value === 'active')?.label
  expect([await label('fi'), await label('sv-FI,sv;q=0.9'), await label('en')]).toEqual([
    'voimassa',
    expect.any(String),
    expect.any(String),
  ])
  for (const { values } of (await get('en')).items)
    for (const { label: shown, description } of values) expect(description.toLowerCase()).not.toBe(shown.toLowerCase())
  for (const { values } of (await get('fi')).items)
    for (const { value, label: shown } of values)
      expect([value, shown !== value || /^[a-z]{2,3}$/.test(value) === false]).toEqual([value, true])
})
