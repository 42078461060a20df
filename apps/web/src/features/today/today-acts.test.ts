import type { HeadLease, HeadLeaseView, RentPart, Sublease, Today, TodayTask } from '@kotoisa/contracts'
import { addDays, type MissingCode, type TaskKind } from '@kotoisa/domain'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answering, json, sessionWith } from '../../../test/answers.ts'
import { today } from '../../lib/today.ts'
import { isOfAll, nextOf } from './next-task.ts'
import type { Subject } from './subject.ts'
import { actOf, type DialogAct } from './task-act.ts'
import { undoOf } from './undo.ts'

const id = '0198c0de-0000-7000-8000-00000000000a'
const task = (kind: TaskKind, values: Partial<TodayTask> = {}): TodayTask =>
  ({ id: `${kind}:${id}`, kind, lacks: [], dueOn: today(), subject: { resource: 'sublease', id, masked: false }, ...values }) as TodayTask

describe('what the button of a row does', () => {
  const opens = { in: 'page', does: 'open', to: `/leases/${id}` }
  const activates = { in: 'dialog', does: 'activate' }
  const lacks: MissingCode[] = ['headLeaseNotActive']

  test('keys are handed over from the first day on; before it the contract is opened', () => {
    expect(actOf(task('keys', { dueOn: addDays(today(), 1) }))).toEqual(opens)
    expect(actOf(task('keys'))).toEqual(activates)
    expect(actOf(task('keys', { dueOn: addDays(today(), -30) }))).toEqual(activates)
  })

  test('where the city has not got the keys itself, that is done first', () => {
    expect(actOf(task('keys', { lacks }))).toEqual({ in: 'dialog', does: 'settle', act: 'activateHeadLease' })
    expect(actOf(task('keys', { lacks, dueOn: addDays(today(), 1) }))).toEqual(opens)
  })
})

describe('what is taken back is as it was before', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })
  afterEach(() => vi.unstubAllGlobals())

  const part: RentPart = { id, kind: 'base', basis: 'fixed', label: null, cents: 60_000, startsOn: '2026-02-01', endsOn: null }
  const { id: _id, ...sentPart } = part
  const lease = { id, etag: '"2"', status: 'draft', term: 'fixedTerm', endsOn: '2027-05-24', rentParts: [part], tenants: [{ id }] }
  const sublease = { layer: 'sublease', lease: lease as unknown as Sublease } satisfies Subject
  const head = { layer: 'headLease', lease: lease as unknown as HeadLeaseView } satisfies Subject
  const saved = { ...lease, etag: '"3"', endsOn: null, term: 'indefinite', rentParts: [part, part] } as unknown as HeadLease

  /** What goes to the API, each on the record as it was saved. */
  async function taken(...acts: readonly (readonly [DialogAct, Subject])[]) {
    const sent = answering(json(sessionWith('one')), ...acts.map(() => json({})))
    for (const [act, before] of acts) await undoOf(act, before, saved)?.()
    const [, ...changes] = sent
    return changes.map(({ method, address, headers, body }) => [headers.get('if-match'), `${method} ${address}`, body])
  }

  test('an extension by its own step back, whatever it was agreed to', async () => {
    const body = { reason: expect.any(String) as string }
    const extend = { in: 'dialog', does: 'extend' } as const
    expect(await taken([extend, sublease], [extend, head])).toEqual([
      ['"3"', `POST /v1/subleases/${id}/revert`, body],
      ['"3"', `POST /v1/head-leases/${id}/revert`, body],
    ])
  })

  test('tenants and rent by those that stood before', async () => {
    const settle = (act: 'nameTenants' | 'addRent') => ({ in: 'dialog', does: 'settle', act }) as const
    expect(await taken([settle('nameTenants'), sublease], [settle('addRent'), sublease], [settle('addRent'), head])).toEqual([
      ['"3"', `PATCH /v1/subleases/${id}`, { tenantIds: [id] }],
      ['"3"', `PATCH /v1/subleases/${id}`, { rentParts: [sentPart] }],
      ['"3"', `PATCH /v1/head-leases/${id}`, { rentParts: [sentPart] }],
    ])
  })
})

describe('that this week’s work is done', () => {
  const answer = (coming: number, late: number, kinds: Today['kinds']): Today => ({
    asOf: today(),
    items: [task('leaseEnds')],
    total: coming + late,
    signals: { late, today: 0, thisWeek: 0, coming },
    kinds,
  })

  test('is said of all tasks alone', () => {
    const ends = { kind: 'leaseEnds', count: 3 } as const
    expect(nextOf(answer(3, 0, [ends]))).toEqual(task('leaseEnds'))
    expect(nextOf(answer(2, 1, [ends]))).toBeUndefined()
    // Of the kind that is looked at nothing presses; another one is late.
    expect(nextOf(answer(3, 0, [ends, { kind: 'disclosure', count: 1 }]))).toBeUndefined()
  })

  test('an empty answer is of all where there is nothing at all', () => {
    expect(isOfAll(answer(0, 0, []))).toBe(true)
    expect(isOfAll(answer(0, 0, [{ kind: 'disclosure', count: 1 }]))).toBe(false)
  })
})
