import { expect, test } from 'vitest'
import { besideText, cutEndText } from './bar-text.ts'
import { missingAct } from './missing-act.ts'
import { eventsOf, leadingLease, rowsOf, timelineOf, type TimelineEmptyTimes, type TimelineLease } from './timeline.ts'

const lease = (id: string, startsOn: string, endsOn: string | null, more: Partial<TimelineLease> = {}): TimelineLease => ({
  id,
  reference: id,
  status: 'active',
  term: 'fixedTerm',
  startsOn,
  endsOn,
  agreedEndsOn: endsOn,
  name: id,
  persons: null,
  vacancyBornBy: null,
  endReason: null,
  scope: 'wholeFlat',
  headLeaseId: null,
  ...more,
})
const head = lease('E', '2025-06-01', '2027-05-31', { vacancyBornBy: 'municipality' })
const sub = lease('S', '2025-12-01', '2027-05-31', { agreedEndsOn: null, term: 'indefinite', headLeaseId: 'E' })

const told = (...times: TimelineEmptyTimes['times']): TimelineEmptyTimes => ({ times, isComplete: true })
const before = { startsOn: '2025-06-01', endsOn: '2025-11-30', bornBy: 'municipality' } as const

test('A1 both leases, the days nobody lives there with who pays, and the days the tenant only believes to have', () => {
  const line = timelineOf([head], [sub], told(before), '2026-11-24')
  expect(line === null ? [] : rowsOf(line).map(({ kind, from, to, bornBy, isOpen }) => [kind, from, isOpen ? null : to, bornBy])).toEqual([
    ['head', '2025-06-01', '2027-05-31', null],
    ['empty', '2025-06-01', '2025-11-30', 'municipality'],
    ['sub', '2025-12-01', '2027-05-31', null],
    ['cut', '2027-06-01', null, null],
  ])
  expect(line === null ? [] : eventsOf(line, '2026-11-24').map(({ kind, from }) => `${kind} ${from}`)).toEqual([
    'headStarts 2025-06-01',
    'empty 2025-06-01',
    'subStarts 2025-12-01',
    'today 2026-11-24',
    'subCut 2027-05-31',
    'headEnds 2027-05-31',
  ])
})

test.each([
  [{}, 'none', 'subCut', 'jälleenvuokra päättyy samalla (78 §)'],
  [{ endReason: 'agreement' }, 'right', 'subMayContinue', 'asukas voi jatkaa vuokranantajan vuokralaisena (76 §)'],
  [{ endReason: 'corrected' }, 'open', 'subIsOpen', 'ensivuokra päättyy, oikeus jatkaa on avoin (76, 78 §)'],
] as const)('A1 78 § is told of the cut only where the head lease ends so: %j, %s', (ended, continuation, event, words) => {
  const line = timelineOf([{ ...head, ...ended }], [sub], told(before), '2026-11-24')
  expect(line?.cut.map((cut) => cut.continuation)).toEqual([continuation])
  expect(line === null ? [] : rowsOf(line).flatMap((row) => row.continuation ?? [])).toEqual([continuation])
  expect(line === null ? [] : eventsOf(line, '2026-11-24').map(({ kind }) => kind)).toContain(event)
  expect(cutEndText(continuation)).toBe(words)
})

test('A1 a home without leases has no timeline; a draft head lease gives no empty days', () => {
  expect(timelineOf([], [], told(), '2026-11-24')).toBeNull()
  expect(timelineOf([{ ...head, status: 'draft' }], [], told(), '2026-11-24')?.empty).toEqual([])
})

test('A1 days to come for which nobody is to come are empty, unless leases are hidden: then only what is recorded', () => {
  const short = lease('S', '2025-12-01', '2026-12-31')
  const empty = (times: TimelineEmptyTimes) =>
    timelineOf([head], [short], times, '2026-11-24')?.empty.map(({ from, to, bornBy }) => [from, to, bornBy])
  expect(empty(told(before))).toEqual([
    ['2025-06-01', '2025-11-30', 'municipality'],
    ['2027-01-01', '2027-05-31', 'municipality'],
  ])
  expect(empty({ times: [before], isComplete: false })).toEqual([['2025-06-01', '2025-11-30', 'municipality']])
  // Empty since October by what is told, and the days to come of the same payer: one stretch.
  const since = { startsOn: '2026-10-01', endsOn: null, bornBy: 'municipality' } as const
  expect(timelineOf([head], [lease('S', '2025-06-01', '2026-09-30')], told(since), '2026-11-24')?.empty).toEqual([
    { from: '2026-10-01', to: '2027-05-31', bornBy: 'municipality' },
  ])
})

test('the name beside the axis is the page’s lease, else of who lives there, comes next or was there last', () => {
  const bars = ['2025-01-01', '2026-01-01', '2027-01-01'].map((from) => ({
    lease: lease(from, from, `${from.slice(0, 4)}-12-30`),
    lane: 0,
    from,
    to: `${from.slice(0, 4)}-12-30`,
  }))
  expect(leadingLease(bars, '2025-01-01', '2026-11-24')?.id).toBe('2025-01-01')
  expect(leadingLease(bars, undefined, '2026-11-24')?.id).toBe('2026-01-01')
  expect(leadingLease(bars, undefined, '2026-12-31')?.id).toBe('2027-01-01')
  expect(leadingLease(bars, undefined, '2028-01-01')?.id).toBe('2027-01-01')
  expect(leadingLease([], undefined, '2028-01-01')).toBeNull()
})

test('a long name beside the axis is cut, the size stays', () => {
  const bare = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '')
  expect(bare(besideText({ ...sub, name: 'Hassan', persons: 4 }))).toBe('Hassan, 4 henkeä')
  expect(bare(besideText({ ...sub, name: 'Keski-Suomen Opiskelija-asunnot', persons: null }))).toHaveLength(24)
  expect(bare(besideText({ ...sub, name: 'Mahmoud Abdirahman Yusuf', persons: 11 }))).toMatch(/…, 11 henkeä$/)
})

test('A8 each missing thing has one act, unless it comes by itself or something else comes first', () => {
  const draft = { status: 'draft', missing: [], securityForm: null } as const
  expect(missingAct('tenantMissing', draft)).toBe('nameTenants')
  expect(missingAct('notStarted', draft)).toBeNull()
  expect(missingAct('headLeaseNotActive', draft)).toBe('activateHeadLease')
  expect(missingAct('headLeaseNotActive', { ...draft, missing: [{ code: 'headLeaseNotSigned' }] })).toBeNull()
  expect(missingAct('securityMissing', draft)).toBe('recordSecurity')
  expect(missingAct('securityMissing', { ...draft, status: 'signed' })).toBeNull()
  expect(missingAct('securityMissing', { ...draft, status: 'signed', securityForm: 'deposit' })).toBe('recordSecurity')
})
