import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sublease, told, type Body, type LeaseWorld } from '../../../test/lease-world.ts'
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
const at = (lease: { id: unknown }, command = '') => `/v1/subleases/${String(lease.id)}${command && `/${command}`}`
const codes = (list: unknown) =>
  (list as { code: string; blocks: string | null }[]).map(({ code, blocks }) => `${code}${blocks === null ? '' : ` ${blocks}`}`)

describe('what the law makes of it', () => {
  test('a third short term in a row shows as indefinite with its paragraph, and a fixed head lease cuts it', async () => {
    const other = await world.addFlat()
    const fixed = await world.activeHeadLease(other, { term: 'fixedTerm', endsOn: '2027-12-31' })
    const short = [
      ['2026-12-01', '2027-02-28'],
      ['2027-03-01', '2027-05-31'],
      ['2027-06-01', '2027-08-31'],
    ]
    const made = []
    for (const [startsOn, endsOn] of short)
      made.push(await world.made('/v1/subleases', { ...sublease(fixed.id, household), term: 'fixedTerm', startsOn, endsOn }))
    expect(made[2]).toMatchObject({ term: 'fixedTerm', endsOn: '2027-08-31', effectiveTerm: 'indefinite', effectiveEndsOn: '2027-12-31' })
    expect(codes(made[2]?.['warnings']).map((code) => code.split(' ')[0])).toEqual([
      'termIsIndefiniteByLaw',
      'indefiniteUnderFixedHeadLease',
    ])
    const next = await world.send('post', '/v1/subleases', { ...sublease(fixed.id, await world.addHousehold()), startsOn: '2027-09-01' })
    expect(next.body).toMatchObject({ code: 'lease.overlap', params: { id: made[2]?.id } })
  })

  test('under a head lease that was ended by agreement the tenant may go on (76 §); a corrected day leaves that open', async () => {
    const end = (reason: string) => world.done(`/v1/head-leases/${head.id}/end`, { endsOn: '2027-06-30', reason })
    await end('agreement')
    const made = await draft()
    const warned = async () =>
      ((await world.get(at(made))).body.warnings as { code: string; params: unknown; citation: { section: string } }[]).map(
        ({ code, params, citation }) => ({ code, params, section: citation.section }),
      )
    const params = { endsOn: '2027-06-30' }
    expect(await warned()).toEqual([{ code: 'mayContinueWithLandlord', params, section: '76 § 1 mom. 1 kohta, 77 § 1 mom.' }])
    await end('corrected')
    expect(await warned()).toEqual([{ code: 'continuationIsOpen', params, section: '76 § 1 mom., 78 §' }])
  })

  test('an unwritten term is indefinite', async () => {
    expect(await draft({ term: 'fixedTerm', endsOn: '2026-12-31', written: false })).toMatchObject({
      term: 'fixedTerm',
      effectiveTerm: 'indefinite',
      effectiveEndsOn: null,
    })
  })

  test('what was told under 73 § is recorded with its day and channel', async () => {
    const made = await draft()
    expect(await world.done(at(made, 'disclosures'), { to: 'tenant', disclosedOn: '2026-11-20', channel: 'handedOver' })).toMatchObject({
      disclosures: { tenant: { disclosedOn: '2026-11-20', channel: 'handedOver' }, landlord: null },
    })
    expect(told(await world.change('post', at(made, 'disclosures'), { to: 'landlord', disclosedOn: '2026-11-25' }))).toEqual([
      422,
      'date.inFuture',
      '/disclosedOn date.inFuture',
    ])
    const both = await world.done(at(made, 'disclosures'), { to: 'landlord', disclosedOn: '2026-11-24' })
    expect(codes(both['missing'])).toEqual(['securityMissing', 'homeInsuranceMissing'])
  })
})
