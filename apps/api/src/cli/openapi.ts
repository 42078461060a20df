// `pnpm openapi`: writes apps/api/openapi.json from the routes. No database is asked.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildApp } from '../app.ts'
import { loadConfig } from '../config.ts'
import { openDatabase } from '../platform/database.ts'
import { createLog } from '../platform/log.ts'
import { documentOf } from '../platform/openapi.ts'
import { createSecrets } from '../platform/secrets.ts'

const log = createLog('silent')
const database = openDatabase({ url: 'postgresql://127.0.0.1:1/none', poolSize: 1, log })
const app = await buildApp(
  { config: loadConfig({}), secrets: createSecrets(), database, clock: () => new Date(), log, lifecycle: { phase: 'starting' } },
  { webRoot: null },
)
await app.ready()
writeFileSync(fileURLToPath(new URL('../../openapi.json', import.meta.url)), `${JSON.stringify(documentOf(app), null, 2)}\n`)
await app.close()
await database.end()
