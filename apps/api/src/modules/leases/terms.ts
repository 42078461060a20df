import type { CityContact, NewRentPart } from '@kotoisa/contracts'
import {
  laterOf,
  rentOn,
  securityCap,
  type Citation,
  type Day,
  type Fault,
  type LeaseTerm,
  type SecurityForm,
  type SubsidisedRentRule,
} from '@kotoisa/domain'
import type { RentPartRow } from './table.ts'

/** The terms that both leases have, as their tables keep them. */
export interface Terms {
  readonly term: LeaseTerm
  readonly written: boolean
  readonly startsOn: Day
  readonly agreedEndsOn: Day | null
  readonly dueDay: number | null
  readonly securityCents: number | null
  readonly securityForm: SecurityForm | null
  readonly securityLodgedOn: Day | null
  readonly cityContact: CityContact | null
  readonly note: string | null
  readonly paperLocation: string | null
}

/** The same as a body has them. */
export type TermsBody = { readonly [Name in Exclude<keyof Terms, 'agreedEndsOn'>]?: Terms[Name] | undefined } & {
  readonly endsOn?: Day | null | undefined
}

/** A merge patch over known terms. */
export function patchTerms(before: Terms, body: TermsBody): Terms {
  const kept = <Name extends keyof Terms & keyof TermsBody>(name: Name): Terms[Name] =>
    body[name] === undefined ? before[name] : (body[name] as Terms[Name])
  return {
    term: kept('term'),
    written: kept('written'),
    startsOn: kept('startsOn'),
    agreedEndsOn: body.endsOn === undefined ? before.agreedEndsOn : body.endsOn,
    dueDay: kept('dueDay'),
    securityCents: kept('securityCents'),
    securityForm: kept('securityForm'),
    securityLodgedOn: kept('securityLodgedOn'),
    cityContact: kept('cityContact'),
    note: kept('note'),
    paperLocation: kept('paperLocation'),
  }
}

/** The terms of a new lease. */
export const newTerms = (body: TermsBody & Pick<Terms, 'term' | 'startsOn'>): Terms =>
  patchTerms(
    {
      term: body.term,
      written: true,
      startsOn: body.startsOn,
      agreedEndsOn: null,
      dueDay: null,
      securityCents: null,
      securityForm: null,
      securityLodgedOn: null,
      cityContact: null,
      note: null,
      paperLocation: null,
    },
    body,
  )

/** A part of the rent before it has an id. */
export type Rent = Omit<RentPartRow, 'id'>

export const toRent = (part: NewRentPart, startsOn: Day): Rent => ({
  kind: part.kind,
  basis: part.basis ?? 'fixed',
  label: part.label ?? '',
  cents: part.cents,
  startsOn: part.startsOn ?? startsOn,
  endsOn: part.endsOn ?? null,
})

/** Without the ids of rows and in one order, as the log and a comparison have it. */
export const toRents = (parts: readonly Rent[]): Rent[] =>
  parts
    .map(({ kind, basis, label, cents, startsOn, endsOn }) => ({ kind, basis, label, cents, startsOn, endsOn }))
    .sort((one, other) => (`${one.startsOn} ${one.kind} ${one.label}` < `${other.startsOn} ${other.kind} ${other.label}` ? -1 : 1))

/** The rent after a patch: the list that was sent, or the parts as they are; those that began with the lease move with its first day. */
export const patchRent = (
  before: readonly Rent[],
  sent: readonly NewRentPart[] | undefined,
  startsOn: { readonly before: Day; readonly after: Day },
): Rent[] =>
  sent?.map((part) => toRent(part, startsOn.after)) ??
  toRents(before).map((part) => (part.startsOn === startsOn.before ? { ...part, startsOn: startsOn.after } : part))

const isSameKind = (one: Rent, other: Rent): boolean => one.kind === other.kind && one.label === other.label

const meet = (one: Rent, other: Rent): boolean =>
  isSameKind(one, other) && (other.endsOn === null || one.startsOn <= other.endsOn) && (one.endsOn === null || other.startsOn <= one.endsOn)

/** Faults of rent parts in themselves, against the lease's days, and of an index where the flat's rent is cost-based (32 §). */
export function rentFaults(
  parts: readonly Rent[],
  lease: { readonly startsOn: Day; readonly lastOn: Day | null },
  rentRule: SubsidisedRentRule,
  pointerOf = (index: number) => `/rentParts/${index}`,
): Fault[] {
  return parts.flatMap((part, index): Fault[] => {
    const pointer = pointerOf(index)
    const faults: Fault[] = []
    if (part.startsOn < lease.startsOn || (lease.lastOn !== null && part.startsOn > laterOf(lease.startsOn, lease.lastOn))) {
      faults.push({
        code: 'rentPart.outsideLease',
        params: { startsOn: lease.startsOn, endsOn: lease.lastOn },
        pointer: `${pointer}/startsOn`,
      })
    }
    if (part.endsOn !== null && part.endsOn < part.startsOn) {
      faults.push({ code: 'date.reversed', params: { from: part.startsOn, to: part.endsOn }, pointer: `${pointer}/endsOn` })
    } else if (parts.slice(0, index).some((other) => meet(part, other))) faults.push({ code: 'rentPart.overlap', pointer })
    if (part.basis === 'index' && rentRule !== 'none') faults.push({ code: 'rentPart.indexNotAllowed', pointer: `${pointer}/basis` })
    return faults
  })
}

/** A security above three months of the first day's rent (8 §), with the paragraph; nothing while no rent is agreed. */
export function securityFaults(
  terms: Pick<Terms, 'securityCents' | 'startsOn'>,
  parts: readonly Rent[],
  pointer = '/securityCents',
): { faults: Fault[]; citations: readonly Citation[] } {
  const monthlyRentCents = rentOn(parts, terms.startsOn)
  if (terms.securityCents === null || monthlyRentCents === null) return { faults: [], citations: [] }
  const { result, citations } = securityCap({ monthlyRentCents, demandedCents: terms.securityCents })
  if (result.allowed) return { faults: [], citations: [] }
  return { faults: [{ code: 'security.tooHigh', params: { maximumCents: result.maximumCents }, pointer }], citations }
}

/** What each day that somebody did something on must not be. */
export const futureFaults = (day: Day | null | undefined, pointer: string, today: Day): Fault[] =>
  day !== null && day !== undefined && day > today ? [{ code: 'date.inFuture', params: { today }, pointer }] : []
