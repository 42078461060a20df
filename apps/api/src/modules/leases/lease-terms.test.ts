import { addDays, effectiveTerm, leaseSpan, subleaseSpan, type AgreedTerm } from '@kotoisa/domain'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { LeaseRows, refusal, type Values } from '../../../test/lease-rows.ts'

// What the database keeps whatever writes the rows (docs/architecture.md, Leases), shown on the rows themselves.
const database = await testDatabase()
const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 6 })
const rows = await LeaseRows.inNewMunicipality(pool)
let flat = ''
let household = ''

const addHeadLease = (startsOn: string, endsOn: string | null, values: Values = {}) => rows.addHeadLease(flat, startsOn, endsOn, values)
const addSublease = (headLease: string, startsOn: string, endsOn: string | null, values: Values = {}, db: pg.Pool | pg.PoolClient = pool) =>
  rows.addSublease(headLease, flat, household, startsOn, endsOn, values, db)
const addHousehold = async () => (await rows.addHousehold()).id
const set = (table: string, id: string, values: Values) => rows.set(table, id, values)

interface Lease {
  readonly status: string
  readonly effective: string
  readonly from: string
  readonly last: string | null
  readonly version: number
  readonly protected: boolean
}
const lease = async (table: 'head_leases' | 'subleases', id: string) =>
  (
    await pool.query<Lease>(
      `select status, effective_term as effective, lower(span)::text as from, last_on::text as last, version, ${table === 'subleases' ? 'protected' : 'false as protected'} from ${table} where id = $1`,
      [id],
    )
  ).rows[0] as Lease

beforeEach(async () => {
  flat = await rows.addFlat()
  household = await addHousehold()
})
afterAll(() => pool.end())

describe('what the law makes of a term', () => {
  const short: [string, string][] = [
    ['2026-01-01', '2026-03-31'],
    ['2026-04-01', '2026-06-30'],
    ['2026-07-01', '2026-09-30'],
  ]

  test('the third short term in a row is indefinite, for both leases, and only while the earlier ones stand', async () => {
    for (const [from, to] of short) await addHeadLease(from, to)
    const heads = (await pool.query<{ id: string }>('select id from head_leases where flat_id = $1 order by starts_on', [flat])).rows.map(
      ({ id }) => id,
    )
    expect(await Promise.all(heads.map(async (id) => (await lease('head_leases', id)).effective))).toEqual([
      'fixedTerm',
      'fixedTerm',
      'indefinite',
    ])

    flat = await rows.addFlat()
    const head = await addHeadLease('2026-01-01', '2026-12-31')
    const subs: string[] = []
    for (const [from, to] of short) subs.push(await addSublease(head, from, to))
    expect(await lease('subleases', subs[2] as string)).toMatchObject({ effective: 'indefinite', last: '2026-12-31' })
    await rows.remove('subleases', subs[0] as string)
    expect(await lease('subleases', subs[2] as string)).toMatchObject({ effective: 'fixedTerm', last: '2026-09-30' })
    // put in between again: the later ones follow, and one that would then run into the next is refused
    await addSublease(head, '2026-10-01', '2026-10-31', { household_id: await addHousehold() })
    expect(await refusal(addSublease(head, '2026-01-01', '2026-03-31'))).toBe('subleases_overlap_flat')
  })

  test('another household, a day between and a longer term break the row; an extension is a term of its own', async () => {
    const head = await addHeadLease('2026-01-01', null)
    await addSublease(head, '2026-01-01', '2026-03-31')
    await addSublease(head, '2026-04-01', '2026-06-30')
    const other = await addSublease(head, '2026-07-01', '2026-09-30', { household_id: await addHousehold() })
    expect(await lease('subleases', other)).toMatchObject({ effective: 'fixedTerm' })
    await set('subleases', other, { starts_on: '2026-07-02', household_id: household })
    expect(await lease('subleases', other)).toMatchObject({ effective: 'fixedTerm' })
    await set('subleases', other, { starts_on: '2026-07-01' })
    expect(await lease('subleases', other)).toMatchObject({ effective: 'indefinite', last: null })
    await set('subleases', other, { agreed_ends_on: '2026-10-01' })
    expect(await lease('subleases', other)).toMatchObject({ effective: 'fixedTerm', last: '2026-10-01' })
    await set('subleases', other, { earlier_ends: ['2026-10-01', '2026-12-31', '2027-03-31'], agreed_ends_on: '2027-06-30' })
    expect(await lease('subleases', other)).toMatchObject({ effective: 'indefinite', last: null })
  })

  test('an unwritten term is indefinite', async () => {
    const head = await addHeadLease('2026-01-01', '2026-12-31', { written: false })
    expect(await lease('head_leases', head)).toMatchObject({ effective: 'indefinite', last: null })
  })

  test('agrees with the rule of the domain on any chain of terms', async () => {
    const chain = fc.array(
      fc.record({
        gap: fc.constantFrom(0, 0, 0, 0, 1, 30),
        length: fc.constantFrom(20, 60, 89, 90, 91, 92, 93, 120),
        written: fc.constantFrom(true, true, true, true, true, false),
      }),
      { minLength: 1, maxLength: 7 },
    )
    await fc.assert(
      fc.asyncProperty(chain, async (links) => {
        flat = await rows.addFlat()
        household = await addHousehold()
        const head = await addHeadLease('2025-01-01', null)
        const terms: AgreedTerm[] = []
        let from = '2025-01-01'
        for (const { gap, length, written } of links) {
          from = addDays(from, gap)
          const to = addDays(from, length - 1)
          terms.push({ startsOn: from, endsOn: to, written })
          const id = await addSublease(head, from, to, { written })
          const expected = effectiveTerm(terms)
          expect(await lease('subleases', id)).toMatchObject({ effective: expected, last: expected === 'fixedTerm' ? to : null })
          // what follows an indefinite lease meets it: nothing more to add
          if (expected === 'indefinite') return
          from = addDays(to, 1)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('holds the same days as the rule of the domain', async () => {
    const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2025-01-01', n))
    const someDay = fc.option(day, { nil: null })
    await fc.assert(
      fc.asyncProperty(day, someDay, someDay, someDay, fc.boolean(), async (startsOn, agreed, ended, headEnd, written) => {
        const head = { startsOn: '2025-01-01', endsOn: headEnd }
        const own = {
          startsOn,
          endsOn: agreed,
          effectiveTerm: agreed !== null && written ? ('fixedTerm' as const) : ('indefinite' as const),
          endedOn: ended,
        }
        fc.pre(headEnd === null || (startsOn <= headEnd && (agreed === null || agreed <= headEnd)))
        fc.pre((agreed === null || agreed >= startsOn) && (ended === null || ended >= startsOn))
        flat = await rows.addFlat()
        const headId = await addHeadLease(head.startsOn, headEnd)
        const id = await addSublease(headId, startsOn, agreed, {
          written,
          ended_on: ended,
          end_reason: ended === null ? null : 'agreement',
        })
        const [found, foundHead] = [await lease('subleases', id), await lease('head_leases', headId)]
        expect({ startsOn: foundHead.from, endsOn: foundHead.last }).toEqual(
          leaseSpan({ ...head, effectiveTerm: headEnd === null ? 'indefinite' : 'fixedTerm', endedOn: null }),
        )
        expect({ startsOn: found.from, endsOn: found.last }).toEqual(subleaseSpan(own, head))
      }),
      { numRuns: 25 },
    )
  })
})
