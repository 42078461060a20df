// One process that migrates, for migrate.test.ts: prints the runtime's connection.
import { migrate } from '../src/platform/migrate.ts'
import { loadOrCreateSecrets } from '../src/platform/secrets.ts'

const secretsFile = process.env['SECRETS_FILE'] as string
const secrets = await loadOrCreateSecrets({ secretsFile, demoData: true })
const { appUrl } = await migrate({ ownerUrl: process.env['DATABASE_URL'] as string, secrets, demoData: false })
console.log(appUrl)
