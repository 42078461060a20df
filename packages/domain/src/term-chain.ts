import { addMonths, daysBetween, type Day } from './day.ts'
import { explain, step, type Explained, type Step } from './explain.ts'
import { tenancyAct } from './law.ts'
import { DomainError, type Fault } from './problems.ts'
import type { Assumption, LeaseTerm } from './vocabulary.ts'

/** One agreed term of a flat with the same tenant. */
export interface AgreedTerm {
  readonly startsOn: Day
  /** Null where no end was agreed. */
  readonly endsOn: Day | null
  readonly written: boolean
}

export interface TermChainInput {
  readonly terms: readonly AgreedTerm[]
}

export interface TermChain {
  /** Of the last term. */
  readonly effectiveTerm: LeaseTerm
  /** Position (from 0) of the term that made the lease indefinite, null where none did. */
  readonly indefiniteFrom: number | null
  readonly assumptions: readonly Assumption[]
}

/** At most three months, both days counted: 1.1.-31.3. is, 1.1.-1.4. is not. */
function isShort(term: AgreedTerm): boolean {
  return term.endsOn !== null && term.endsOn < addMonths(term.startsOn, 3)
}

const compare = (left: Day, right: Day): number => (left < right ? -1 : left > right ? 1 : 0)

/** One day has one term, by agreement: terms that meet are no chain. One without an end meets whatever follows it. */
function overlapFaults(ordered: readonly { readonly term: AgreedTerm; readonly index: number }[]): Fault[] {
  const inOrder = ordered.filter(({ term: { startsOn, endsOn } }) => endsOn === null || endsOn >= startsOn)
  return inOrder.flatMap(({ term, index }, at): Fault[] => {
    const meets = inOrder.slice(0, at).some((one) => one.term.endsOn === null || one.term.endsOn >= term.startsOn)
    return meets ? [{ code: 'calculation.termsOverlap', pointer: `/terms/${index}/startsOn` }] : []
  })
}

/**
 * What the law makes of a chain of terms (4 § 1 mom., 5 § 1 mom.; FORM-1..3): indefinite from a term without an end, from
 * an unwritten one, and from the third term in a row of at most three months. An indefinite lease does not end with its
 * agreed end, so what follows it is indefinite too. A gap of a day, and a longer term, break the row of short ones (the
 * latter is open law and said in `assumptions`). Terms are taken by their first day.
 * Errors: `date.reversed` at `/terms/n/endsOn`, `calculation.termsOverlap` at `/terms/n/startsOn`.
 */
export function termChain({ terms }: TermChainInput): Explained<TermChain> {
  const faults: Fault[] = []
  for (const [index, { startsOn, endsOn }] of terms.entries()) {
    if (endsOn === null || endsOn >= startsOn) continue
    faults.push({ code: 'date.reversed', params: { from: startsOn, to: endsOn }, pointer: `/terms/${index}/endsOn` })
  }
  const ordered = terms
    .map((term, index) => ({ term, index }))
    .sort(({ term: left }, { term: right }) => compare(left.startsOn, right.startsOn))
  faults.push(...overlapFaults(ordered))
  DomainError.all(faults)

  const steps: Step[] = []
  let indefiniteFrom: number | null = null
  let shortInRow = 0
  let earlier: AgreedTerm | null = null
  let shortInChain = 0
  let longerBetween = false
  for (const { term, index } of ordered) {
    const { startsOn, endsOn, written } = term
    const contiguous = earlier !== null && earlier.endsOn !== null && daysBetween(earlier.endsOn, startsOn) <= 1
    const short = isShort(term)
    const count = short ? 1 : 0
    shortInRow = short && contiguous ? shortInRow + 1 : count
    shortInChain = contiguous ? shortInChain + count : count
    // three short terms in one chain, only not in a row: here the answer hangs on the open question
    if (short && shortInChain >= 3 && shortInRow < 3) longerBetween = true
    const makes = !written || endsOn === null || shortInRow >= 3
    if (makes && indefiniteFrom === null) indefiniteFrom = index
    const effective: LeaseTerm = indefiniteFrom === null ? 'fixedTerm' : 'indefinite'
    const section = !written ? '5 § 1 mom.' : '4 § 1 mom.'
    steps.push(step('termOfLease', { startsOn, endsOn, written, contiguous, shortInRow }, effective, tenancyAct(section)))
    earlier = term
  }
  const effectiveTerm: LeaseTerm = terms.length > 0 && indefiniteFrom === null ? 'fixedTerm' : 'indefinite'
  const assumptions: Assumption[] = longerBetween && effectiveTerm === 'fixedTerm' ? ['longerTermBreaksChain'] : []
  return explain({ effectiveTerm, indefiniteFrom, assumptions }, [
    step('effectiveTerm', { terms: terms.length }, effectiveTerm, tenancyAct('4 § 1 mom., 5 § 1 mom.'), steps),
  ])
}
