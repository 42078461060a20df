import type { Pool } from '../../platform/database.ts'

interface Statement {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/** One statement on a table that belongs to no municipality; the login role may touch nothing until it takes the runtime's role. */
export async function outsideMunicipalities<T extends object = object>(pool: Pool, statement: Statement): Promise<{ rows: T[] }> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const sent = [client.query('begin'), client.query('set local role kotoisa_app'), client.query(statement), client.query('commit')]
    const settled = await Promise.allSettled(sent)
    for (const one of settled) if (one.status === 'rejected') throw one.reason
    return (await sent[2]) as unknown as { rows: T[] }
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}
