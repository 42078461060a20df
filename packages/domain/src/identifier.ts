import { explain, step, type Citation, type Explained } from './explain.ts'
import { checkIdentifier, type IdentifierCheck } from './identifiers.ts'
import { businessInformationAct, creditorReferenceStandard, ibanStandard, populationAct, referenceNumberGuide } from './law.ts'
import type { IdentifierKind } from './vocabulary.ts'

export interface IdentifierInput {
  readonly kind: IdentifierKind
  readonly value: string
}

const sources: Readonly<Record<IdentifierKind, Citation>> = {
  personalIdentityCode: populationAct('2 § (690/2022)'),
  businessId: businessInformationAct('9 §'),
  buildingId: populationAct('23 §'),
  iban: ibanStandard('mod 97-10'),
  paymentReference: referenceNumberGuide('painot 7-3-1'),
  creditorReference: creditorReferenceStandard('mod 97-10'),
}

/**
 * Whether an identifier is well formed, with its stored form or the reason why not: `format`, `date`, `checkDigit`. It does
 * not tell whether the person, firm or account exists. The steps never repeat the value: it may be an identity code.
 */
export function identifier({ kind, value }: IdentifierInput): Explained<IdentifierCheck> {
  const result = checkIdentifier(kind, value)
  const cite = sources[kind]
  const reason = result.valid ? null : result.reason
  const steps = [step('format', { kind }, reason !== 'format', cite)]
  if (kind === 'personalIdentityCode' && reason !== 'format') steps.push(step('birthDate', { kind }, reason !== 'date', cite))
  if (reason === null || reason === 'checkDigit') steps.push(step('checkDigit', { kind }, reason === null, cite))
  return explain(result, [step('identifierValid', { kind }, result.valid, cite, steps)])
}
