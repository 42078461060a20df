import type { Day } from './day.ts'

/** A scalar or a list of scalars, as it stands in an explanation. */
export type StepValue = string | number | boolean | null | readonly (string | number | boolean | null)[]

/**
 * Where a rule stands. `statute` is the number in the Statutes of Finland ("481/1995"), the short name of another source
 * ("ISO 11649"), or "kotoisa" for a choice of the product where the law is open. `checkedOn` is the day the text was read.
 */
export interface Citation {
  readonly statute: string
  readonly section: string
  readonly checkedOn: Day
}

/** One step of an explanation: what the rule got, what it gave, where it stands, and the steps below it. */
export interface Step {
  readonly rule: string
  readonly inputs: Readonly<Record<string, StepValue>>
  readonly value: StepValue
  readonly citation: Citation
  readonly steps: readonly Step[]
}

/** A result with the tree that led to it. `checkedOn` is the oldest reading of the sources used: the answer is no fresher. */
export interface Explained<T> {
  readonly result: T
  readonly steps: readonly Step[]
  readonly citations: readonly Citation[]
  readonly checkedOn: Day
}

/** Makes a step; without `steps` it is a leaf. */
export function step(
  rule: string,
  inputs: Readonly<Record<string, StepValue>>,
  value: StepValue,
  citation: Citation,
  steps: readonly Step[] = [],
): Step {
  return { rule, inputs, value, citation, steps }
}

/**
 * Wraps a result with its steps. The citations are gathered from the tree, each once, in the order met.
 * A result without any step cannot be explained and is a fault of the program.
 */
export function explain<T>(result: T, steps: readonly Step[]): Explained<T> {
  const found = new Map<string, Citation>()
  const visit = (list: readonly Step[]): void => {
    for (const one of list) {
      const { statute, section, checkedOn } = one.citation
      found.set(`${statute}|${section}|${checkedOn}`, one.citation)
      visit(one.steps)
    }
  }
  visit(steps)
  const citations = [...found.values()]
  const [first, ...rest] = citations
  if (first === undefined) throw new RangeError('an explained result needs at least one step')
  const checkedOn = rest.reduce((oldest, one) => (one.checkedOn < oldest ? one.checkedOn : oldest), first.checkedOn)
  return { result, steps, citations, checkedOn }
}
