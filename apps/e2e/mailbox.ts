import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { letterOf, type CaughtLetter } from '../api/test/smtp-catcher.ts'
import { soon } from './acts.ts'
import type { Product } from './app.ts'

/** The letters that the demo has written to an address, the oldest first. */
export function lettersTo({ dataDir }: Product, address: string): CaughtLetter[] {
  const folder = join(dataDir, 'mail')
  try {
    return readdirSync(folder)
      .toSorted()
      .map((name) => letterOf(readFileSync(join(folder, name), 'utf8')))
      .filter(({ head }) => head.includes(`To: ${address}`))
  } catch {
    // No letter yet, so no folder.
    return []
  }
}

/** Letters are sent within seconds of what they tell of. */
export async function letterTo(product: Product, address: string, count = 1): Promise<CaughtLetter> {
  await soon(() => lettersTo(product, address).length).toBe(count)
  return lettersTo(product, address).at(-1) as CaughtLetter
}
