import type { TestModule } from 'vitest/node'

export interface Count {
  passed: number
  failed: number
  skipped: number
}

/** A file that did not load and an error outside every test are failures too. */
export function countOf(modules: readonly Pick<TestModule, 'children' | 'errors'>[], unhandledErrors: number): Count {
  const count: Count = { passed: 0, failed: unhandledErrors, skipped: 0 }
  for (const module of modules) {
    let failedHere = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') count.passed++
      else if (state === 'failed') failedHere++
      else count.skipped++
    }
    count.failed += failedHere || (module.errors().length > 0 ? 1 : 0)
  }
  return count
}

export const closingLine = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
