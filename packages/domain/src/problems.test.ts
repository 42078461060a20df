import { describe, expect, it } from 'vitest'
import { explain, step } from './explain.ts'
import { DomainError, problemStatus, problems } from './problems.ts'

describe('a problem', () => {
  it('has a code of a noun and what is wrong, and a kind with a status', () => {
    for (const [code, { kind }] of Object.entries(problems)) {
      expect(code).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
      expect(problemStatus[kind]).toBeGreaterThanOrEqual(400)
    }
  })
  it('carries its place as a fault', () => {
    const error = new DomainError('date.reversed', { from: 'a' }, { pointer: '/endsOn' })
    expect(error).toMatchObject({
      kind: 'invalid',
      status: 422,
      faults: [{ code: 'date.reversed', params: { from: 'a' }, pointer: '/endsOn' }],
    })
    expect(new DomainError('record.notFound').faults).toEqual([])
  })
  it('is not thrown without faults', () => expect(() => DomainError.all([])).not.toThrow())
  it('keeps the code of a single fault', () => {
    expect(() => DomainError.all([{ code: 'date.reversed', pointer: '/endsOn' }])).toThrow(
      expect.objectContaining({ code: 'date.reversed', pointer: '/endsOn' }),
    )
  })
  it('tells several faults at once as 422', () => {
    const faults = [
      { code: 'date.reversed', pointer: '/endsOn' },
      { code: 'identifier.taken', pointer: '/businessId' },
    ] as const
    expect(() => DomainError.all(faults)).toThrow(expect.objectContaining({ code: 'request.invalid', status: 422, faults }))
  })
  it('stays a 409 when all faults are conflicts', () => {
    const faults = [{ code: 'lease.rentMissing' }, { code: 'lease.tenantMissing' }] as const
    expect(() => DomainError.all(faults)).toThrow(expect.objectContaining({ code: 'lease.rentMissing', status: 409, faults }))
  })
})

describe('an explanation', () => {
  const cite = (section: string, checkedOn: string) => ({ statute: '481/1995', section, checkedOn })
  it('gathers each citation once and is as fresh as its oldest source', () => {
    const told = explain(1, [
      step('a', {}, 1, cite('12 §', '2025-02-28'), [
        step('b', {}, 1, cite('34 §', '2024-01-01')),
        step('c', {}, 1, cite('12 §', '2025-02-28')),
      ]),
    ])
    expect(told.citations.map(({ section }) => section)).toEqual(['12 §', '34 §'])
    expect(told.checkedOn).toBe('2024-01-01')
  })
  it('without a step is a fault of the program', () => expect(() => explain(1, [])).toThrow(RangeError))
})
