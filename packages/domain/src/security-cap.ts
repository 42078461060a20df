import { explain, step, type Explained } from './explain.ts'
import { tenancyAct } from './law.ts'
import { exactCents, toCents } from './money.ts'

export interface SecurityCapInput {
  readonly monthlyRentCents: number
  readonly demandedCents: number
}

export interface SecurityCap {
  readonly maximumCents: number
  readonly allowed: boolean
}

/** A security is at most three months' rent; what is beyond is void (8 §, FORM-5). Errors: `calculation.outOfRange`. */
export function securityCap({ monthlyRentCents, demandedCents }: SecurityCapInput): Explained<SecurityCap> {
  const maximum = exactCents(monthlyRentCents, '/monthlyRentCents') * 3n
  const demanded = exactCents(demandedCents, '/demandedCents')
  const maximumCents = toCents(maximum)
  const allowed = demanded <= maximum
  return explain({ maximumCents, allowed }, [
    step('demandWithinCap', { demandedCents, maximumCents }, allowed, tenancyAct('8 §'), [
      step('threeMonthsRent', { monthlyRentCents }, maximumCents, tenancyAct('8 §')),
    ]),
  ])
}
