import { explain, step, type Explained } from './explain.ts'
import { collectionAct } from './law.ts'
import { exactCents, toCents } from './money.ts'

export interface PaymentAllocationInput {
  readonly principalCents: number
  readonly interestCents: number
  readonly costsCents: number
  readonly paymentCents: number
}

export interface PaymentAllocation {
  readonly interestPaidCents: number
  readonly principalPaidCents: number
  readonly costsPaidCents: number
  readonly interestLeftCents: number
  readonly principalLeftCents: number
  readonly costsLeftCents: number
  readonly surplusCents: number
}

/**
 * What a payment covers of a consumer's debt: interest, then principal, costs last (Debt Collection Act 11 a §). What is
 * left over is a surplus, never a negative debt. Errors: `calculation.outOfRange` at the field.
 */
export function paymentAllocation(input: PaymentAllocationInput): Explained<PaymentAllocation> {
  const { principalCents, interestCents, costsCents, paymentCents } = input
  let left = exactCents(paymentCents, '/paymentCents')
  const cover = (debt: bigint): bigint => {
    const paid = debt < left ? debt : left
    left -= paid
    return paid
  }
  const interest = exactCents(interestCents, '/interestCents')
  const principal = exactCents(principalCents, '/principalCents')
  const costs = exactCents(costsCents, '/costsCents')
  const interestPaid = cover(interest)
  const afterInterest = toCents(left)
  const principalPaid = cover(principal)
  const afterPrincipal = toCents(left)
  const costsPaid = cover(costs)
  const result = {
    interestPaidCents: toCents(interestPaid),
    principalPaidCents: toCents(principalPaid),
    costsPaidCents: toCents(costsPaid),
    interestLeftCents: toCents(interest - interestPaid),
    principalLeftCents: toCents(principal - principalPaid),
    costsLeftCents: toCents(costs - costsPaid),
    surplusCents: toCents(left),
  }
  const order = collectionAct('11 a §')
  return explain(result, [
    step('interestFirst', { paymentCents, interestCents }, result.interestPaidCents, order),
    step('thenPrincipal', { remainingCents: afterInterest, principalCents }, result.principalPaidCents, order),
    step('costsLast', { remainingCents: afterPrincipal, costsCents }, result.costsPaidCents, order),
    step('surplus', { remainingCents: afterPrincipal, costsPaidCents: result.costsPaidCents }, result.surplusCents, order),
  ])
}
