/** Check digits of the registries and banks. All take text that already has the right form; none throws. */

/** Table of the identity code and the building id: the remainder by 31 picks the letter (128/2010). */
const mod31Table = '0123456789ABCDEFHJKLMNPRSTUVWXY'

/** Check character of nine digits. */
export function mod31Check(nineDigits: string): string {
  return mod31Table[Number(nineDigits) % 31] ?? ''
}

/** Check digit of a business id's seven digits; null where the remainder is 1, for which no id is given out. */
export function businessIdCheck(sevenDigits: string): string | null {
  const weights = [7, 9, 10, 5, 8, 4, 2]
  const remainder = weights.reduce((sum, weight, index) => sum + weight * Number(sevenDigits[index]), 0) % 11
  if (remainder === 1) return null
  return String(remainder === 0 ? 0 : 11 - remainder)
}

/** Check digit of a Finnish reference number: weights 7, 3, 1 from the right. */
export function referenceCheck(base: string): string {
  const weights = [7, 3, 1]
  let sum = 0
  for (let place = 0; place < base.length; place += 1) {
    sum += Number(base[base.length - 1 - place]) * (weights[place % 3] ?? 0)
  }
  return String((10 - (sum % 10)) % 10)
}

/** Remainder by 97 of an ISO 7064 text: letters count as 10..35. */
function mod97(text: string): number {
  let remainder = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}

/** Two check digits (02..98) for a body behind a two-letter prefix (IBAN country, `RF`). */
export function mod97Check(prefix: string, body: string): string {
  return String(98 - mod97(`${body}${prefix}00`)).padStart(2, '0')
}
