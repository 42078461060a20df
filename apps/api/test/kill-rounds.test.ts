import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { killRounds } from './kill-rounds.ts'
import { temporaryFolder } from './process.ts'

/** Three in every run; `npm run drill` makes twenty. */
const rounds = Number(process.env['DRILL_ROUNDS'] ?? 3)

test(
  `${rounds} kills at random moments lose nothing acknowledged and tear nothing (DU-01, DU-02)`,
  { timeout: rounds * 40_000 },
  async () => {
    const figures = await killRounds(
      {
        options: { script: fileURLToPath(new URL('lifecycle-server.ts', import.meta.url)), env: { DATA_DIR: await temporaryFolder() } },
        write: async ({ url }, id) => (await fetch(`${url}/notes/${id}`, { method: 'PUT' })).status === 201,
        async read({ url }) {
          const { notes, copies } = (await (await fetch(`${url}/notes`)).json()) as { notes: string[]; copies: string[] }
          const torn = [...notes.filter((id) => !copies.includes(id)), ...copies.filter((id) => !notes.includes(id))]
          return { whole: notes, torn }
        },
      },
      rounds,
    )
    expect(figures.acknowledged).toBeGreaterThan(rounds)
    expect(figures.slowestStartMs).toBeLessThan(60_000)
    if (process.env['DRILL_ROUNDS']) console.log(figures)
  },
)
