import { continuationRight } from './continuation-right.ts'
import { costRentIncrease } from './cost-rent-increase.ts'
import { deathContinuation } from './death-continuation.ts'
import { defaultInterest } from './default-interest.ts'
import { identifier } from './identifier.ts'
import { indexRent } from './index-rent.ts'
import { noticeEnd } from './notice-end.ts'
import { paymentAllocation } from './payment-allocation.ts'
import { paymentReference } from './payment-reference.ts'
import { proratedRent } from './prorated-rent.ts'
import { reminderFee } from './reminder-fee.ts'
import { rentDue } from './rent-due.ts'
import { securityCap } from './security-cap.ts'
import { stateReimbursement } from './state-reimbursement.ts'
import { termChain } from './term-chain.ts'

/** Every rule by the name it has in `POST /v1/calculations/{calculation}`. All are pure: input → result with its steps. */
export const calculations = {
  'notice-end': noticeEnd,
  'continuation-right': continuationRight,
  'rent-due': rentDue,
  'prorated-rent': proratedRent,
  'default-interest': defaultInterest,
  'payment-allocation': paymentAllocation,
  'reminder-fee': reminderFee,
  'payment-reference': paymentReference,
  identifier,
  'index-rent': indexRent,
  'cost-rent-increase': costRentIncrease,
  'security-cap': securityCap,
  'term-chain': termChain,
  'death-continuation': deathContinuation,
  'state-reimbursement': stateReimbursement,
} as const

export type CalculationName = keyof typeof calculations
export type CalculationInput<Name extends CalculationName> = Parameters<(typeof calculations)[Name]>[0]
export type CalculationResult<Name extends CalculationName> = ReturnType<(typeof calculations)[Name]>['result']

export const calculationNames = Object.keys(calculations) as CalculationName[]
