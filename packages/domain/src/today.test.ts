import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { anyDay } from '../test/arbitraries.ts'
import { addDays, addMonths } from './day.ts'
import { emptyLongDays, flatTasks, reasonWithinDays } from './flat-tasks.ts'
import { productChoice, tenancyAct } from './law.ts'
import { missingCodes } from './lease-missing.ts'
import { headLeaseTasks, subleaseTasks, type SubleaseTaskFacts } from './lease-tasks.ts'
import { rankTask, rankTasks, taskKinds, taskSignal, taskSignals, taskSubjects, type Task } from './today.ts'
import { leaseStatuses, leaseTerms, securityForms, vacancyReasons } from './vocabulary.ts'

/** A Tuesday. */
const today = '2026-11-24'

const anyTask: fc.Arbitrary<Task> = fc.record({
  kind: fc.constantFrom(...taskKinds),
  subject: fc.record({ resource: fc.constantFrom(...taskSubjects), id: fc.uuid() }),
  lacks: fc.array(fc.constantFrom(...missingCodes), { maxLength: 3 }),
  dueOn: fc.option(anyDay(2020, 2030)),
  dueFrom: fc.constant('startsOn' as const),
  citation: fc.constantFrom(null, tenancyAct('73 § 1 mom.'), productChoice('home insurance as the lease agrees')),
})
const tasks = fc.array(anyTask, { maxLength: 30 })

describe('the order of what is to be done', () => {
  it('keeps every task, in groups from late to coming, whatever else counts', () => {
    fc.assert(
      fc.property(tasks, anyDay(2020, 2030), (some, day) => {
        const ranked = rankTasks(some, day)
        expect(ranked.map(({ subject }) => subject.id).toSorted()).toEqual(some.map(({ subject }) => subject.id).toSorted())
        const groups = ranked.map(({ signal }) => taskSignals.indexOf(signal))
        expect(groups).toEqual(groups.toSorted((a, b) => a - b))
      }),
    )
  })
  it('is told by its parts: their sum is the place in the list', () => {
    fc.assert(
      fc.property(anyTask, anyDay(2020, 2030), (task, day) => {
        const { points, parts, signal } = rankTask(task, day)
        expect(points).toBe(parts.reduce((sum, part) => sum + part.points, 0))
        expect(parts[0]?.code).toBe(signal)
        expect(parts.some(({ code }) => code === 'law')).toBe(['disclosure', 'permission', 'indefiniteByLaw'].includes(task.kind))
        // What is added to a signal never reaches the next.
        expect(points % 100).toBe(points - (parts[0]?.points ?? 0))
      }),
    )
  })
  it('does not hang on the order in which tasks are found, and one more moves no two of the others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyTask, { selector: ({ subject }) => subject.id, maxLength: 20 }), anyTask, (some, another) => {
        const ids = (found: readonly Task[]) => rankTasks(found, today).map(({ subject }) => subject.id)
        expect(ids(some.toReversed())).toEqual(ids(some))
        expect(ids([...some, another]).filter((id) => some.some(({ subject }) => subject.id === id))).toEqual(
          ids(some.some(({ subject }) => subject.id === another.subject.id) ? [...some, another] : some),
        )
      }),
    )
  })
  it('a task that nobody does never falls back', () => {
    fc.assert(
      fc.property(anyTask, anyDay(2020, 2029), fc.integer({ min: 1, max: 400 }), (task, day, later) => {
        expect(rankTask(task, addDays(day, later)).points).toBeGreaterThanOrEqual(rankTask(task, day).points)
      }),
    )
  })
  test.each([
    [addDays(today, -1), 'late'],
    [today, 'today'],
    ['2026-11-29', 'thisWeek'],
    ['2026-11-30', 'coming'],
    [null, 'coming'],
  ] as const)('%s is %s: a week ends on Sunday', (dueOn, signal) => expect(taskSignal(dueOn, today)).toBe(signal))
})

const anyFacts: fc.Arbitrary<SubleaseTaskFacts> = fc.record({
  id: fc.uuid(),
  status: fc.constantFrom(...leaseStatuses),
  startsOn: anyDay(2026, 2027),
  today: anyDay(2026, 2027),
  hasRent: fc.boolean(),
  subletPermission: fc.boolean(),
  security: fc.record({ form: fc.option(fc.constantFrom(...securityForms)), lodged: fc.boolean() }),
  signedOn: fc.option(anyDay(2026, 2027)),
  term: fc.constantFrom(...leaseTerms),
  effectiveTerm: fc.constantFrom(...leaseTerms),
  written: fc.boolean(),
  endsOn: fc.option(anyDay(2026, 2028)),
  endIsDecided: fc.boolean(),
  tenantCount: fc.integer({ min: 0, max: 2 }),
  headLeaseStatus: fc.constantFrom(...leaseStatuses),
  tenantDisclosed: fc.boolean(),
  landlordDisclosed: fc.boolean(),
  homeInsurance: fc.boolean(),
})

describe('what a lease asks for', () => {
  it('is one task of a kind at most, and nothing once it has ended', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const found of [subleaseTasks(facts), headLeaseTasks(facts)]) {
          const kinds = found.map(({ kind }) => kind)
          expect(new Set(kinds).size).toBe(kinds.length)
          if (facts.status === 'ended') expect(kinds).toEqual([])
          // A draft is completed or signed; what is signed is neither.
          expect(kinds.filter((kind) => kind === 'draft' || kind === 'signature')).toHaveLength(facts.status === 'draft' ? 1 : 0)
          for (const { dueOn, dueFrom } of found) expect(dueOn === null).toBe(dueFrom === null)
        }
      }),
    )
  })
  it('of an end is told half a year ahead, and not after it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const ends = subleaseTasks(facts).find(({ kind }) => kind === 'leaseEnds')
        if (ends === undefined) return
        expect(facts.endIsDecided).toBe(false)
        expect(ends.dueOn).toBe(facts.endsOn)
        expect(facts.today <= (ends.dueOn ?? '') && (ends.dueOn ?? '') <= addMonths(facts.today, 6)).toBe(true)
      }),
    )
  })
  it('leaves out a security whose form was never agreed: a signed lease can no longer agree on one', () => {
    const facts: SubleaseTaskFacts = {
      id: '1',
      status: 'active',
      startsOn: '2026-01-01',
      today,
      hasRent: true,
      subletPermission: true,
      security: { form: null, lodged: false },
      signedOn: '2026-01-01',
      term: 'indefinite',
      effectiveTerm: 'indefinite',
      written: true,
      endsOn: null,
      endIsDecided: false,
      tenantCount: 1,
      headLeaseStatus: 'active',
      tenantDisclosed: true,
      landlordDisclosed: true,
      homeInsurance: true,
    }
    expect(subleaseTasks(facts)).toEqual([])
    expect(subleaseTasks({ ...facts, security: { form: 'deposit', lodged: false } })).toMatchObject([
      { kind: 'missing', lacks: ['securityMissing'], dueOn: '2026-01-01' },
    ])
  })
  it('of an unwritten term is told with its paragraph', () => {
    const [facts] = fc.sample(anyFacts, 1)
    if (facts === undefined) throw new Error('no facts')
    const unwritten = { ...facts, status: 'active', term: 'fixedTerm', effectiveTerm: 'indefinite', written: false, today } as const
    const found = subleaseTasks({ ...unwritten, endsOn: '2026-12-31', endIsDecided: false })
    expect(found.find(({ kind }) => kind === 'indefiniteByLaw')?.citation?.section).toBe('5 § 1 mom.')
  })
})

describe('what an empty home asks for', () => {
  const empty = { id: '1', today, emptyFrom: '2026-06-01', unrecordedFrom: null, reason: 'turnover', isPromised: false } as const
  test.each([
    ['why it is empty, within a week', { unrecordedFrom: today, reason: null }, [['emptyReason', addDays(today, reasonWithinDays)]]],
    ['a household, when it has stood empty for long', {}, [['emptyLong', null]]],
    ['nothing on the day before', { emptyFrom: addDays(today, 1 - emptyLongDays) }, []],
    ['nothing while it is mended', { reason: 'repair' }, []],
    ['nothing when its household is known', { isPromised: true }, []],
  ] as const)('%s', (_name, values, expected) =>
    expect(flatTasks({ ...empty, ...values }).map(({ kind, dueOn }) => [kind, dueOn])).toEqual(expected),
  )
  it('is one thing at most, and its reason first', () => {
    fc.assert(
      fc.property(
        fc.option(anyDay(2026, 2026)),
        anyDay(2025, 2026),
        fc.constantFrom(null, ...vacancyReasons),
        fc.boolean(),
        (from, since, reason, isPromised) => {
          const found = flatTasks({ id: '1', today, unrecordedFrom: from, emptyFrom: since, reason, isPromised })
          expect(found.length).toBeLessThanOrEqual(1)
          if (from !== null) expect(found[0]?.kind).toBe('emptyReason')
        },
      ),
    )
  })
})
