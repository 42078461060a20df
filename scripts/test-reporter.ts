import type { Reporter } from 'vitest/node'
import { countOf } from './test-count.ts'

/** Tells scripts/test.ts the sums. */
export default class implements Reporter {
  onTestRunEnd(...[modules, errors]: Parameters<NonNullable<Reporter['onTestRunEnd']>>): void {
    process.send?.(countOf(modules, errors.length))
  }
}
