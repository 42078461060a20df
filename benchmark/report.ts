import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Figures, Measured } from './measure.ts'
import type { Painted } from './paint.ts'

export interface Result {
  readonly subleases: number
  readonly measured: readonly Measured[]
  readonly search: { readonly median: number; readonly slowest: number }
}

/** What list and detail aim at: share of the reference's rate, how much more they may slow down, milliseconds of a search and of a page. */
const aims = { ratio: 0.5, toRaw: 0.9, growth: 1.15, searchMs: 10, paintMs: 1_000 }

const thousands = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')
const held = (isHeld: boolean) => (isHeld ? '' : ' **(missed)**')

export function reportOf(
  results: readonly Result[],
  painted: Painted | null,
  machine: { database: string; poolSize: number; connections: number; rounds: number; loadBefore: number },
): string {
  const lines = [
    `${cpus().length} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, PostgreSQL ${machine.database}; ${machine.poolSize} connections to the database, ${machine.connections} to the server, median of ${machine.rounds} rounds; load average ${machine.loadBefore.toFixed(1)} before the start. Times in ms.`,
  ]
  if (results.length > 0)
    lines.push(
      '',
      '| Subleases | Operation | API req/s | p50 | p99 | Reference req/s | p50 | p99 | API ÷ reference | Reference ÷ raw |',
      '|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    )
  const cells = ({ perSecond, p50, p99 }: Figures) => `${Math.round(perSecond)} | ${p50.toFixed(1)} | ${p99.toFixed(1)}`
  for (const { subleases, measured } of results) {
    for (const { operation, api, reference, ratio, toRaw, hasAim } of measured) {
      const share = `${ratio.toFixed(2)}${held(!hasAim || ratio >= aims.ratio)}`
      const raw = toRaw === null ? '–' : `${toRaw.toFixed(2)}${held(!hasAim || toRaw >= aims.toRaw)}`
      lines.push(`| ${thousands(subleases)} | ${operation} | ${cells(api)} | ${cells(reference)} | ${share} | ${raw} |`)
    }
  }
  const [first, last] = [results[0], results.at(-1)]
  if (first && last && first !== last) {
    lines.push(
      '',
      `From ${thousands(first.subleases)} to ${thousands(last.subleases)} the API slows down by the reference's own factor times (aim for list and detail: at most ${aims.growth}):`,
      '',
    )
    for (const { operation, ratio, hasAim } of first.measured) {
      const growth = ratio / (last.measured.find((one) => one.operation === operation)?.ratio ?? Number.NaN)
      lines.push(`- ${operation}: ${growth.toFixed(2)}${held(!hasAim || growth <= aims.growth)}`)
    }
  }
  if (results.length > 0)
    lines.push('', `The search in the database, planning and running, under row level security (aim: below ${aims.searchMs} ms):`, '')
  for (const { subleases, search } of results)
    lines.push(
      `- ${thousands(subleases)}: median ${search.median.toFixed(1)} ms, slowest of twenty names ${search.slowest.toFixed(1)} ms${held(search.median < aims.searchMs)}`,
    )
  if (painted !== null) {
    lines.push(
      '',
      `From the address to the painted page in Chromium, with ${thousands(painted.subleases)} subleases (aim: below ${aims.paintMs} ms):`,
      '',
    )
    for (const { page, median, slowest } of painted.pages)
      lines.push(
        `- ${page}: median ${Math.round(median)} ms, slowest of ${machine.rounds} ${Math.round(slowest)} ms${held(median < aims.paintMs)}`,
      )
  }
  return lines.join('\n')
}

const readme = fileURLToPath(new URL('README.md', import.meta.url))
const [begin, end] = ['<!-- figures -->', '<!-- /figures -->']

/** The figures in the README, between its two marks. */
export async function writeReport(report: string): Promise<void> {
  const text = await readFile(readme, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${readme} has no place for the figures`)
  await writeFile(readme, `${text.slice(0, from)}${begin}\n${report}\n${text.slice(to)}`)
}
