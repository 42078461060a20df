import { loadConfig, type Config } from '../config.ts'
import type { WriteCtx } from '../platform/context.ts'
import { inTransaction, openDatabase, type Pool } from '../platform/database.ts'
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { createLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { loadOrCreateSecrets, type Secrets } from '../platform/secrets.ts'
import { newId } from '../platform/ids.ts'

export interface Command {
  readonly config: Config
  readonly secrets: Secrets
  readonly ownerUrl: string
  readonly database: Pool
  /** A change of one municipality, kept in the log under the command's name. */
  inMunicipality<T>(municipalityId: string, work: (ctx: WriteCtx) => Promise<T>): Promise<T>
}

/** A sentence for whoever typed the command. */
export class CommandError extends Error {}

/**
 * Runs a command by hand on the database that the server uses: the embedded one is used as it runs, or started for
 * as long as the command takes. A CommandError is printed alone, and the exit code is 1.
 */
export async function runCommand(name: string, work: (command: Command) => Promise<void>): Promise<void> {
  try {
    const config = loadConfig(process.env)
    const secrets = await loadOrCreateSecrets(config)
    const postgres = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : null
    try {
      const ownerUrl = config.databaseUrl ?? (postgres?.ownerUrl('kotoisa') as string)
      const { appUrl } = await migrate({ ownerUrl, appUrl: config.databaseAppUrl, secrets, demoData: config.demoData })
      const log = createLog('error')
      const database = openDatabase({ url: appUrl, poolSize: 1, log })
      const now = new Date()
      const inMunicipality: Command['inMunicipality'] = (municipalityId, run) =>
        inTransaction(
          database,
          { actor: { kind: 'job', id: name, name, municipalityId }, now, log, requestId: `${name} ${newId(now)}`, sourceAddress: null },
          run,
        )
      try {
        await work({ config, secrets, ownerUrl, database, inMunicipality })
      } finally {
        await database.end()
      }
    } finally {
      await postgres?.stop()
    }
  } catch (error) {
    console.error(
      error instanceof CommandError || (error as Error).name === 'ConfigError'
        ? (error as Error).message
        : `${name} failed: ${(error as Error).message}`,
    )
    process.exitCode = 1
  }
}
