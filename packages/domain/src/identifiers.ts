import { businessIdCheck, mod31Check, mod97Check, referenceCheck } from './check-digits.ts'
import { daysInMonth } from './day.ts'
import type { IdentifierKind } from './vocabulary.ts'

export const identifierFaults = ['format', 'date', 'checkDigit'] as const
export type IdentifierFault = (typeof identifierFaults)[number]

/** `normalised` is the value as it is stored; `artificial` marks test and temporary identity codes (serials 900-999). */
export type IdentifierCheck =
  | { readonly valid: true; readonly normalised: string; readonly artificial?: true }
  | { readonly valid: false; readonly reason: IdentifierFault; readonly normalised?: string }

const fault = (reason: IdentifierFault): IdentifierCheck => ({ valid: false, reason })

/** Century of each sign (128/2010 2 § as of 690/2022, in force 2023). The sign is part of the identity and is never changed. */
const centuries: Readonly<Record<string, number>> = {
  '+': 1800,
  '-': 1900,
  Y: 1900,
  X: 1900,
  W: 1900,
  V: 1900,
  U: 1900,
  A: 2000,
  B: 2000,
  C: 2000,
  D: 2000,
  E: 2000,
  F: 2000,
}

function checkIdentityCode(value: string): IdentifierCheck {
  const match = /^(\d{2})(\d{2})(\d{2})([-+YXWVUABCDEF])(\d{3})([0-9A-Y])$/.exec(value)
  if (match === null) return fault('format')
  const [, day = '', month = '', year = '', sign = '', serial = '', check = ''] = match
  const century = centuries[sign]
  // 000 and 001 are not given out
  if (century === undefined || Number(serial) < 2) return fault('format')
  const [monthNumber, dayNumber] = [Number(month), Number(day)]
  if (monthNumber < 1 || monthNumber > 12) return fault('date')
  if (dayNumber < 1 || dayNumber > daysInMonth(century + Number(year), monthNumber)) return fault('date')
  if (mod31Check(`${day}${month}${year}${serial}`) !== check) return fault('checkDigit')
  return { valid: true, normalised: value, ...(Number(serial) >= 900 ? { artificial: true } : {}) }
}

function checkBusinessId(value: string): IdentifierCheck {
  const match = /^(\d{7})-(\d)$/.exec(value)
  if (match === null) return fault('format')
  return businessIdCheck(match[1] ?? '') === match[2] ? { valid: true, normalised: value } : fault('checkDigit')
}

function checkBuildingId(value: string): IdentifierCheck {
  const match = /^(1\d{8})([0-9A-Y])$/.exec(value)
  if (match === null) return fault('format')
  return mod31Check(match[1] ?? '') === match[2] ? { valid: true, normalised: value } : fault('checkDigit')
}

function checkIban(value: string): IdentifierCheck {
  const match = /^([A-Z]{2})(\d{2})([A-Z0-9]{11,30})$/.exec(value)
  if (match === null) return fault('format')
  const [, country = '', check = '', body = ''] = match
  if (country === 'FI' && !/^\d{14}$/.test(body)) return fault('format')
  return mod97Check(country, body) === check ? { valid: true, normalised: value } : fault('checkDigit')
}

function checkPaymentReference(value: string): IdentifierCheck {
  if (!/^[1-9]\d{3,19}$/.test(value)) return fault('format')
  return referenceCheck(value.slice(0, -1)) === value.slice(-1) ? { valid: true, normalised: value } : fault('checkDigit')
}

function checkCreditorReference(value: string): IdentifierCheck {
  const match = /^RF(\d{2})([A-Z0-9]{1,21})$/.exec(value)
  if (match === null) return fault('format')
  return mod97Check('RF', match[2] ?? '') === match[1] ? { valid: true, normalised: value } : fault('checkDigit')
}

const checks: Readonly<Record<IdentifierKind, (value: string) => IdentifierCheck>> = {
  personalIdentityCode: checkIdentityCode,
  businessId: checkBusinessId,
  buildingId: checkBuildingId,
  iban: checkIban,
  paymentReference: checkPaymentReference,
  creditorReference: checkCreditorReference,
}

/**
 * Checks an identifier (domain 2.4, 3.1). Surrounding and grouping spaces go, ASCII letters become capitals; nothing else
 * is mended. Identity code: all signs of 2023. Business id: 1234567-8. Building id: VTJ-PRT, nine digits from 1 and a check
 * character. IBAN: any country by mod 97, Finland also by length. Creditor reference: ISO 11649 whatever it wraps.
 */
export function checkIdentifier(kind: IdentifierKind, value: string): IdentifierCheck {
  return checks[kind](value.replace(/[\s\u00a0\u202f]+/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase()))
}

/**
 * An identity code as lists and logs show it: `131052-308T` → `131052-****`. The sign stays, since it tells two people
 * apart. What has not the shape of a code is hidden whole.
 */
export function maskIdentityCode(code: string): string {
  return /^\d{6}[-+A-Z]/.test(code) ? `${code.slice(0, 7)}****` : '***********'
}

/** Groups as people read them: reference in fives from the right, IBAN and RF in fours from the left. */
export function groupIdentifier(kind: 'iban' | 'paymentReference' | 'creditorReference', normalised: string): string {
  if (kind !== 'paymentReference') return normalised.replace(/(.{4})(?=.)/g, '$1 ')
  return normalised.replace(/\B(?=(?:.{5})+$)/g, ' ')
}
