import type { Pool } from '../../platform/database.ts'

/** By the code that Statistics Finland gives, e.g. 179; municipalities stand outside of row level security. */
export async function municipalityByCode(pool: Pool, code: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>('select id from municipalities where code = $1', [code])
  return rows[0]?.id ?? null
}
