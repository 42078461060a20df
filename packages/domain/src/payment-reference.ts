import { mod97Check, referenceCheck } from './check-digits.ts'
import { explain, step, type Explained } from './explain.ts'
import { creditorReferenceStandard, referenceNumberGuide } from './law.ts'
import { DomainError } from './problems.ts'

export interface PaymentReferenceInput {
  /** 3..19 digits without a leading zero. */
  readonly base: string
}

export interface PaymentReference {
  /** National reference, plain digits. */
  readonly reference: string
  /** The same as an ISO 11649 creditor reference. */
  readonly rf: string
}

/**
 * National reference number and its RF form from a base number (domain 2.4). One permanent reference a lease.
 * Errors: `calculation.baseInvalid` at `/base`.
 */
export function paymentReference({ base }: PaymentReferenceInput): Explained<PaymentReference> {
  if (!/^[1-9][0-9]{2,18}$/.test(base)) throw new DomainError('calculation.baseInvalid', { minimum: 3, maximum: 19 }, { pointer: '/base' })
  const checkDigit = referenceCheck(base)
  const reference = `${base}${checkDigit}`
  const checkDigits = mod97Check('RF', reference)
  const rf = `RF${checkDigits}${reference}`
  return explain({ reference, rf }, [
    step('reference', { base, checkDigit }, reference, referenceNumberGuide('tarkiste'), [
      step('checkDigit', { base, weights: [7, 3, 1] }, checkDigit, referenceNumberGuide('painot 7-3-1')),
    ]),
    step('creditorReference', { reference, checkDigits }, rf, creditorReferenceStandard('mod 97-10'), [
      step('checkDigits', { reference }, checkDigits, creditorReferenceStandard('mod 97-10')),
    ]),
  ])
}
