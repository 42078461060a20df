import { partsOf, type Day } from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'
import { formatDay } from '../../lib/format.ts'
import { today } from '../../lib/today.ts'
import type { TimelineLease } from './timeline.ts'

export function barText({ term, startsOn, endsOn }: TimelineLease): string {
  if (endsOn !== null) return t(`leases.timeline.endingBar.${term}`, { day: formatDay(endsOn) })
  return t(startsOn > today() ? 'leases.timeline.comingBar' : 'leases.timeline.openBar', { day: formatDay(startsOn) })
}

/** `12/26` */
export function monthText(day: Day): string {
  const { year, month } = partsOf(day)
  return `${month}/${String(year).slice(2)}`
}

interface Placed {
  readonly text: string
  readonly at: number
}

/**
 * The longest text that has room in the bar; what has none is told in the list alone. It stands behind the line of
 * today where that would run through the words.
 */
export function placeText(texts: readonly string[], [from, to]: readonly [number, number], now: number): Placed | null {
  // About seven units a letter.
  const widthOf = (text: string): number => text.length * 7 + 16
  const text = texts.find((one) => widthOf(one) < to - from)
  if (text === undefined) return null
  const width = widthOf(text)
  const isCrossed = from < now && now < from + width
  return { text, at: (isCrossed && now + width < to ? now : from) + 8 }
}
