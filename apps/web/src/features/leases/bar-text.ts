import { partsOf, type Continuation, type Day, type VacancyBearer } from '@kotoisa/domain'
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

/** Empty, and who pays for it where that is agreed. */
export const emptyText = (bornBy: VacancyBearer | null): string =>
  bornBy === null ? t('leases.timeline.empty') : t(`leases.timeline.emptyBy.${bornBy}`)

/** The days of a sublease after its head lease: what its tenant believes, or may. */
export const cutText = (continuation: Continuation): string => t(`leases.timeline.${afterWords[continuation]}`)
const afterWords = { none: 'cut', right: 'afterRight', open: 'afterOpen' } as const

/** The head lease's end, and what it does to the sublease. */
export const cutEndText = (continuation: Continuation): string => t(`leases.timeline.${endWords[continuation]}`)
const endWords = { none: 'sameEnd', right: 'mayContinue', open: 'continuationIsOpen' } as const

/** A name keeps its own direction among other words. */
export const isolated = (name: string): string => `\u2068${name}\u2069`

/** Beside the axis is room for about this many letters. */
const mostLetters = 24

/** `Hassan, 4 henkeä`; a long name is cut, its bar and the table have it whole. */
export function besideText({ name, persons }: TimelineLease): string {
  const size = persons === null ? '' : `, ${t('format.persons', { count: persons })}`
  const room = mostLetters - size.length
  return `${isolated(name.length > room ? `${name.slice(0, room - 1).trimEnd()}…` : name)}${size}`
}
