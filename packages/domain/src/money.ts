import { DomainError } from './problems.ts'

/** Ten million euros: far above any rent or debt of the model, far below where integers lose their last digit. */
export const maximumCents = 1_000_000_000

/**
 * The amount as an exact integer. Anything but whole cents within 0..maximumCents is DomainError `calculation.outOfRange`
 * at the pointer: no rounding on the way in.
 */
export function exactCents(value: number, pointer: string, minimum = 0): bigint {
  if (!Number.isSafeInteger(value) || value < minimum || value > maximumCents) {
    throw new DomainError('calculation.outOfRange', { minimum, maximum: maximumCents }, { pointer })
  }
  return BigInt(value)
}

/** Quotient of non-negative integers, half up. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) throw new RangeError('divideHalfUp takes a non-negative numerator and a positive denominator')
  return (2n * numerator + denominator) / (2n * denominator)
}

/** Back to a number; a result beyond the safe integers is DomainError `calculation.outOfRange`, never a rounded one. */
export function toCents(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new DomainError('calculation.outOfRange', { maximum: maximumCents })
  return Number(value)
}

/** Quotient as decimal text with `digits` decimals, half up; for parts of a sum that are shown unrounded. */
export function decimalText(numerator: bigint, denominator: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits)
  const scaled = divideHalfUp(numerator * scale, denominator)
  return `${scaled / scale}.${String(scaled % scale).padStart(digits, '0')}`
}

/**
 * Splits an amount by weights (days, say): each part half up, none beyond what is left, the last takes the rest, so that
 * the parts always sum to the amount. Weights are non-negative integers with a positive sum, else RangeError.
 */
export function splitCents(totalCents: number, weights: readonly number[]): number[] {
  const total = exactCents(totalCents, '')
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) throw new RangeError('weights must be non-negative integers')
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n)
  if (sum === 0n) throw new RangeError('weights must have a positive sum')
  let left = total
  return weights.map((weight, index) => {
    const share = divideHalfUp(total * BigInt(weight), sum)
    const part = index === weights.length - 1 || share > left ? left : share
    left -= part
    return toCents(part)
  })
}
