import list from '../web/src/features/about/known-gaps.json' with { type: 'json' }

interface Gap {
  readonly found: string
  /** How a finding of the tests begins, and the page, width and language that it may be on. */
  readonly rule?: string
  readonly where?: string
  readonly text: Readonly<Record<'fi' | 'sv' | 'en', string>>
}
/** What the accessibility statement tells (AC-07): the one list of both. */
export const gaps: readonly Gap[] = list

/** Gaps that tests found and that are let be. */
const allowed = gaps.filter(({ found }) => found === 'test')
const met = new Set<string>()

const isOf = (gap: Gap, finding: string): boolean => finding.includes(`: ${gap.rule}`) && new RegExp(gap.where ?? '^$').test(finding)

/** Findings that the statement does not tell of. */
export function exceptKnown(findings: readonly string[]): string[] {
  return findings.filter((finding) => {
    const gap = allowed.find((one) => isOf(one, finding))
    if (gap !== undefined) met.add(gap.text.en)
    return gap === undefined
  })
}

/** Gaps that no finding stands for any more: they are to be taken out of the statement. */
export const notMet = (): string[] => allowed.map(({ text }) => text.en).filter((text) => !met.has(text))
