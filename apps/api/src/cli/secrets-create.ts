// `pnpm secrets:create`: makes the secrets once, before the first start with real data.
import { loadConfig } from '../config.ts'
import { writeNewSecrets } from '../platform/secrets.ts'

const { secretsFile } = loadConfig(process.env)
if (await writeNewSecrets(secretsFile)) {
  console.log(`Made ${secretsFile}. Keep a copy of it apart from the database's backups: without it, what is encrypted is lost.`)
} else {
  console.error(`${secretsFile} exists already and is kept: what is encrypted with it can be read with it alone.`)
  process.exit(1)
}
