import { explain, step, type Explained } from './explain.ts'
import { indexGuide, tenancyAct } from './law.ts'
import { divideHalfUp, exactCents, toCents } from './money.ts'
import { DomainError } from './problems.ts'

export interface IndexRentInput {
  readonly baseRentCents: number
  /** Index points with at most two decimals, above zero. */
  readonly baseIndex: number
  readonly newIndex: number
  readonly araRestricted: boolean
}

export interface IndexRent {
  readonly allowed: boolean
  readonly newRentCents: number | null
}

/** Hundredths of an index point, exactly as written; no arithmetic on the binary fraction. */
function hundredths(value: number, pointer: string): bigint {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(String(value))
  const scaled = match === null ? 0n : BigInt(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`)
  if (scaled === 0n) throw new DomainError('calculation.outOfRange', { minimum: 0.01, maximum: 9_999_999.99 }, { pointer })
  return scaled
}

/**
 * Rent after an index clause: always from the agreed rent and the base index, half up to the cent once. A flat under
 * state-subsidised rent rules takes no index: cost-based rent and the procedure of 32 § (INDEX, RENT-2).
 * Errors: `calculation.outOfRange` at the field.
 */
export function indexRent({ baseRentCents, baseIndex, newIndex, araRestricted }: IndexRentInput): Explained<IndexRent> {
  const base = exactCents(baseRentCents, '/baseRentCents')
  const from = hundredths(baseIndex, '/baseIndex')
  const to = hundredths(newIndex, '/newIndex')
  const allowedStep = step('indexMayBeUsed', { araRestricted }, !araRestricted, tenancyAct('27 § 3 mom., 32 §'))
  if (araRestricted) return explain({ allowed: false, newRentCents: null }, [allowedStep])
  const newRentCents = toCents(divideHalfUp(base * to, from))
  return explain({ allowed: true, newRentCents }, [
    allowedStep,
    step('rentTimesIndexRatio', { baseRentCents, baseIndex, newIndex }, newRentCents, indexGuide('new = base × new index / base index')),
  ])
}
