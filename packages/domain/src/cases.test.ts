import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { calculationNames, calculations } from './calculations.ts'
import type { Explained, Step } from './explain.ts'

interface Case {
  readonly calculation: keyof typeof calculations
  readonly title: string
  readonly cite: string
  readonly input: object
  readonly expect: object
}

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const copy = pathOf('../test/cases/rules.json')
const original = pathOf('../../../../shared/cases/rules.json')
const cases = JSON.parse(readFileSync(copy, 'utf8')) as readonly Case[]

const run = (one: Case): Explained<object> => (calculations[one.calculation] as (input: object) => Explained<object>)(one.input)
const flatten = (steps: readonly Step[]): Step[] => steps.flatMap((one) => [one, ...flatten(one.steps)])

describe('the worked cases', () => {
  it.each(cases.map((one) => [`${one.calculation}: ${one.title} (${one.cite})`, one] as const))('%s', (_title, one) => {
    expect(run(one).result).toMatchObject(one.expect)
  })

  it.each(cases.map((one) => [`${one.calculation}: ${one.title}`, one] as const))('explains itself with cited steps: %s', (_title, one) => {
    const { steps, citations, checkedOn } = run(one)
    const all = flatten(steps)
    expect(all.length).toBeGreaterThan(0)
    for (const { rule, citation } of all) {
      expect(rule).toMatch(/^[a-z][A-Za-z0-9]+$/)
      expect(citations).toContainEqual(citation)
    }
    expect(checkedOn).toBe([...citations].map((citation) => citation.checkedOn).sort()[0])
  })

  it('cover every calculation', () => {
    expect([...new Set(cases.map((one) => one.calculation))].sort()).toEqual([...calculationNames].sort())
  })

  it.runIf(existsSync(original))('are byte for byte those of the shared folder', () => {
    expect(readFileSync(copy).equals(readFileSync(original))).toBe(true)
  })
})
